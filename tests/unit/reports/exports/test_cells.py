"""No cell of a CSV file is a formula to a spreadsheet, whichever separator it reads the file with."""

import csv
import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.reports.exports.cells import Cell, cell, text_cell

FORMULA = re.compile(r"\A[\s\"\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
ALPHABET = st.sampled_from("=+-@\uff1d;,|\t\r\n \"'a1\u2028\0\ufeff\x1c")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", '"=1', "\0=1", "\ufeff=1"],
)
def test_what_begins_like_a_formula_is_text(text: str) -> None:
    assert text_cell(text).lstrip('\t\r\n "\ufeff').startswith("'")


@pytest.mark.parametrize("text", ["", "1 - 1", "a=b", "VR is UN", "(0008,1030) = STUDY", "“=”", "'=1"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert text_cell(text) == text


def test_a_list_item_in_a_text_is_taken_for_a_cell_that_begins() -> None:
    assert text_cell("seen:\n- one; =two") == "seen:\n'- one; '=two"


@given(st.lists(st.text(ALPHABET, max_size=12), min_size=1, max_size=4))
@example(["a;=1"])
@example(["a", "b\n=1"])
@example(["a", 'b";=1'])
def test_no_separator_makes_a_formula_of_what_somebody_wrote(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(["BURST-1", *map(text_cell, texts)])
    for separator in ",;\t|":
        rows = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator)
        assert [one for row in rows for one in row if FORMULA.match(one)] == []


@given(st.lists(st.text(max_size=30), max_size=4))
def test_a_file_is_read_back_as_it_was_written(texts: list[str]) -> None:
    cells = [text_cell(text) for text in texts]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(["BURST-1", *cells])
    assert [*csv.reader(io.StringIO(out.getvalue(), newline=""))] == [["BURST-1", *cells]]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (-3, -3),
        (timedelta(hours=1, seconds=31), 61),
        (datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/London")), "2026-07-01 11:00:00"),
    ],
)
def test_values_are_written_for_a_spreadsheet(value: Cell, shown: str | int) -> None:
    assert cell(value) == shown
