"""The worked examples of docs/clocks.md come out as the page says."""

import re
from pathlib import Path

import pytest

from bot.programme import Programme
from tests.unit.promises.claims import check

PAGE = (Path(__file__).parents[3] / "docs" / "clocks.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| \d \| (?P<given>[^|]+?) \| (?P<when>[^|]*?) ?\| (?P<then>[^|]+?) \|$", re.MULTILINE)
EXAMPLES = [found.groupdict() for found in ROW.finditer(PAGE)]


def test_there_are_seven_examples() -> None:
    assert len(EXAMPLES) == 7


@pytest.mark.parametrize("example", EXAMPLES, ids=range(1, len(EXAMPLES) + 1))
def test_an_example_comes_out(in_force: Programme, example: dict[str, str]) -> None:
    check(in_force, **example)
