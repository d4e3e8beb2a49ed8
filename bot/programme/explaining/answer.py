"""From a question to an explanation."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.programme.explaining.attending import Attending
from bot.programme.explaining.conditions import depending, tasks
from bot.programme.explaining.explanation import Explanation, LadderStep, Promise, Seated, Told, Waiting
from bot.programme.explaining.question import Question, family_of, form_of
from bot.programme.explaining.rehearsal import fired, left_alone, opened, warnings
from bot.programme.programme import Programme
from bot.taskforce.burst import Burst
from bot.taskforce.policy import ROLE, Needed
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.seating import Roster, Seating, seat
from bot.taskforce.terms import ClockKind

_KINDS: Mapping[ClockKind, str] = {
    ClockKind.STAFFING: "staffing",
    ClockKind.ACCEPT: "accept",
    ClockKind.UPDATE: "first update",
    ClockKind.RESOLVE: "resolve",
    ClockKind.WORKAROUND: "workaround",
    ClockKind.MILESTONE: "milestone",
}


def explain(programme: Programme, question: Question) -> Explanation:
    """Who would own this blocker and why, who is pulled in, what is promised, and how the ladder climbs.

    People who are named by e-mail count as found: the file is explained, not the workspace. Raises
    ``Refused`` for words that the programme does not know and for answers that the form would refuse.
    """
    programme = programme.with_people({address: address for address in programme.people.addresses()})
    family = family_of(programme, question)
    form = form_of(programme, family, question)
    roster = programme.roster(family, question.sites, question.at)
    seating = seat(family, form.answers, question.header, roster)
    burst = opened(programme, family, question, form.answers, seating)
    named, attending = _Names(programme), Attending(programme, burst)
    start = programme.severity(question.impact, question.urgency)
    why = f"impact {question.impact} and urgency {question.urgency}"
    if start is not seating.severity:
        why += f" give {start}; a condition raises it"
    return Explanation(
        family=family.id,
        sites=question.sites,
        stage=question.stage,
        zone=burst.policy.calendars["business"].zone,
        at=question.at,
        severity=str(seating.severity),
        severity_why=why,
        calendar=burst.policy.calendar,
        owner=Seated(seating.owner_role, named.of(seating.owner), seating.owner_reason),
        asked_at=attending.shown(burst.owner, question.at) if burst.owner is not None else None,
        next_in_line=_next(named, roster, seating),
        clinical_lead=_lead(named, roster, seating.clinical_role, seating.clinical_lead),
        technical_lead=_lead(named, roster, seating.technical_role, seating.technical_lead),
        pulled_in=tuple(
            _lead(named, roster, role, user)
            for role, user in seating.invited
            if user not in {seating.owner, seating.clinical_lead, seating.technical_lead}
        ),
        contacts=tuple(Seated(contact.role, None, contact.text) for contact in seating.contacts),
        tasks=tuple(tasks(seating, roster, named.of)),
        depends=tuple(depending(family, seating, roster, named.of)),
        promises=tuple(_promises(burst, attending)),
        ladder=tuple(_ladder(programme, burst, named, attending)),
    )


class _Names:
    """People as the file names them."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme

    def of(self, user: str | None) -> str | None:
        """The name of a person, None for nobody."""
        key = self._programme.people.key_of(user) if user is not None else None
        return self._programme.file.people[key].name if key is not None else user

    def all(self, users: tuple[str, ...]) -> tuple[str, ...]:
        """The names of several."""
        return tuple(name for user in users if (name := self.of(user)) is not None)


def _next(named: _Names, roster: Roster, seating: Seating) -> tuple[str, ...]:
    """Who is asked when the owner declines, and when they do, first in line first."""
    passed = {user for user in (seating.owner, seating.clinical_lead) if user is not None}
    line: list[str] = []
    while (filler := roster.next_in_line(seating.owner_role, frozenset(passed))) is not None:
        line.append(f"{named.of(filler.user)}: {filler.why}")
        passed.add(filler.user)
    return tuple(line)


def _lead(named: _Names, roster: Roster, role: str, user: str | None) -> Seated:
    if user is None:
        return Seated(role, None, f"nobody else is {roster.role_labels.get(role, role)} at {roster.place}")
    why = next((filler.why for filler in roster.of(role) if filler.user == user), "")
    return Seated(role, named.of(user), why or roster.role_labels.get(role, role))


def _promises(burst: Burst, attending: Attending) -> Iterator[Promise]:
    policy = burst.policy
    for clock in burst.clocks:
        warned_at = tuple(warnings(burst, clock))
        shown_at = tuple(attending.shown_warning(clock, at) for at in warned_at)
        yield Promise(_KINDS[clock.kind], _lasts(burst, clock), clock.due_at, warned_at, shown_at)
        if clock.kind is ClockKind.UPDATE:
            yield Promise("then an update every", policy.update_every, None)
            if policy.update_every_after_workaround is not None:
                yield Promise("with a workaround every", policy.update_every_after_workaround, None)


def _lasts(burst: Burst, clock: ResponseClock) -> str:
    """How long the promise is; a milestone has a name instead."""
    if clock.kind is ClockKind.MILESTONE and burst.milestone is not None:
        return burst.milestone.label
    return clock.promise


def _ladder(programme: Programme, burst: Burst, named: _Names, attending: Attending) -> Iterator[LadderStep]:
    climbed = fired(left_alone(programme, burst))
    for step in burst.policy.ladder:
        rang = climbed.get(step.id)
        reach = programme.reach(burst, rang.fired_at) if rang is not None else {}
        yield LadderStep(
            clock=str(step.trigger.clock),
            step=step.id,
            rule=step.trigger.at,
            at=rang.fired_at if rang is not None else None,
            tells=tuple(
                Told(str(word), named.all(users), tuple(_waiting(named, attending, users, rang.fired_at)))
                for word in step.notify
                if rang is not None and (users := reach.get(word)) is not None
            ),
            brings=tuple(
                Told(role, named.all(users))
                for role in step.bring
                if (users := reach.get(f"{ROLE}{role}")) is not None
            ),
            answer="all must answer" if step.answer is Needed.ALL else "",
            repeats=f"again every {step.repeat.every}, {step.repeat.times} times" if step.repeat else "",
        )


def _waiting(named: _Names, attending: Attending, users: tuple[str, ...], at: datetime) -> Iterator[Waiting]:
    for user in users:
        until, who = attending.quiet_until(user, at), named.of(user)
        if until is not None and who is not None:
            yield Waiting(who, until)
