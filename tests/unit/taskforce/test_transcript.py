"""A message is the same message, in whatever order its pieces come and however often."""

from dataclasses import replace
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from bot.taskforce.transcript import MOST_EARLIER, Message, merged, without_words

WRITTEN = "1764000000.000100"
FIRST = Message("C1", WRITTEN, "", "U1", "", "", "The fan is loud")


def edit(text: str, second: int) -> Message:
    """The message as an event tells of it after an edit."""
    return replace(FIRST, text=text, edited_at=f"17640000{second:02}.000200")


DELETION = replace(FIRST, text="", deleted=True, deleted_at="1764000099.000100")
PIECES = (FIRST, edit("The fan is off", 10), edit("The fan is on", 20), edit("The fan is off", 30))


@given(st.permutations((*PIECES, *PIECES)))
def test_edits_are_told_by_their_times(pieces: list[Message]) -> None:
    message = reduce(merged, pieces)
    assert message.text == "The fan is off"
    assert [one.text for one in message.earlier] == ["The fan is loud", "The fan is off", "The fan is on"]
    assert message.earlier[0].at == ""


@given(st.permutations((*PIECES, DELETION)))
def test_a_deletion_stands_whatever_comes_after_it(pieces: list[Message]) -> None:
    message = reduce(merged, pieces)
    assert (message.deleted, message.deleted_at) == (True, DELETION.deleted_at)
    assert message.text == "The fan is off"


@given(st.permutations((*PIECES, DELETION)))
def test_dropped_words_are_those_of_every_version(pieces: list[Message]) -> None:
    left = without_words(reduce(merged, pieces))
    assert "fan" not in repr(left)
    assert (left.ts, left.author, left.deleted_at) == (WRITTEN, "U1", DELETION.deleted_at)


@given(st.permutations((*PIECES, DELETION)))
def test_what_was_erased_stays_so_whoever_tells_it_again(pieces: list[Message]) -> None:
    erased = replace(without_words(FIRST), erased=True)
    left = reduce(lambda known, seen: merged(known, seen, latest=True), pieces, erased)
    assert "fan" not in repr(left)
    assert (left.erased, left.deleted) == (True, True)


def test_two_deletions_of_a_message_that_never_came_say_nothing() -> None:
    assert merged(DELETION, DELETION) == DELETION


def test_what_history_shows_is_the_latest_although_a_bot_edits_without_a_mark() -> None:
    shown = merged(FIRST, replace(FIRST, text="Card, second look"), latest=True)
    assert (shown.text, shown.earlier) == ("Card, second look", ())
    later = merged(edit("The fan is off", 10), replace(FIRST, text="Card, third look"), latest=True)
    assert (later.text, later.earlier) == ("Card, third look", ())


def test_a_history_that_was_read_before_an_edit_came_does_not_undo_it() -> None:
    known = merged(FIRST, edit("The fan is off", 10))
    assert merged(known, FIRST, latest=True) == known


def test_a_machine_that_rewrites_itself_all_day_keeps_its_latest_words() -> None:
    message = reduce(merged, (edit(str(n), n) for n in range(99)), FIRST)
    assert (message.text, len(message.earlier)) == ("98", MOST_EARLIER)
    assert message.earlier[-1].text == "97"
