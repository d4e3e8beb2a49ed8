"""Plain lives of bursts in Slack, from opening to archive, driven by the same code that serves.

Policy time is moved by a shift file; Slack is a sandbox without rate limits, in a process of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import storage
from bot import clock
from bot.demo.policy_time import MORNING, PolicyTime
from bot.operations.accept import accept
from bot.operations.add_evidence import Piece, add_evidence
from bot.operations.office import Office
from bot.operations.open_burst import Intake, open_burst
from bot.operations.post_update import post_update
from bot.operations.release import release_due
from bot.operations.resolve import resolve
from bot.operations.sign_off import sign_off
from bot.programme import Programme
from bot.scheduling.sweep import archive_due, ring_due
from bot.slack.gateway import Gateway, web_client
from bot.slack.pacing import TIERS, Limit, Pacer
from bot.slack.sender import Sender
from bot.taskforce.lifecycle import draft
from bot.taskforce.terms import State
from tests.bench.ground import URL, opened
from tests.operations import story

UNLIMITED = Limit(1e9, 1_000_000)
LONG_ENOUGH = timedelta(seconds=20)
A_DAY = timedelta(hours=25)
UPDATES = ("The rule is requested.", "The network team has it.", "The rule is being rolled out.")


def unpaced() -> Pacer:
    """A pacer that never holds a call back."""
    return Pacer(tiers=dict.fromkeys(TIERS, UNLIMITED), channel=UNLIMITED)


def gateway(api: str, pacer: Pacer) -> Gateway:
    """The bot's gateway to the Slack whose methods are at ``api``, with the client that it has in life."""
    client = web_client("xoxb-sandbox", base_url=api, proxy=None, ssl_context=None)
    return Gateway(client, pacer)


@dataclass
class Cast:
    """A bot without its ticker: each job runs when it is called."""

    office: Office
    sender: Sender
    time: PolicyTime
    data_dir: Path

    def live(self, intake: Intake = story.INTAKE) -> None:
        """One plain life, every promise kept: opened, accepted, updated, proven, resolved, signed off, archived."""
        number = open_burst(self.office, story.by(story.RAISER), intake).id
        self.after(timedelta(minutes=2))
        accept(self.office, story.by(story.OWNER), number)
        for text in UPDATES:
            self.after(timedelta(minutes=4))
            post_update(self.office, story.by(story.OWNER), number, text)
        self.after(timedelta(minutes=2))
        self._finish(number)
        self.after(A_DAY)
        archive_due(self.office)
        self.after(timedelta(minutes=1))

    def after(self, passed: timedelta) -> None:
        """Let policy time pass, ring what is due, and let Slack see it all."""
        self.time.forward(passed)
        ring_due(self.office)
        self.settle()

    def settle(self) -> None:
        """Deliver until nothing is left but what manners hold back."""
        release_due(self.office, clock.now())
        self.sender.drain(LONG_ENOUGH)

    def _finish(self, number: int) -> None:
        owner, office = story.OWNER, self.office
        add_evidence(office, story.by(owner), number, Piece("connection_transcript", "TCP to 443 works"))
        add_evidence(office, story.by(owner), number, Piece("change_closed", "CHG0041123 closed"))
        resolve(office, story.by(owner), number, story.RESOLUTION)
        self.settle()
        burst = sign_off(office, story.by(story.CLINICAL), number)
        if burst.state is State.RESOLVED:
            sign_off(office, story.by(story.TECHNICAL), number)


@contextmanager
def cast(folder: Path, slack: str, programme: Programme) -> Iterator[Cast]:
    """A cast on a new database in ``folder``, for the sandbox at that address.

    A card waits for more changes in life; here it does not, since policy time passes between changes.
    """
    storage.upgrade(URL, folder)
    time = PolicyTime(folder / "clock.json", MORNING)
    clock.use_shift_file(time.file)
    with opened(folder) as store, patch.object(draft, "CARD_DELAY_FOR", timedelta()):
        door = gateway(f"{slack}/api/", unpaced())
        me = door.people.identity()
        sender = Sender(store, door, lambda: programme, holder="bench", bot_user=me.user)
        try:
            yield Cast(Office(store, lambda: programme, story.TEAM, me.user), sender, time, folder)
        finally:
            sender.close()
            clock.use_shift_file(None)
