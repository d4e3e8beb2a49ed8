"""What a ladder step tells one person: why, by how much, what was tried, and what they can do about it."""

from datetime import datetime

from bot.reports.durations import lasting, site_zone
from bot.reports.labels import Labels
from bot.slack.ids import Action
from bot.slack.views.ladder_words import clock_of, fired_of, step_of, step_words, tried
from bot.slack.views.parts import BlockDict, Rendered, context, inline, section
from bot.slack.views.ping_parts import Subject, message, question_of
from bot.slack.views.standing import clock_name, named
from bot.slack.views.step_buttons import next_actions
from bot.slack.views.times import moment
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Actor
from bot.taskforce.response_clock import ResponseClock


def step_ping(burst: Burst, subject: Subject, labels: Labels, reader: Actor, *, now: datetime) -> Rendered:
    """The message to ``reader``; ``subject`` is the ping's.

    Its ``repeat`` says that they were asked before, its ``brought`` for which role's expertise they came.
    """
    clock, step = clock_of(burst, subject.get("clock")), step_of(burst, subject.get("step"))
    what = clock_name(burst, clock).lower() if clock else "escalation"
    late = f", {lasting(now - clock.due_at)} late" if clock and now >= clock.due_at else ""
    words = step_words(burst, clock, step, now)
    before = tried(burst, clock, step, labels)
    more = [section(f"*What was tried*\n{before}")] if before else []
    role = subject.get("brought")
    if role is not None:
        called = inline(labels.role(str(role)), 80)
        text = f"{named(burst)} needs what you know as {called}: {what}{late}."
        stays = context(
            f"You were added as {called}. Ownership does not move, and nobody waits for your answer."
        )
        wanted: tuple[Action, ...] = (Action.UPDATE, Action.EVIDENCE)
        return message(burst, labels, text, words, wanted, more=[*more, stays])
    text = f"{named(burst)} needs you: {what}{late}."
    if "repeat" in subject:
        text = f"{named(burst)} still needs you: {what}{late}."
        more = [*more, *_asked_before(burst, clock, subject)]
    return message(
        burst,
        labels,
        text,
        words,
        next_actions(burst, clock, reader),
        more=more,
        question=question_of(burst, clock),
    )


def _asked_before(burst: Burst, clock: ResponseClock | None, subject: Subject) -> list[BlockDict]:
    fired = fired_of(clock, subject.get("step"))
    if fired is None:
        return []
    return [
        context(
            f"You were first asked {moment(fired.fired_at, site_zone(burst))}; there is no answer from you yet."
        )
    ]
