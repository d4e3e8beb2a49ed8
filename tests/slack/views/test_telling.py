"""One message that tells several things: the foremost in full, the rest briefly."""

from bot.slack.views.telling import Told, telling
from bot.taskforce.terms import Rank
from tests.slack.views.bursts import LABELS, NOW, OPEN, OWNER


def told(clock: int, *, settled: bool = False) -> Told:
    """A reminder of one of the burst's promises."""
    return Told(OPEN, {"user": OWNER, "rank": Rank.REMINDER.value, "clock": clock}, LABELS, settled=settled)


def test_what_else_is_asked_stands_in_one_line() -> None:
    shown = str(telling([told(3), told(2), told(1)], now=NOW).blocks)

    assert shown.count("Also: ") == 1
    assert "; Next update, due " in shown
    assert "Acceptance is due" in shown


def test_what_is_settled_has_a_line_of_its_own() -> None:
    shown = [str(block) for block in telling([told(2, settled=True), told(3), told(1)], now=NOW).blocks]

    assert [sum(words in block for block in shown) for words in ("Also: ", "newer message")] == [1, 1]
    assert not any("Also: " in block and "newer message" in block for block in shown)
