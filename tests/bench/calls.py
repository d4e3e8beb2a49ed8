"""What a plain life costs in calls to Slack, and what a call costs in connections."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from slack_sdk import WebClient

from bot.operations.open_burst import Intake
from bot.sandbox.client import SandboxClient
from bot.slack.views.parts import Rendered
from tests.bench.findings import Finding, seconds
from tests.bench.ground import Ground
from tests.bench.lives import Cast, cast, gateway, unpaced
from tests.bench.measuring import repeated, side_by_side
from tests.operations.story import INTAKE
from tests.slack.counting_slack import counting_slack

MOST_CALLS = 25
MOST_CONNECTIONS = 0.05
NOT_COUNTED = ("views.", "conversations.open", "files.", "apps.", "auth.", "response_url")
HELLO = Rendered("Hello", [{"type": "divider"}])
LIFE_BECAUSE = (
    "each co-lead who signs and the raiser are asked in direct messages of their own, and each of these is "
    "settled again, at the latest when the burst closes."
)
LIVES = (
    ("sev3: the clinical co-lead signs off", replace(INTAKE, urgency=2)),
    ("sev2: both co-leads sign off", INTAKE),
)
CONNECTIONS_BECAUSE = "slack_sdk's WebClient opens a connection for every call."


def measure_connections(ground: Ground) -> Iterator[Finding]:
    """Posts one after the other, through our gateway and through a bare client."""
    rounds, times = ground.size.of((1, 5), (3, 50), (6, 200))
    with counting_slack() as ours, counting_slack() as bare:
        messages = gateway(ours.url, unpaced()).messages
        client = WebClient("xoxb-sandbox", base_url=bare.url, retry_handlers=[])
        pair = side_by_side(
            repeated(lambda: messages.post("C01", HELLO, op="1"), times),
            repeated(
                lambda: client.chat_postMessage(channel="C01", text="Hello", blocks=HELLO.blocks), times
            ),
            rounds,
        )
        calls = (rounds + 1) * times
        per_call, bare_per_call = ours.connections / calls, bare.connections / calls
    yield Finding(
        "connections opened per Slack call",
        f"{per_call:.3f}; a call takes {seconds(pair.ours_at())}",
        f"bare WebClient: {bare_per_call:.3f}; {seconds(pair.peer_at())}",
        f"{pair.ratio():.2f}× the time",
        f"≤ {MOST_CONNECTIONS:g} a call",
        per_call <= max(MOST_CONNECTIONS, 1 / calls),
        CONNECTIONS_BECAUSE,
    )


def measure_life(ground: Ground) -> Iterator[Finding]:
    """Plain lives, as the sandbox recorded them."""
    with cast(ground.folder(), ground.sandbox.address, ground.programme) as company:
        for what, intake in LIVES:
            yield _lived(ground.sandbox, company, what, intake)


def _lived(slack: SandboxClient, company: Cast, what: str, intake: Intake) -> Finding:
    slack.forget()
    company.live(intake)
    made = Counter(str(call["method"]) for call in slack.calls())
    counted = {method: times for method, times in made.items() if not method.startswith(NOT_COUNTED)}
    total = sum(counted.values())
    return Finding(
        f"Slack calls in a plain life of {what}; three updates, open to archived",
        f"{total}: " + ", ".join(f"{method} {times}" for method, times in sorted(counted.items())),
        f"not counted: {made.total() - total} of views, conversations.open, auth.test",
        "",
        f"≤ {MOST_CALLS}",
        total <= MOST_CALLS,
        LIFE_BECAUSE,
    )
