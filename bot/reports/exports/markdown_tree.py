"""Bursts as Markdown: a folder for each year in which they were opened (UTC), a file for each, and lists of them."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

from bot.operations.export_folder import ExportFolder
from bot.reports.durations import local_time
from bot.reports.entry_words import told
from bot.reports.exports.records import Record
from bot.reports.markdown import plain, to_markdown
from bot.reports.transcript import text_of

_HEADINGS = ("Burst", "Title", "Severity", "Sites", "Outcome", "Opened", "Closed")


@contextmanager
def markdown_tree(folder: ExportFolder) -> Iterator[Callable[[Record], None]]:
    """Write ``markdown/2026/BURST-42.md`` and its like; what it gives takes one burst after the other."""
    years: dict[int, BinaryIO] = {}
    bursts = Counter[int]()
    with ExitStack() as open_files:

        def add(record: Record) -> None:
            year = record.burst.opened_at.year
            if year not in years:
                years[year] = open_files.enter_context(folder.file(f"markdown/{year}/index.md"))
                _write(years[year], _year_head(year))
            with folder.file(f"markdown/{year}/{record.burst.key}.md") as out:
                _write(out, lines(record))
            _write(years[year], [_row(record)])
            bursts[year] += 1

        yield add
    with folder.file("markdown/index.md") as out:
        _write(out, _contents(bursts))


def lines(record: Record) -> Iterator[str]:
    """A burst's summary, its whole log and its transcript, line by line."""
    yield to_markdown(record.summary)
    yield from ("## The whole log", "")
    for entry in record.entries:
        words = told(record.burst, entry, record.labels)
        text = f": {plain(words.text)}" if words.text else ""
        when = local_time(entry.at, record.summary.zone)
        yield f"{entry.number}. {when}: {plain(words.headline)}{text}"
    yield from ("", "## Transcript", "")
    # As indented code nothing in it is markup, and its own indents stay.
    said = text_of(record.messages(), record.gaps, record.labels, record.summary.zone)
    yield from (f"    {_shown(line)}".rstrip() for line in said)


def _shown(line: str) -> str:
    return "".join(one if one.isprintable() else " " for one in line)


def _year_head(year: int) -> Iterator[str]:
    yield from (f"# {year}", "", _cells(_HEADINGS), _cells(["---"] * len(_HEADINGS)))


def _row(record: Record) -> str:
    burst, summary = record.burst, record.summary
    closed = local_time(burst.closed_at, summary.zone) if burst.closed_at else ""
    return _cells(
        (
            f"[{burst.key}]({burst.key}.md)",
            plain(burst.title),
            burst.severity.value,
            plain(", ".join(burst.sites)),
            plain(summary.outcome),
            local_time(burst.opened_at, summary.zone),
            closed,
        )
    )


def _contents(bursts: Counter[int]) -> Iterator[str]:
    yield from ("# Bursts", "")
    yield from (f"- [{year}]({year}/index.md): {count}" for year, count in sorted(bursts.items()))


def _cells(values: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(values)} |"


def _write(out: BinaryIO, text: Iterator[str] | list[str]) -> None:
    out.writelines(f"{line}\n".encode(errors="replace") for line in text)
