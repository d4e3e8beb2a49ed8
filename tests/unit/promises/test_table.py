"""Every line of the table is one case: given a burst, when this happens, then that is promised."""

import re
from pathlib import Path

import pytest

from bot.programme import Programme
from tests.unit.promises.claims import check

TABLE = Path(__file__).with_name("table.md").read_text(encoding="utf-8")
LINES = [line.removeprefix("- ") for line in TABLE.splitlines() if line.startswith("- ")]
LINE = re.compile(r"given (?P<given>.+?)(?:, when (?P<when>.+?))?, then (?P<then>.+)")


def test_the_table_is_long_and_repeats_nothing() -> None:
    assert len(set(LINES)) == len(LINES) >= 480


@pytest.mark.parametrize("line", LINES)
def test_it_is_as_the_line_says(in_force: Programme, line: str) -> None:
    case = LINE.fullmatch(line)
    assert case is not None, "a line is: given ..., when ..., then ..."
    check(in_force, case["given"], case["when"] or "", case["then"])
