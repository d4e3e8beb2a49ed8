"""How ``burst programme explain`` reads: one blocker, its people, its promises and its ladder, in local time."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.programme.explaining import Explanation
from bot.programme.explaining.explanation import Condition, LadderStep, Promise, Seated, Told
from bot.reports.durations import local_time

# Beyond these a programme has no rotations and no holidays, and a calendar may run out of dates.
YEARS = range(2000, 2100)
# Why a word of a ladder means nobody, where the word does not say so itself.
_NOBODY = {
    "deputy": "nobody; the deputy is whoever is next in line for the owner's role",
    "vendor_contact": "nobody; no contact of this burst is of a vendor with an escalation person",
}


def lines(told: Explanation) -> Iterator[str]:
    """The explanation as lines of text; every time is local to the first site."""
    zone = ZoneInfo(told.zone)
    yield f"{told.family} at {', '.join(told.sites)}, stage {told.stage}, opened {local_time(told.at, zone)}"
    where = f"of {told.zone}" if len(told.sites) == 1 else "of the site where each is due first"
    yield f"{told.severity}: {told.severity_why}; clocks run on the calendar '{told.calendar}' {where}"
    yield ""
    yield from _people(told, zone)
    yield from _section("Depends on the answers", _conditions(told.depends))
    yield from _section("Promises", _promises(told.promises, zone))
    yield from _section("Ladder, if nobody answers", _ladder(told.ladder, zone))


def _people(told: Explanation, zone: ZoneInfo) -> Iterator[str]:
    yield f"Owner: {_seat(told.owner)}"
    if told.asked_at is not None and told.asked_at != told.at:
        yield f"  is asked {local_time(told.asked_at, zone)}, when quiet hours end"
    for number, one in enumerate(told.next_in_line):
        yield f"  {'then' if number else 'if not'} {one}"
    yield f"Clinical co-lead: {_seat(told.clinical_lead)}"
    yield f"Technical co-lead: {_seat(told.technical_lead)}"
    yield from _section("Pulled in", (_seat(one) for one in told.pulled_in))
    yield from _section("Without Slack", (f"{one.role}: {one.why}" for one in told.contacts))
    yield from _section("Tasks", _conditions(told.tasks))


def _section(heading: str, body: Iterable[str]) -> Iterator[str]:
    found = list(body)
    if found:
        yield ""
        yield heading
        yield from (f"  {line}" for line in found)


def _seat(seated: Seated) -> str:
    return f"{seated.who or 'nobody'} ({seated.role}): {seated.why}"


def _conditions(conditions: Iterable[Condition]) -> Iterator[str]:
    for one in conditions:
        yield f"when {one.when}: {'; '.join(_consequences(one))}"


def _consequences(one: Condition) -> Iterator[str]:
    if one.owner is not None:
        yield f"the owner is {one.owner}"
    if one.people:
        yield f"brings in {', '.join(one.people)}"
    if one.task is not None:
        yield f"task “{one.task}”" + (", which keeps it open" if one.blocks_closure else "")
    if one.severity_at_least is not None:
        yield f"at least {one.severity_at_least}"


def _promises(promises: Iterable[Promise], zone: ZoneInfo) -> Iterator[str]:
    for one in promises:
        due = f"due {local_time(one.due_at, zone)}" if one.due_at is not None else ""
        warned = ", ".join(
            _warning(*moments, zone) for moments in zip(one.warned_at, one.shown_at, strict=True)
        )
        yield f"{one.clock:24}{one.lasts:6}{due}{f'; the owner is warned {warned}' if warned else ''}".rstrip()


def _ladder(steps: Iterable[LadderStep], zone: ZoneInfo) -> Iterator[str]:
    for one in sorted(steps, key=_when):
        when = local_time(one.at, zone) if one.at is not None else "does not come"
        rules = "; ".join(words for words in (one.rule, one.answer, one.repeats) if words)
        yield f"{when:28}{one.step} ({one.clock}, {rules})"
        for told in one.tells:
            yield f"    {told.word}: {', '.join(_listeners(told, zone)) or _NOBODY.get(told.word, 'nobody')}"
        for told in one.brings:
            yield f"    brings {told.word}: {', '.join(told.people) or 'nobody'}"


def _warning(at: datetime, shown_at: datetime, zone: ZoneInfo) -> str:
    return local_time(at, zone) + (_later(shown_at, zone) if shown_at != at else "")


def _listeners(told: Told, zone: ZoneInfo) -> Iterator[str]:
    until = {one.who: one.until for one in told.waiting}
    for who in told.people:
        yield who + (_later(until[who], zone) if who in until else "")


def _later(shown_at: datetime, zone: ZoneInfo) -> str:
    return f" (quiet hours: shown {local_time(shown_at, zone)})"


def _when(step: LadderStep) -> tuple[bool, float]:
    return step.at is None, step.at.timestamp() if step.at is not None else 0.0


class SkippedTimeError(ValueError):
    """A local time that no clock shows, as clocks are put forward over it."""


def moment(text: str, zone: ZoneInfo) -> datetime:
    """A moment as somebody types it, local to ``zone`` unless it names an offset; of a time that comes twice, the first.

    Raises ``ValueError``, also for a year that no programme is for, and ``SkippedTimeError``.
    """
    found = datetime.fromisoformat(text)
    if found.year not in YEARS:
        raise ValueError(text)
    if found.tzinfo is not None:
        return found
    local = found.replace(tzinfo=zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != found:
        raise SkippedTimeError(text)
    return local
