"""Fifty bursts at once: how fast the outbox empties, against what Slack's rate limits permit.

Slack publishes calls a minute and method, and no size of burst. What it permits is then that every call
that was made fits, at its method's rate; the method that needs the longest decides. The sandbox refuses
whatever comes too fast.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta

from bot import clock
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage
from bot.operations.open_burst import open_burst
from bot.operations.release import release_due
from bot.slack.pacing import CHANNEL, TIERS, Limit, Pacer
from bot.slack.sender import Sender
from storage import Store
from storage.terms import IntentState
from tests.bench.findings import Finding, seconds
from tests.bench.ground import INTAKE, RAISER, Ground, by, opened
from tests.bench.lives import gateway

LEAST = 0.95
TICK = timedelta(seconds=1)
NOT_PACED = ("auth.test", "apps.connections.open")
BECAUSE = "the calls of one burst follow each other, so that the first and the last minutes are not full."


def measure(ground: Ground) -> Iterator[Finding]:
    """The storm, at Slack's own rates, or scaled for a quick run."""
    bursts, scale = ground.size.of((3, 60.0), (50, 10.0), (50, 1.0))
    folder = ground.folder()
    limits = "on" if scale == 1 else f"scale={scale:g}"
    with (
        Backstage(folder, PolicyTime(folder / "clock.json"), rate_limits=limits) as backstage,
        opened(ground.database()) as store,
    ):
        slack = backstage.slack
        office = ground.office(store)
        sender = Sender(
            store,
            gateway(f"{slack.address}/api/", _paced(scale)),
            office.programme,
            holder="bench",
            bot_user=str(slack.about()["bot_user_id"]),
        )
        for _ in range(bursts):
            open_burst(office, by(RAISER), INTAKE)
        release_due(office, clock.now())
        took = _emptied(store, sender)
        sender.close()
        calls = slack.calls()
    made = Counter(str(call["method"]) for call in calls if call["method"] not in NOT_PACED)
    method, permitted = _permitted(made, scale)
    refused = sum(1 for call in calls if call["status"] == 429)
    yield Finding(
        f"outbox under {bursts} bursts at once" + (f", limits {scale:g} times as high" if scale != 1 else ""),
        f"{made.total()} calls in {seconds(took)}, {refused} answered 429",
        f"the limits permit {made[method]} {method} in {seconds(permitted)}",
        f"{permitted / took:.2f}×",
        f"≥ {LEAST:g}×, no 429",
        permitted / took >= LEAST and not refused,
        BECAUSE,
    )


def _paced(scale: float) -> Pacer:
    tiers = {method: _scaled(limit, scale) for method, limit in TIERS.items()}
    return Pacer(tiers=tiers, channel=_scaled(CHANNEL, scale))


def _scaled(limit: Limit, scale: float) -> Limit:
    return Limit(limit.per_minute * scale, limit.burst)


def _emptied(store: Store, sender: Sender) -> float:
    """Drain as the ticker does; real seconds until nothing waits any more."""
    began = clock.monotonic()
    while _waiting(store):
        sender.drain(TICK)
    return clock.monotonic() - began


def _waiting(store: Store) -> int:
    with store.read() as unit:
        counts = unit.outbox.counts()
    if counts[IntentState.PARKED]:
        raise RuntimeError("an intent was parked")
    return counts[IntentState.PENDING] + counts[IntentState.LEASED]


def _permitted(made: Mapping[str, int], scale: float) -> tuple[str, float]:
    """The method that needs the longest, and how many seconds its calls need at its rate."""
    needs = {method: times * 60 / (TIERS[method].per_minute * scale) for method, times in made.items()}
    method = max(needs, key=needs.__getitem__)
    return method, needs[method]
