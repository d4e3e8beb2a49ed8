"""The summary of a burst in Slack: whole for those who may read it, and what the archive channel shows."""

from bot.reports.durations import lasting
from bot.reports.promises import time_words
from bot.reports.proof import Proof
from bot.reports.summary import Line, Summary
from bot.reports.summary_lines import delay_lines, fix_words, time_lines
from bot.reports.told_entry import corrected
from bot.slack.ids import Action, ButtonValue
from bot.slack.views.fit import fitted_to
from bot.slack.views.parts import (
    BlockDict,
    Rendered,
    actions,
    bullets,
    button,
    context,
    escaped,
    fields,
    header,
    inline,
    one_line,
    quote,
    section,
)
from bot.slack.views.times import for_reader, moment

_MOST_LINES = 12
_LINE_LIMIT = 240
_TEXT_LIMIT = 140


def archived(summary: Summary) -> Rendered:
    """What the archive channel shows; of a private burst only its key, and that it is closed."""
    if summary.private:
        words = f"{_named(summary)} · closed"
        return Rendered(text=words, blocks=[section(words)])
    return whole(summary)


def whole(summary: Summary) -> Rendered:
    """The summary on one page, with buttons to the full log, the transcript and the PDF."""
    blocks = [
        header(f"{_named(summary)} · {summary.title}"),
        *fields(_facts(summary)),
        section(f"*What was blocked*\n{quote(summary.blocked, 1000)}"),
        *_part("Where the time went", bullets(time_lines(summary.phases, summary.hand_offs))),
        *_part("Promises", _promises(summary)),
        *_part("The fix", [quote(fix_words(summary), 1200)] if summary.fix else []),
        *_part("Evidence", _evidence(summary)),
        *_part("Delay", bullets(delay_lines(summary))),
        *_part("Decisions", _told(summary.decisions, summary)),
        *_part("Escalations", _told(summary.escalations, summary)),
        *_part("Timeline", _told(summary.timeline, summary, most=2 * _MOST_LINES)),
        *_part("Follow-up", [quote(summary.follow_up, 800)] if summary.follow_up else []),
        *_part("Who took part", [_people(summary)]),
        context(f"Log of {summary.log_count} entries, last hash `{inline(summary.log_head, 70)}`"),
    ]
    about = ButtonValue(summary.burst_id, 0)
    buttons = [
        button("Full log", Action.ARCHIVE_LOG, about),
        button("Transcript", Action.ARCHIVE_TRANSCRIPT, about),
        button("Send me the PDF", Action.ARCHIVE_PDF, about),
    ]
    rest = f"… more with `/burst log {summary.key}`"
    return Rendered(
        text=f"{_named(summary)} · {inline(summary.outcome, 60)}",
        blocks=[*fitted_to(blocks, rest, reserve=2), *actions(buttons)],
    )


def _named(summary: Summary) -> str:
    return f"DRILL {summary.key}" if summary.drill else summary.key


def _part(title: str, lines: list[str]) -> list[BlockDict]:
    return [section(f"*{title}*\n" + "\n".join(lines))] if any(lines) else []


def _facts(summary: Summary) -> list[tuple[str, str]]:
    pairs = [
        ("Outcome", inline(f"{summary.outcome} {summary.duplicate_of}".strip(), 100)),
        ("Severity", inline(summary.severity, 100)),
        ("Site", inline(", ".join(summary.sites), 300)),
        ("Family", inline(summary.family, 100)),
        ("Stage", inline(summary.stage, 100)),
        ("Raised by", inline(summary.raiser, 80)),
        ("Opened", moment(summary.opened_at, summary.zone)),
    ]
    if summary.closed_at is not None:
        pairs.append(("Closed", moment(summary.closed_at, summary.zone)))
    if summary.resolved_for is not None:
        pairs.append(("Time to resolve", lasting(summary.resolved_for)))
    if summary.same_as:
        pairs.append(("The same at another site", summary.same_as))
    if summary.reopened_from:
        pairs.append(("Reopened from", summary.reopened_from))
    if summary.held_since is not None:
        held = (
            f"since {moment(summary.held_since, summary.zone)}: nothing of it is erased until it is released"
        )
        pairs.append(("On hold", held))
    return pairs


def _promises(summary: Summary) -> list[str]:
    kept = [
        f"• {inline(one.label)}: {one.kept} kept, {one.missed} missed"
        + (f", at worst by {lasting(one.worst_for)}" if one.worst_for else "")
        + (f", {one.extended}" if one.extended else "")
        for one in summary.promises
    ]
    return [*kept, *(f"• {inline(line)}" for line in (time_words(summary.time) if summary.time else ()))]


def _evidence(summary: Summary) -> list[str]:
    lines = [
        f"• {inline(piece.kind, 130)}: {inline(_given(piece), _LINE_LIMIT)}{_verified(piece)}"
        for piece in summary.evidence[:_MOST_LINES]
    ]
    lines += [
        f"• Signed off by {inline(signature.name, 60)}, {inline(signature.seat)}, {moment(signature.at, summary.zone)}"
        for signature in summary.signatures
    ]
    return [*lines, f"• {inline(summary.raiser_answer)}"] if summary.raiser_answer else lines


def _given(piece: Proof) -> str:
    said = corrected(" ".join(filter(None, (piece.text, piece.link))), piece.corrected_by)
    return f"{said} {_files(piece)}"


def _verified(piece: Proof) -> str:
    """By whom; when, the sign-offs say."""
    names = " and ".join(inline(one.name, 60) for one in piece.verified)
    return f" · verified by {names}" if names else ""


def _files(piece: Proof) -> str:
    """Their names, and of which no copy is kept; the PDF says why, and has the digests of the others."""
    names = ", ".join(f"{file.name}: no copy is kept" if file.lost else file.name for file in piece.files)
    return f"(files: {names})" if names else ""


def _told(lines: tuple[Line, ...], summary: Summary, *, most: int = _MOST_LINES) -> list[str]:
    """The last lines: what decided the end matters more than how it began."""
    shown = [_line(line, summary) for line in lines[-most:]]
    left_out = len(lines) - len(shown)
    return [f"• … {left_out} earlier", *shown] if left_out else shown


def _line(line: Line, summary: Summary) -> str:
    text = f": {inline(line.text, _TEXT_LIMIT)}" if line.text else ""
    answer = f" · {inline(line.answer, 80)}" if line.answer else ""
    headline = for_reader(inline(line.headline, _LINE_LIMIT), line.moments, summary.zone)
    return f"• {moment(line.at, summary.zone)} {headline}{text}{answer}"


def _people(summary: Summary) -> str:
    return escaped("; ".join(f"{one_line(name)} ({part})" for name, part in summary.people), 1500)
