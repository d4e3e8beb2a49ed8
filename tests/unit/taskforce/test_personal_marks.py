"""What tells of one person, and what is only like it."""

import pytest

from bot.taskforce.personal_marks import Marks

MARKS = Marks.of("U01ABC", name="Zoë Müller-Lang", handle="zoe.m", others=["zoe@north.example", "D01"])


@pytest.mark.parametrize(
    "text",
    [
        "U01ABC",
        "person:U01ABC",
        "Ask <@U01ABC>.",
        "<@U01ABC|whoever>",
        "zoë müller-lang knows",
        "Write to Zoe@North.Example!",
        "cc @zoe.m",
        "D01",
        "first\nU01ABC",
    ],
)
def test_it_tells_of_them(text: str) -> None:
    assert MARKS.stand_in({"deep": [{"deeper": text}]})
    assert not MARKS.stand_in(MARKS.replaced({"deep": [{"deeper": text}]}, "erased-1"))


@pytest.mark.parametrize("text", ["U01ABCD", "U01ABC_TOO", "Zoë", "Müller", "D012", "", "zoe.m"])
def test_it_does_not(text: str) -> None:
    assert not MARKS.stand_in(text)


def test_what_they_are_called_in_a_mention_goes_too() -> None:
    assert MARKS.replaced("Ask <@U01ABC|zoe> or <@U02|max>.", "erased-1") == "Ask <@erased-1> or <@U02|max>."


def test_a_name_of_one_word_tells_of_nobody() -> None:
    assert Marks.of("U01ABC", name="Hope").words == ()


def test_numbers_and_nothing_stay() -> None:
    assert MARKS.replaced({"U01ABC": [1, None, True]}, "erased-1") == {"erased-1": [1, None, True]}
