"""The summary as Markdown, one page, for export and for reading without Slack."""

import re
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from bot.reports.durations import lasting, local_time
from bot.reports.promises import time_words
from bot.reports.summary import Line, Summary
from bot.reports.summary_lines import (
    delay_lines,
    file_words,
    fix_words,
    header_lines,
    proof_words,
    time_lines,
)

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def to_markdown(summary: Summary) -> str:
    """The summary as CommonMark text; what people wrote is escaped, so that it only shows."""
    return "\n".join(_lines(summary)).strip() + "\n"


def plain(text: str) -> str:
    """``text`` on one line, with every character that Markdown gives a meaning to escaped."""
    shown = _CONTROLS.sub("", text.encode(errors="replace").decode())
    return _MARKS.sub(r"\\\1", " ".join(shown.split()))


def quoted(text: str) -> str:
    """``text`` as a block quotation, line by line."""
    return "\n".join(f"> {plain(line)}" for line in text.splitlines() or [""])


def _lines(summary: Summary) -> Iterator[str]:
    drill = "DRILL " if summary.drill else ""
    yield f"# {drill}{summary.key} · {plain(summary.title)}"
    yield ""
    yield from (f"- **{label}:** {plain(text)}" for label, text in header_lines(summary))
    yield from _section("What was blocked", [quoted(summary.blocked), "", *_facts(summary)])
    yield from _section("Where the time went", _bullets(time_lines(summary.phases, summary.hand_offs)))
    yield from _section("Timeline", [_told(line, summary.zone) for line in summary.timeline])
    yield from _section("Promises", _promises(summary))
    yield from _section("Escalations", [_told(line, summary.zone) for line in summary.escalations])
    yield from _section("Decisions", [_told(line, summary.zone) for line in summary.decisions])
    yield from _section("The fix and its evidence", _proof(summary))
    yield from _section("Delay", _bullets(delay_lines(summary)))
    yield from _section("Follow-up", [quoted(summary.follow_up)] if summary.follow_up else [])
    yield from _section("Who took part", [f"- {plain(name)}, {plain(part)}" for name, part in summary.people])
    yield from _section("Log", [f"{summary.log_count} entries, last hash `{summary.log_head}`"])


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if any(lines):
        yield from ("", f"## {title}", "", *lines)


def _facts(summary: Summary) -> list[str]:
    facts = [f"- {plain(question)}: {plain(answer)}" for question, answer in summary.facts]
    return [*facts, f"- Workaround: {plain(summary.workaround)}"]


def _bullets(lines: Iterable[str]) -> list[str]:
    return [f"- {plain(line)}" for line in lines]


def _told(line: Line, zone: ZoneInfo) -> str:
    text = f": {plain(line.text)}" if line.text else ""
    answer = f" ({plain(line.answer)})" if line.answer else ""
    return f"- {local_time(line.at, zone)}: {plain(line.headline)}{text}{answer}"


def _promises(summary: Summary) -> list[str]:
    lines = []
    for one in summary.promises:
        worst = f", at worst by {lasting(one.worst_for)}" if one.worst_for else ""
        extended = f", {one.extended}" if one.extended else ""
        lines.append(f"- {one.label}: {one.kept} kept, {one.missed} missed{worst}{extended}")
    return [*lines, *(f"- {line}" for line in (time_words(summary.time) if summary.time else ()))]


def _proof(summary: Summary) -> list[str]:
    if not summary.fix:
        return []
    lines = [quoted(fix_words(summary)), ""]
    for piece in summary.evidence:
        lines.append(f"- {plain(piece.kind)}: {plain(proof_words(piece, summary.zone))}")
        lines += [f"  - {plain(file_words(file))}" for file in piece.files]
    for signature in summary.signatures:
        when = local_time(signature.at, summary.zone)
        lines.append(f"- Signed off by {plain(signature.name)}, {signature.seat}, {when}")
    return [*lines, f"- {summary.raiser_answer}"]
