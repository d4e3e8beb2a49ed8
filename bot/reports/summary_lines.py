"""Parts of a summary as plain lines, the same for every document that shows it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.reports.delay import Delay, beyond_words, lost_words
from bot.reports.durations import lasting, local_time
from bot.reports.phases import HandOffs, Phase, hand_off_words, lasted, phase_words
from bot.reports.proof import Attached, Proof
from bot.reports.summary import Summary
from bot.reports.told_entry import corrected


def header_lines(summary: Summary) -> tuple[tuple[str, str], ...]:
    """What a document says of the burst before anything else, as label and text, without what is empty."""
    return tuple((label, text) for label, text in _header(summary) if text)


def time_lines(spent: Sequence[Phase], changes: HandOffs) -> tuple[str, ...]:
    """Where the time went: a line for each phase, the whole, and the changes of owner, if there were any."""
    whole = f"In all: {lasting(lasted(spent))}" if spent else ""
    return tuple(filter(None, (*map(phase_words, spent), whole, hand_off_words(changes))))


def lost_lines(lost: Delay) -> tuple[str, ...]:
    """How far the promise to resolve was exceeded, and what each part of that is put down to."""
    return tuple(filter(None, (beyond_words(lost), *map(lost_words, lost.parts))))


def delay_lines(summary: Summary) -> tuple[str, ...]:
    """What was lost and to what, the causes that were confirmed, and what the log had suggested."""
    return tuple(filter(None, _delay(summary)))


def file_words(file: Attached) -> str:
    """A file that was given as evidence, with what tells whether a copy is the one that was given, in one line."""
    if file.digest:
        return f"{file.name}, SHA-256 {file.digest}"
    return (
        f"{file.name}: no copy is kept, {file.lost}"
        if file.lost
        else f"{file.name}: its copy is still to come"
    )


def fix_words(summary: Summary) -> str:
    """What fixed it."""
    return corrected(summary.fix, summary.fix_corrected_by) if summary.fix else ""


def proof_words(piece: Proof, zone: ZoneInfo) -> str:
    """What a piece of evidence says, who gave it and who verified it, in one line."""
    said = corrected(" ".join(filter(None, (piece.text, piece.link))), piece.corrected_by)
    verifiers = " and ".join(f"{one.name}, {local_time(one.at, zone)}" for one in piece.verified)
    verified = f"verified by {verifiers}" if verifiers else "not verified"
    return f"{said} ({piece.by}, {local_time(piece.at, zone)}; {verified})".lstrip()


def _header(summary: Summary) -> Iterator[tuple[str, str]]:
    needed, closed, resolved = summary.needed_on, summary.closed_at, summary.resolved_for
    yield "Outcome", f"{summary.outcome} {summary.duplicate_of}".strip()
    yield "Severity", summary.severity
    yield "Site", ", ".join(summary.sites)
    yield "Family", summary.family
    yield "Workstream", summary.workstream
    yield "Stage", summary.stage
    yield "Opened", local_time(summary.opened_at, summary.zone)
    yield "Closed", local_time(closed, summary.zone) if closed else ""
    yield "Raised by", summary.raiser
    yield "Resolved after", lasting(resolved) if resolved else ""
    yield "Needed by", f"{needed:%a} {needed.day} {needed:%b %Y}" if needed else ""
    yield "Reopened from", summary.reopened_from
    yield "The same at another site", summary.same_as
    yield "On hold", _held(summary.held_since, summary.zone) if summary.held_since else ""
    yield (
        "Readers",
        "Its members, its workstream's lead and the steering cell alone" if summary.private else "",
    )


def _held(since: datetime, zone: ZoneInfo) -> str:
    return f"since {local_time(since, zone)}: nothing of it is erased until it is released"


def _delay(summary: Summary) -> Iterator[str]:
    yield from lost_lines(summary.delay)
    if summary.cause:
        yield f"Main cause: {summary.cause}"
        yield from (f"Also: {cause}" for cause in summary.other_causes)
        yield _suggested(summary)
        yield f"What would have made it shorter: {summary.shorter}" if summary.shorter else ""
        yield f"Other sites: {summary.other_sites.lower()}{_raised_there(summary)}"


def _raised_there(summary: Summary) -> str:
    return f", raised there as {', '.join(summary.same_at)}" if summary.same_at else ""


def _suggested(summary: Summary) -> str:
    if not summary.suggested:
        return ""
    what = "it too" if summary.suggested == summary.cause else summary.suggested
    return f"The log suggested {what}: {summary.suggested_why}"
