"""Ladders: not empty, each step once, in rising order, reaching somebody."""

from collections.abc import Iterator

from bot.programme.checks.case import Case
from bot.programme.problems import Path, Problem
from bot.programme.programme import SAFETY_ROLE
from bot.programme.schema.file import ProgrammeFile
from bot.taskforce.durations import Duration, Unit
from bot.taskforce.policy import ROLE, PolicyTerms, Step, Trigger, TriggerKind
from bot.taskforce.terms import ClockKind, Notify

# A working day's hours, only to compare offsets of one ladder with each other.
_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.BUSINESS_DAY: 9 * 60}


def check(case: Case) -> Iterator[Problem]:
    """Problems of every ladder and of the terms around it."""
    for ladder, here in ladders(case.file):
        yield from _ladder(case, ladder, here)
    for name in ("sev1", "sev2", "sev3", "sev4"):
        terms: PolicyTerms = getattr(case.file.severity.policies, name)
        yield from _rising(terms.warn_at, ("severity", "policies", name, "warn_at"))
    for number, override in enumerate(case.file.severity.overrides):
        if override.terms.warn_at is not None:
            yield from _rising(override.terms.warn_at, ("severity", "overrides", number, "terms", "warn_at"))


def ladders(file: ProgrammeFile) -> Iterator[tuple[tuple[Step, ...], Path]]:
    """Every ladder of the file, with where it is."""
    for name in ("sev1", "sev2", "sev3", "sev4"):
        terms: PolicyTerms = getattr(file.severity.policies, name)
        yield terms.ladder, ("severity", "policies", name, "ladder")
    for number, override in enumerate(file.severity.overrides):
        if override.terms.ladder is not None:
            yield override.terms.ladder, ("severity", "overrides", number, "terms", "ladder")


def _ladder(case: Case, ladder: tuple[Step, ...], here: Path) -> Iterator[Problem]:
    if not ladder:
        yield Problem(here, "the ladder is empty; a missed promise would reach nobody")
    seen: set[str] = set()
    asked: set[ClockKind] = set()
    last: dict[ClockKind, tuple[int, float] | None] = {}
    for number, step in enumerate(ladder):
        path = (*here, number)
        if step.id in seen:
            yield Problem((*path, "id"), f"'{step.id}' is there twice")
        seen.add(step.id)
        yield from _order(step, asked, last, (*path, "trigger", "at"))
        if step.notify:
            asked.add(step.trigger.clock)
        yield from _roles(case, step, path)
        if step.notify and not any(_reaches(case, word) for word in step.notify):
            words = ", ".join(step.notify)
            yield Problem((*path, "notify"), f"this step reaches no one: nobody is {words}", gap=True)
        for place, role in enumerate(step.bring):
            if role in case.names("roles") and not case.is_filled(role):
                words = f"nobody fills the role {role}, so nobody is brought"
                yield Problem((*path, "bring", place), words, gap=True)


def _roles(case: Case, step: Step, path: Path) -> Iterator[Problem]:
    for number, word in enumerate(step.notify):
        if word.startswith(ROLE):
            yield from case.unknown("roles", word.removeprefix(ROLE), (*path, "notify", number))
    yield from case.all_unknown("roles", step.bring, (*path, "bring"))


def _order(
    step: Step, asked: set[ClockKind], last: dict[ClockKind, tuple[int, float] | None], path: Path
) -> Iterator[Problem]:
    clock = step.trigger.clock
    if step.trigger.kind is TriggerKind.UNANSWERED:
        if clock not in asked:
            yield Problem(path, "no step of this clock comes before, whose silence could be waited for")
        return
    place = _place(step.trigger)
    before = last.get(clock)
    if place is not None and before is not None and place <= before:
        yield Problem(path, "this step does not come after the one before it on the same clock")
    last[clock] = place if place is not None else before


def _place(trigger: Trigger) -> tuple[int, float] | None:
    """Where a step lies on its clock: before the due time by its share, after it by minutes.

    None for a share above 1: where that lies depends on the promise.
    """
    if trigger.kind is TriggerKind.FRACTION:
        share = trigger.fraction or 0.0
        return (0, share) if share < 1 else None
    return (1, _minutes(trigger.wait_for))


def _minutes(duration: Duration | None) -> float:
    return 0.0 if duration is None else float(duration.amount * _MINUTES[duration.unit])


def _rising(shares: tuple[float, ...], path: Path) -> Iterator[Problem]:
    if list(shares) != sorted(set(shares)):
        yield Problem(path, "the shares must rise, each once")


def _reaches(case: Case, word: str) -> bool:
    """Whether a word of a ladder can mean somebody in this programme."""
    file = case.file
    match word:
        case Notify.WORKSTREAM_LEAD:
            return any(s.lead is not None or s.deputies for s in file.workstreams.values())
        case Notify.PROGRAMME_MANAGER:
            return file.programme_manager is not None
        case Notify.SPONSOR:
            return file.sponsor is not None
        case Notify.STEERING_DUTY | Notify.STEERING_CELL:
            return bool(file.steering.members)
        case Notify.SAFETY_OFFICER:
            return case.is_filled(SAFETY_ROLE)
        case Notify.VENDOR_CONTACT:
            return any(vendor.escalation is not None for vendor in file.vendors.values())
        case _ if word.startswith(ROLE):
            role = word.removeprefix(ROLE)
            return role not in case.names("roles") or case.is_filled(role)  # an unknown one is told already
        case _:
            return True
