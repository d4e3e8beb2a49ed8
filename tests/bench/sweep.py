"""A tick of the sweep, with few and with many past clocks behind it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from bot import clock
from bot.operations.office import Office
from bot.scheduling.sweep import ring_due
from tests.bench.findings import Finding, seconds
from tests.bench.ground import Ground, opened
from tests.bench.measuring import taken
from tests.bench.past import past_of

MOST = 1.2
IN_THREE_YEARS = timedelta(days=3 * 365)
BECAUSE = "an index of a million entries is one level deeper, and the machine was not quiet."


def measure(ground: Ground) -> Iterator[Finding]:
    """A tick with nothing due, and the look that finds two hundred due clocks."""
    few, many = ground.size.of((100, 1_000), (1_000, 100_000), (1_000, 1_000_000))
    looks = ground.size.of(5, 200, 400)
    with opened(past_of(ground, few)) as little, opened(past_of(ground, many)) as much:
        for what, look in (("nothing due", _tick), ("200 due", _find)):
            small, large = _quickest(
                partial(look, ground.office(little)), partial(look, ground.office(much)), looks
            )
            yield Finding.at_most(
                f"sweep with {many:,} past clocks, {what}",
                large / small,
                MOST,
                ours=seconds(large),
                beside=f"with {few:,}: {seconds(small)}",
                because=BECAUSE,
            )


def _quickest(first: Callable[[], None], second: Callable[[], None], times: int) -> tuple[float, float]:
    """The quickest of many runs of both, taken in turn."""
    samples = [(taken(first), taken(second)) for _ in range(times)]
    return min(one for one, _ in samples), min(other for _, other in samples)


def _tick(office: Office) -> None:
    ring_due(office)


def _find(office: Office) -> None:
    with office.store.read() as unit:
        unit.clocks.claim_due(clock.now() + IN_THREE_YEARS, 200)
