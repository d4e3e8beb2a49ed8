"""``docs/performance.md``, written by the run itself."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tests.bench.findings import Finding
from tests.bench.sizes import Size

HEAD = """# Performance

Written by `make bench WRITE=1`; not edited by hand. Each figure stands beside a floor (the least that could do
the same) or a peer (what else one might use), measured in the same run and in turn, so that other load hits both
alike. Only ratios count: they are medians over rounds, and absolute figures are this machine's. PostgreSQL runs
without waiting for its disk; SQLite waits for it at every commit (`synchronous=FULL`), ours and the peers' alike.

`make bench` prints the table, `make bench QUICK=1` a smaller run in a few minutes, `make bench ROWS="storm due"`
some rows alone. No test asserts a figure; a short test shows that each row runs.
"""
COLUMNS = ("what", "ours", "beside", "ratio", "aim", "")
VERDICTS = {True: "reached", False: "falls short", None: ""}


def table(findings: Iterable[Finding]) -> Iterator[str]:
    """The lines of the table."""
    yield _line(COLUMNS)
    yield _line(["---"] * len(COLUMNS))
    yield from map(table_line, findings)


def table_line(finding: Finding) -> str:
    """One line of the table."""
    return _line(
        (finding.what, finding.ours, finding.beside, finding.ratio, finding.aim, VERDICTS[finding.met])
    )


def shortfalls(findings: Iterable[Finding]) -> Iterator[str]:
    """A line for everything that falls short, with why."""
    for finding in findings:
        if finding.met is False:
            found = f"{finding.ours} ({finding.ratio})" if finding.ratio else finding.ours
            yield f"- **{finding.what}**: {found} where {finding.aim} is the aim, because {finding.because}"


def page(day: date, size: Size, machine: Iterable[tuple[str, str]], findings: Sequence[Finding]) -> str:
    """The whole document."""
    missed = [*shortfalls(findings)] or ["Nothing."]
    parts = (
        HEAD,
        f"## Measured on {day.isoformat()}, {size.name.lower()} run\n",
        *table(findings),
        "\n## What falls short, and why\n",
        *missed,
        "\n## Where\n",
        "| | |",
        "|---|---|",
        *(_line(pair) for pair in machine),
    )
    return "\n".join(parts) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
