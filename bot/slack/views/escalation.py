"""The escalation card in the steering cell's channel."""

from collections.abc import Mapping
from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from bot.reports.durations import lasting
from bot.reports.labels import Labels
from bot.reports.words import CLOCK, STATE
from bot.slack.ids import Action
from bot.slack.views.card_buttons import burst_button
from bot.slack.views.fit import fitted
from bot.slack.views.ladder_words import clock_of, step_of, step_words, tried
from bot.slack.views.parts import (
    BlockDict,
    Rendered,
    actions,
    channel_link,
    fields,
    header,
    inline,
    person,
    quote,
    section,
)
from bot.slack.views.standing import (
    clock_words,
    headline,
    impact_words,
    named,
    owner_words,
    running_clocks,
    seat_words,
    severity_words,
    sites_words,
    state_words,
)
from bot.slack.views.time_taken import paused_much
from bot.taskforce.burst import Burst, ResponseClock
from bot.taskforce.ladder import asks_cell
from bot.taskforce.lifecycle.hold import escalated
from bot.taskforce.policy import Step
from bot.taskforce.terms import LIVE

_MOST_CLOCKS = 8


def escalation(
    burst: Burst,
    subject: Mapping[str, str | int],
    labels: Labels,
    *,
    now: datetime,
    why: str = "",
) -> Rendered:
    """Why the cell is asked, by how much it is late, what was tried, and what can be done.

    ``subject`` names the clock and the step; ``why`` is what a person who escalated by hand wrote.
    """
    clock = clock_of(burst, subject.get("clock"))
    step = step_of(burst, subject.get("step"))
    blocks = [
        header(f"Escalation · {headline(burst)}"),
        section(step_words(burst, clock, step, now)),
        *([section(quote(why, 1500))] if why else []),
        *fields(_facts(burst, labels)),
        *_clocks(burst, now),
        section(impact_words(burst, 800)),
        *_tried(burst, clock, step, labels),
        *_taken(burst),
    ]
    return Rendered(
        text=_notification(burst, clock, now),
        blocks=[*fitted(blocks, burst, reserve=2), *actions(_buttons(burst))],
    )


def brought_to_cell(burst: Burst) -> Mapping[str, str | int]:
    """The clock and the step that last put the burst before the cell; empty when nothing has."""
    fired = [(one, clock) for clock in burst.clocks for one in clock.fired if asks_cell(burst, one)]
    if not fired:
        return {}
    step, clock = max(fired, key=lambda pair: pair[0].fired_at)
    return {"clock": clock.number, "step": step.step}


def _notification(burst: Burst, clock: ResponseClock | None, now: datetime) -> str:
    start = f"Escalation · {named(burst)} · {burst.severity}"
    if burst.state not in LIVE:
        return f"{start} · {STATE[burst.state]}"
    if clock is None:
        return f"{start} · a decision is wanted"
    late = f"{lasting(now - clock.due_at)} late" if now >= clock.due_at else "at risk"
    return f"{start} · {CLOCK[clock.kind].lower()} {late}"


def _facts(burst: Burst, labels: Labels) -> list[tuple[str, str]]:
    pairs = [
        ("Severity", severity_words(burst)),
        ("State", state_words(burst)),
        ("Site", sites_words(burst, labels)),
        ("Family", inline(burst.family_label, 100)),
        ("Accountable owner", owner_words(burst)),
        ("Clinical co-lead", seat_words(burst.clinical_lead)),
        ("Technical co-lead", seat_words(burst.technical_lead)),
    ]
    if burst.place is not None:
        pairs.append(("Channel", channel_link(burst.place.channel)))
    return pairs


def _clocks(burst: Burst, now: datetime) -> list[BlockDict]:
    lines = [clock_words(burst, clock, now) for clock in running_clocks(burst)][:_MOST_CLOCKS]
    lines += paused_much(burst, now)
    return [section("\n".join(lines))] if lines else []


def _tried(burst: Burst, clock: ResponseClock | None, step: Step | None, labels: Labels) -> list[BlockDict]:
    before = tried(burst, clock, step, labels)
    return [section(f"*What was tried*\n{before}")] if before else []


def _taken(burst: Burst) -> list[BlockDict]:
    if burst.taken_up_by is None:
        return []
    return [section(f":raising_hand: Taken up by {person(burst.taken_up_by)}")]


def _buttons(burst: Burst) -> list[ButtonElement]:
    if burst.state not in LIVE:
        return []
    take = [Action.STEERING_TAKE] if burst.taken_up_by is None and escalated(burst) else []
    return [
        burst_button(burst, action) for action in (*take, Action.STEERING_REASSIGN, Action.STEERING_DECIDE)
    ]
