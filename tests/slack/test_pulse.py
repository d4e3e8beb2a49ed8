"""A process that stood still leaves alone what came meanwhile."""

from threading import Event

import pytest

from bot import clock
from bot.slack import pulse
from bot.slack.pulse import SETTLES_FOR, STOOD_STILL_FOR, Pulse
from tests.slack.conftest import Hand


@pytest.fixture
def time(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """Real time in the test's hand."""
    monkeypatch.setattr(clock, "monotonic", hand)
    return hand


def test_a_process_that_beats_is_awake(time: Hand) -> None:
    one = Pulse()
    for _ in range(10):
        time.at += STOOD_STILL_FOR
        assert not one.just_woke()


def test_a_process_that_stood_still_knows_it_for_a_moment(time: Hand) -> None:
    one = Pulse()
    time.at += STOOD_STILL_FOR + 0.1
    assert one.just_woke()
    time.at += SETTLES_FOR - 0.1
    assert one.just_woke()
    time.at += 0.2
    assert not one.just_woke()


def test_it_beats_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "BEATS_EVERY", 0.01)
    beaten = Event()
    one = Pulse()
    monkeypatch.setattr(one, "just_woke", beaten.set)

    one.start()

    assert beaten.wait(10.0)
    one.stop()
