"""The first page: the summary of a burst, in the order in which somebody who was not there asks."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.reports.durations import lasting, local_time
from bot.reports.paper.sheet import LABEL, MOMENT, Sheet
from bot.reports.promises import Promises, time_words
from bot.reports.summary import Line, Summary
from bot.reports.summary_lines import (
    delay_lines,
    file_words,
    fix_words,
    header_lines,
    proof_words,
    time_lines,
)

_NARROW = 2.7


def front(sheet: Sheet, summary: Summary) -> None:
    """Write the summary."""
    drill = "DRILL " if summary.drill else ""
    sheet.headline(f"{drill}{summary.key} · {summary.title}")
    sheet.pairs(header_lines(summary), width=_NARROW, ours=True)
    _facts(sheet, "What was blocked", _blocked(summary))
    _facts(sheet, "Where the time went", _bullets(time_lines(summary.phases, summary.hand_offs)))
    _happened(sheet, "Timeline", _told(summary, summary.timeline))
    _facts(sheet, "Promises", _promises(summary))
    _happened(sheet, "Escalations and their answers", _told(summary, summary.escalations))
    _happened(sheet, "Decisions", _told(summary, summary.decisions))
    _part(sheet, "The fix and its evidence", [("", fix_words(summary)), *_proof(summary)], told=True)
    _facts(sheet, "Delay", _bullets(delay_lines(summary)))
    _part(sheet, "Follow-up", [("", summary.follow_up)], ours=True)
    people = "; ".join(f"{name} ({part})" for name, part in summary.people)
    _part(sheet, "Who took part", [("", people)], ours=True)
    _part(sheet, "What Slack refused", [("", "; ".join(summary.refusals))])
    _part(sheet, "Log", [("", f"{summary.log_count} entries, which follow. Last hash:\n{summary.log_head}")])


def _facts(sheet: Sheet, title: str, rows: Iterable[tuple[str, str]]) -> None:
    """A part whose rows may stand beside each other."""
    _part(sheet, title, rows, beside=True)


def _happened(sheet: Sheet, title: str, rows: Iterable[tuple[str, str]]) -> None:
    """A part whose rows are each a moment and a sentence about it."""
    _part(sheet, title, rows, width=MOMENT, ours=True)


def _part(
    sheet: Sheet,
    title: str,
    rows: Iterable[tuple[str, str]],
    *,
    beside: bool = False,
    width: float = LABEL,
    ours: bool = False,
    told: bool = False,
) -> None:
    """A part under its title, if it has anything to say; rows without a label run over the whole width.

    ``ours`` are sentences of ours and not what somebody wrote; ``told``, that those with a label are.
    """
    said = [(label, text) for label, text in rows if text.strip()]
    if said:
        sheet.heading(title)
    for labelled, group in groupby(said, key=lambda row: bool(row[0])):
        if labelled and beside:
            sheet.pairs(list(group))
            continue
        for label, text in group:
            if labelled:
                sheet.labelled(label, text, width=width, ours=ours or told)
            else:
                sheet.paragraph(text, ours=ours)


def _blocked(summary: Summary) -> Iterator[tuple[str, str]]:
    yield "", summary.blocked
    yield from summary.facts
    yield "Workaround", summary.workaround


def _bullets(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Lines of which most begin with what they are about: that goes into the column of labels."""
    for line in lines:
        label, colon, text = line.partition(": ")
        yield (label, text) if colon else ("", line)


def _told(summary: Summary, lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    for line in lines:
        text = f": {line.text}" if line.text else ""
        answer = f" · {line.answer}" if line.answer else ""
        yield local_time(line.at, summary.zone), f"{line.headline}{text}{answer}"


def _promises(summary: Summary) -> Iterator[tuple[str, str]]:
    for one in summary.promises:
        yield one.label, _became(one)
    if summary.time:
        yield from (("", line) for line in time_words(summary.time))


def _became(one: Promises) -> str:
    worst = f", at worst by {lasting(one.worst_for)}" if one.worst_for else ""
    extended = f", {one.extended}" if one.extended else ""
    return f"{one.kept} kept, {one.missed} missed{worst}{extended}"


def _proof(summary: Summary) -> Iterator[tuple[str, str]]:
    for piece in summary.evidence:
        yield piece.kind, "\n".join((proof_words(piece, summary.zone), *map(file_words, piece.files)))
    for signature in summary.signatures:
        when = local_time(signature.at, summary.zone)
        yield "Signed off by", f"{signature.name}, {signature.seat}, {when}"
    yield "Raiser", summary.raiser_answer
