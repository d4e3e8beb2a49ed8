"""Parts of a summary as plain lines, the same for every document that shows it."""

from collections.abc import Iterator

from bot.reports.delay import beyond_words, lost_words
from bot.reports.durations import lasting
from bot.reports.phases import hand_off_words, lasted, phase_words
from bot.reports.summary import Summary


def time_lines(summary: Summary) -> tuple[str, ...]:
    """Where the time went: a line for each phase, the whole, and the changes of owner, if there were any."""
    whole = f"In all: {lasting(lasted(summary.phases))}" if summary.phases else ""
    lines = (*map(phase_words, summary.phases), whole, hand_off_words(summary.hand_offs))
    return tuple(filter(None, lines))


def delay_lines(summary: Summary) -> tuple[str, ...]:
    """What was lost and to what, the causes that were confirmed, and what the log had suggested."""
    return tuple(filter(None, _delay(summary)))


def _delay(summary: Summary) -> Iterator[str]:
    yield beyond_words(summary.delay)
    yield from (lost_words(part) for part in summary.delay.parts)
    if summary.cause:
        yield f"Main cause: {summary.cause}"
        yield from (f"Also: {cause}" for cause in summary.other_causes)
        yield _suggested(summary)
        yield f"What would have made it shorter: {summary.shorter}" if summary.shorter else ""
        yield f"Other sites: {summary.other_sites.lower()}"


def _suggested(summary: Summary) -> str:
    if not summary.suggested:
        return ""
    what = "it too" if summary.suggested == summary.cause else summary.suggested
    return f"The log suggested {what}: {summary.suggested_why}"
