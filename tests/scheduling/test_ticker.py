"""The engine ticks, says when it does not, and a scheduler that died is built anew."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest

from bot import clock
from bot.scheduling import ticker
from bot.scheduling.ticker import Job, Ticker

SOON = 10.0


class Monotonic:
    """A monotonic clock that moves when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def monotonic(monkeypatch: pytest.MonkeyPatch) -> Monotonic:
    """Real time in the test's hands."""
    hands = Monotonic()
    monkeypatch.setattr(clock, "monotonic", hands)
    return hands


@pytest.fixture
def running() -> Iterator[Callable[[Job], Ticker]]:
    """Starts tickers and stops them after the test."""
    started: list[Ticker] = []

    def start(job: Job) -> Ticker:
        one = Ticker([job])
        started.append(one)
        one.start()
        return one

    yield start
    for one in started:
        one.stop()


def test_a_job_runs_again_and_again(running: Callable[[Job], Ticker]) -> None:
    """Every tick, for as long as the ticker runs."""
    runs: list[None] = []
    twice = Event()

    def work() -> None:
        runs.append(None)
        if len(runs) == 2:
            twice.set()

    running(Job("sweep", 0.05, work))
    assert twice.wait(SOON)


def test_a_job_that_raises_is_tried_at_the_next_tick(running: Callable[[Job], Ticker]) -> None:
    """One locked database must not end the engine."""
    attempts: list[None] = []
    recovered = Event()

    def work() -> None:
        attempts.append(None)
        if len(attempts) == 1:
            raise RuntimeError("locked")
        recovered.set()

    running(Job("sweep", 0.05, work))
    assert recovered.wait(SOON)


def test_nothing_is_late_at_first(monotonic: Monotonic) -> None:
    """A job has its interval and some patience."""
    one = Ticker([Job("sweep", 1.0, lambda: None)])
    monotonic.seconds += 1.0 + ticker.PATIENCE_FOR
    assert one.late() == ()


def test_a_job_that_did_not_run_is_late_within_five_seconds(monotonic: Monotonic) -> None:
    """Which is what turns health red."""
    one = Ticker([Job("sweep", 1.0, lambda: None)])
    monotonic.seconds += 5.01
    assert one.late() == ("sweep",)


def test_a_run_may_take_its_limit_and_no_longer(monotonic: Monotonic) -> None:
    """A call to Slack has a time-out of its own; a run beyond its limit is stuck."""
    entered, leave = Event(), Event()

    def work() -> None:
        entered.set()
        leave.wait(SOON)

    one = Ticker([Job("outbox", 0.01, work, limit_for=90.0)])
    one.start()
    try:
        assert entered.wait(SOON)
        monotonic.seconds += 89.0
        assert one.late() == ()
        monotonic.seconds += 2.0
        assert one.late() == ("outbox",)
    finally:
        leave.set()
        one.stop()


def test_a_dead_scheduler_is_built_anew(
    running: Callable[[Job], Ticker], monkeypatch: pytest.MonkeyPatch
) -> None:
    """APScheduler's thread can end while the scheduler still says that it runs."""
    monkeypatch.setattr(ticker, "PATIENCE_FOR", 0.1)
    ran = Event()
    one = running(Job("sweep", 0.05, ran.set))
    assert ran.wait(SOON)
    scheduler = one._scheduler
    assert scheduler is not None
    scheduler.shutdown(wait=True)
    ran.clear()
    assert ran.wait(SOON)
    assert one.restarts >= 1
