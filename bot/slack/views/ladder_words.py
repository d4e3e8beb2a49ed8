"""What a ladder step says about a burst, and what was tried before it fired."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.reports.durations import lasting, site_zone
from bot.reports.labels import Labels
from bot.slack.views.parts import escaped, inline, one_line, person
from bot.slack.views.standing import named
from bot.slack.views.times import moment
from bot.taskforce.burst import Burst
from bot.taskforce.policy import ROLE, Step
from bot.taskforce.response_clock import FiredStep, ResponseClock

_MOST_TRIED = 6
_WORD = re.compile(r"\{(key|owner|due|late|left)\}")


def clock_of(burst: Burst, number: object) -> ResponseClock | None:
    """The burst's clock of that number, None when there is none."""
    return next((clock for clock in burst.clocks if clock.number == number), None)


def step_of(burst: Burst, step_id: object) -> Step | None:
    """The step of the burst's ladder with that id, None when there is none."""
    return next((step for step in burst.policy.ladder if step.id == step_id), None)


def fired_of(clock: ResponseClock | None, step_id: object) -> FiredStep | None:
    """The step of that id as it fired on the clock, None when it did not."""
    return next((fired for fired in clock.fired if fired.step == step_id), None) if clock else None


def answer_time(burst: Burst, subject: Mapping[str, str | int]) -> datetime | None:
    """When the person of a ping answered the step that it is about; None while they have not, or it is about none."""
    fired = fired_of(clock_of(burst, subject.get("clock")), subject.get("step"))
    answers = fired.answers if fired is not None else ()
    return next((answer.at for answer in answers if answer.user == subject.get("user")), None)


def step_words(burst: Burst, clock: ResponseClock | None, step: Step | None, now: datetime) -> str:
    """The step's sentence with its words filled in, safe for mrkdwn."""
    if step is None:
        return f"{named(burst)} was escalated."
    return _WORD.sub(lambda found: _filled(found[1], burst, clock, now), escaped(one_line(step.say), 400))


def _filled(word: str, burst: Burst, clock: ResponseClock | None, now: datetime) -> str:
    if word == "key":
        return named(burst)
    if word == "owner":
        return person(burst.owner) if burst.owner else "the owner"
    if clock is None:
        return "some time"
    if word == "due":
        return moment(clock.due_at, site_zone(burst))
    return lasting(now - clock.due_at if word == "late" else clock.due_at - now)


def tried(burst: Burst, clock: ResponseClock | None, step: Step | None, labels: Labels) -> str:
    """What was tried about the clock before ``step``, oldest first; safe for mrkdwn, empty when nothing was.

    Which steps fired and who answered, whom nobody could be found for, and who took it up in vain.
    """
    if clock is None:
        return ""
    lines = sorted((*_before(burst, clock, step, labels), *_in_vain(burst, clock, labels)))
    return "\n".join(line for _, line in lines[-_MOST_TRIED:])


def _before(
    burst: Burst, clock: ResponseClock, step: Step | None, labels: Labels
) -> Iterator[tuple[datetime, str]]:
    for fired in clock.fired:
        if step is not None and fired.step == step.id:
            return
        yield fired.fired_at, f"• {moment(fired.fired_at, site_zone(burst))} {_fired(burst, fired, labels)}"


def _in_vain(burst: Burst, clock: ResponseClock, labels: Labels) -> Iterator[tuple[datetime, str]]:
    for gone in burst.stale_take_ups:
        if gone.at >= clock.armed_at:
            when, who = moment(gone.at, site_zone(burst)), inline(labels.name(gone.user), 60)
            yield gone.at, f"• {when} taken up by {who}: nothing came of it"


def _fired(burst: Burst, fired: FiredStep, labels: Labels) -> str:
    if not fired.reached and not fired.brought:
        return _nobody(burst, fired, labels)
    brought = _names(fired.brought, labels)
    if not fired.reached:
        return f"brought in {brought}"
    also = f"; brought in {brought}" if brought else ""
    again = len(fired.repeated_at)
    often = f" (asked {again + 1} times)" if again else ""
    return f"{_names(fired.reached, labels)}{often}: {_answered(burst, fired, labels)}{also}"


def _answered(burst: Burst, fired: FiredStep, labels: Labels) -> str:
    zone = site_zone(burst)
    if fired.answered_at is not None:
        when = moment(fired.answered_at, zone)
        if fired.answered_by and fired.reached == (fired.answered_by,):
            return f"answered {when}"
        by = inline(labels.name(fired.answered_by), 60) if fired.answered_by else "somebody"
        return f"answered by {by} {when}"
    given = [f"answered by {_names((one.user,), labels)} {moment(one.at, zone)}" for one in fired.answers]
    return ", ".join([*given, f"no answer from {_names(fired.silent, labels)}"]) if given else "no answer"


def _nobody(burst: Burst, fired: FiredStep, labels: Labels) -> str:
    step = step_of(burst, fired.step)
    if step is None:
        return "nobody could be reached"
    words = (*step.notify, *(f"{ROLE}{role}" for role in step.bring))
    wanted = " or ".join(inline(labels.recipient(word), 60) for word in words)
    return f"nobody is {wanted} at {' and '.join(burst.sites)}"


def _names(users: tuple[str, ...], labels: Labels) -> str:
    return ", ".join(inline(labels.name(user), 60) for user in users)
