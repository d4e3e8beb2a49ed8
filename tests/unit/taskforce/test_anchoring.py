"""What the chain alone cannot show, anchors kept elsewhere do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.taskforce.anchoring import Anchor, verify
from bot.taskforce.logbook import GENESIS, Row, seal
from bot.taskforce.tampering import Tip
from tests.unit.taskforce.test_tampering import LOG, TIP, logged

KEY = b"kept elsewhere"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def anchor(count: int, rows: Sequence[Row] = LOG) -> Anchor:
    """The log as it stood after so many entries, an hour each."""
    head = rows[count - 1].entry_hash if count else GENESIS
    return Anchor(42, count, head, seal(KEY, 42, count, head), NOON + timedelta(hours=count))


def found(rows: Sequence[Row], *anchors: Anchor, tip: Tip | None = None) -> list[tuple[str, int, int]]:
    """What was done, to which entries; the burst says what the rows say."""
    agrees = Tip(len(rows), rows[-1].entry_hash if rows else GENESIS)
    return [(one.wrong.value, one.first, one.last) for one in verify(rows, tip or agrees, anchors, KEY)]


@pytest.mark.parametrize("count", range(7))
def test_an_anchor_holds_while_the_log_only_grows(count: int) -> None:
    assert found(LOG, anchor(count)) == []


def test_an_end_that_was_cut_off_together_with_what_the_burst_says_shows() -> None:
    assert found(LOG[:4], anchor(2), anchor(5), anchor(6)) == [("cut_off", 5, 6)]
    assert found([], anchor(3)) == [("cut_off", 1, 3)]


def test_what_came_after_the_last_anchor_is_out_of_reach() -> None:
    assert found(LOG[:4], anchor(4)) == []


def test_a_cut_that_burst_and_anchor_both_show_is_told_once() -> None:
    assert found(LOG[:4], anchor(5), tip=TIP) == [("cut_off", 5, 6)]
    assert found(LOG[:4], anchor(6), tip=TIP) == [("cut_off", 5, 6)]


def test_a_log_made_anew_shows_from_the_last_anchor_that_holds() -> None:
    anew = [*LOG[:3], *logged("4", "5", "6", before=LOG[2].entry_hash, first=4)]
    assert found(anew, anchor(2), anchor(5), anchor(6)) == [("rewritten", 3, 5)]
    assert found(anew, anchor(3), anchor(4), anchor(6)) == [("rewritten", 4, 4)]
    assert found(anew, anchor(6)) == [("rewritten", 1, 6)]


def test_what_the_chain_names_is_not_called_rewritten_too() -> None:
    broken = [*LOG[:3], replace(LOG[3], entry_hash="00" * 32), *LOG[4:]]
    assert found(broken, anchor(4)) == [("altered", 4, 4)]


def test_an_anchor_that_was_altered_or_has_another_key_proves_nothing_and_is_told() -> None:
    genuine = anchor(6)
    other = replace(genuine, seal=seal(b"another", 42, 6, genuine.head))
    for wrong in (replace(genuine, head="00" * 32), replace(genuine, entry_count=5), other):
        assert found(LOG, wrong) == [("anchor", wrong.entry_count, wrong.entry_count)]
