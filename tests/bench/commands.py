"""Slash commands that commit: as Slack signs them, and on a database in which they mean something."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from slack_bolt import App
from slack_sdk.signature import SignatureVerifier

from bot import clock
from bot.app import routes
from bot.operations.accept import accept
from bot.operations.office import Office
from bot.operations.open_burst import open_burst
from bot.slack import bolt
from bot.slack.gateway import Gateway, Identity, web_client
from bot.slack.http import deliver
from bot.slack.pacing import Pacer
from tests.bench.ground import INTAKE, OWNER, RAISER, TEAM, Ground, by, opened
from tests.bench.replaying import Transaction, recorded

SECRET = "a signing secret"
BURSTS = 50
IDENTITY = Identity(
    "U01BURSTBOT", "B01BURST", TEAM, "Bench", "", enterprise_install=False, scopes=frozenset()
)
_numbers = count(1)
_signer = SignatureVerifier(SECRET)


def lines(kind: str, times: int) -> list[tuple[str, str]]:
    """So many commands of a kind (``open`` or ``update``), each with who types it."""
    if kind == "open":
        title = "The viewer cannot reach the archive through the new firewall"
        return [(RAISER, f"open network_provisioning site:SBH impact:2 urgency:1 {title}")] * times
    update = "The rule is requested; the network team answers by noon"
    return [(OWNER, f"update BURST-{turn % BURSTS + 1} {update}") for turn in range(times)]


def busy_database(ground: Ground) -> Path:
    """A database with bursts under way."""
    folder = ground.database()
    with opened(folder) as store:
        office = ground.office(store)
        for _ in range(BURSTS):
            accept(office, by(OWNER), open_burst(office, by(RAISER), INTAKE).id)
    return folder


def app_on(office: Office, *, secret: str = SECRET) -> App:
    """The bot's own Bolt app; Slack is never called, since nothing is drained and no page is opened."""
    client = web_client("", base_url="http://127.0.0.1:9/", proxy=None, ssl_context=None)
    return bolt.build(routes(office), Gateway(client, Pacer()), IDENTITY, signing_secret=secret)


def signed(user: str, line: str) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of ``/burst <line>``."""
    form = {
        "command": "/burst",
        "text": line,
        "user_id": user,
        "team_id": TEAM,
        "channel_id": "C0ELSEWHERE",
        "trigger_id": f"trigger.{next(_numbers)}",
        "response_url": "https://hooks.slack.example/respond",
    }
    body, stamp = urlencode(form), str(int(clock.wall()))
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": _signer.generate_signature(timestamp=stamp, body=body) or "",
    }
    return body.encode(), headers


def what_they_write(ground: Ground, database: Path, work: Sequence[tuple[str, str]]) -> list[Transaction]:
    """What these commands write on a copy of ``database``."""
    with opened(ground.copy(database)) as store, recorded(store) as transactions:
        app = app_on(ground.office(store))
        for user, line in work:
            deliver(app, *signed(user, line))
    return transactions
