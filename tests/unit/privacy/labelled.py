"""The labelled lines and how the guard does on them; run as a module, it writes the table of docs/privacy.md anew.

.venv/bin/python -m tests.unit.privacy.labelled
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.privacy import Category, Guard, Verdict

FOLDER = Path(__file__).parent / "lines"
PAGE = Path(__file__).parents[3] / "docs" / "privacy.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->"
_HEADING = re.compile(r"\[(?P<name>[a-z0-9_ ]+)\]")
_BREAK = "⏎"


class Line(NamedTuple):
    """A line under its heading: a category for lines to be found, a kind for those to be left alone."""

    heading: str
    text: str


class Row(NamedTuple):
    """How the guard does on one category: lines that hold it, those where it was found, false alarms of it."""

    category: Category
    lines: int
    found: int
    false: int


def lines(name: str) -> Iterator[Line]:
    """The lines of ``name``, with their line breaks."""
    heading = ""
    for line in (FOLDER / name).read_text(encoding="utf-8").split("\n"):
        found = _HEADING.fullmatch(line)
        if found is not None:
            heading = found["name"]
        elif line and not line.startswith("# "):
            yield Line(heading, line.replace(_BREAK, "\n"))


def held() -> list[Line]:
    """Lines that hold what their heading says."""
    return list(lines("phi.txt"))


def clean() -> list[Line]:
    """Lines that hold nothing of a patient."""
    return list(lines("clean.txt"))


def rows() -> list[Row]:
    """One row for each category."""
    guard = Guard()
    inspected = [(line.heading, guard.inspect(line.text).categories) for line in held()]
    alarms = [category for line in clean() for category in guard.inspect(line.text).categories]
    return [
        Row(
            category,
            sum(heading == category for heading, _found in inspected),
            sum(heading == category and category in found for heading, found in inspected),
            alarms.count(category),
        )
        for category in Category
    ]


def table() -> str:
    """The rows as they stand in docs/privacy.md."""
    shown = ["| category | verdict | lines | found | false alarms |", "|---|---|---|---|---|"]
    shown += [
        f"| `{r.category}` | {r.category.verdict} | {r.lines} | {r.found} | {r.false} |" for r in rows()
    ]
    blocked = [row for row in rows() if row.category.verdict is Verdict.BLOCK]
    lines_, found = sum(row.lines for row in blocked), sum(row.found for row in blocked)
    shown.append("")
    shown.append(
        f"To block: {found} of {lines_} lines found. To leave alone: {len(clean())} lines,"
        f" {sum(row.false for row in rows())} false alarms."
    )
    return "\n".join(shown) + "\n"


def main() -> None:
    """Write the table of docs/privacy.md anew."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    PAGE.write_text(before + BEGIN + table() + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
