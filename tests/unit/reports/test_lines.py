"""Where lines are broken: between words, inside one only when it is too wide, and nothing is lost."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.paper.lines import broken

ALIKE: defaultdict[int, float] = defaultdict(lambda: 1.0)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two six", ["one two", "six"]),
        ("sevenup on", ["sevenup", "on"]),
        ("elevenseven", ["elevens", "even"]),
        ("an elevenseven", ["an", "elevens", "even"]),
        ("a\n\nb", ["a", "", "b"]),
        ("", [""]),
    ],
)
def test_a_line_of_seven_characters(text: str, lines: list[str]) -> None:
    assert broken(text, 7.0, ALIKE) == lines


@given(st.text(alphabet="ab \n", max_size=80), st.integers(1, 12))
def test_nothing_is_lost_and_nothing_too_wide(text: str, room: int) -> None:
    lines = broken(text, float(room), ALIKE)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert max(map(len, lines)) <= room
