"""What a ladder step says about a burst, and what was tried before it fired."""

import re
from datetime import datetime

from bot.reports.durations import lasting, site_zone
from bot.reports.labels import Labels
from bot.slack.views.parts import escaped, inline, one_line, person
from bot.slack.views.times import moment
from bot.taskforce.burst import Burst, FiredStep, ResponseClock
from bot.taskforce.policy import Step

_MOST_TRIED = 6
_WORD = re.compile(r"\{(key|owner|due|late|left)\}")


def clock_of(burst: Burst, number: object) -> ResponseClock | None:
    """The burst's clock of that number, None when there is none."""
    return next((clock for clock in burst.clocks if clock.number == number), None)


def step_of(burst: Burst, step_id: object) -> Step | None:
    """The step of the burst's ladder with that id, None when there is none."""
    return next((step for step in burst.policy.ladder if step.id == step_id), None)


def step_words(burst: Burst, clock: ResponseClock | None, step: Step | None, now: datetime) -> str:
    """The step's sentence with its words filled in, safe for mrkdwn."""
    if step is None:
        return f"{burst.key} was escalated."
    return _WORD.sub(lambda found: _filled(found[1], burst, clock, now), escaped(one_line(step.say), 400))


def _filled(word: str, burst: Burst, clock: ResponseClock | None, now: datetime) -> str:
    if word == "key":
        return burst.key
    if word == "owner":
        return person(burst.owner) if burst.owner else "the owner"
    if clock is None:
        return "some time"
    if word == "due":
        return moment(clock.due_at, site_zone(burst))
    return lasting(now - clock.due_at if word == "late" else clock.due_at - now)


def tried(burst: Burst, clock: ResponseClock | None, step: Step | None, labels: Labels) -> str:
    """Which steps fired on the clock before ``step``, and who answered; safe for mrkdwn, empty when none did."""
    lines: list[str] = []
    for fired in clock.fired if clock else ():
        if step is not None and fired.step == step.id:
            break
        lines.append(_fired(burst, fired, labels))
    return "\n".join(lines[-_MOST_TRIED:])


def _fired(burst: Burst, fired: FiredStep, labels: Labels) -> str:
    zone = site_zone(burst)
    reached = ", ".join(inline(labels.name(user), 60) for user in fired.reached) or "nobody could be reached"
    answered = "no answer"
    if fired.answered_at is not None:
        by = inline(labels.name(fired.answered_by), 60) if fired.answered_by else "somebody"
        answered = f"answered by {by} {moment(fired.answered_at, zone)}"
    return f"• {moment(fired.fired_at, zone)} {reached}: {answered}"
