"""Corrections of corrections: which entry is meant in the end, and which words hold."""

from bot.taskforce.burst import Correction
from bot.taskforce.corrections import latest, original

CHAIN = (Correction(3, 7), Correction(7, 9), Correction(4, 10), Correction(3, 11), Correction(7, 12))


def test_a_correction_is_about_the_entry_at_the_other_end() -> None:
    assert [original(CHAIN, number) for number in (3, 7, 9, 10, 11, 12, 5)] == [3, 3, 3, 4, 3, 3, 5]


def test_what_was_said_last_holds_for_the_entry_and_for_the_corrections_between() -> None:
    assert latest(CHAIN) == {3: 12, 7: 12, 4: 10}


def test_without_corrections_nothing_was_corrected() -> None:
    assert latest(()) == {}
