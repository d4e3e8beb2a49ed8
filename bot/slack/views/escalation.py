"""The escalation card in the steering cell's channel."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from bot.reports.durations import lasting, site_zone
from bot.reports.entries import LoggedEntry
from bot.reports.entry_words import told
from bot.reports.extensions import extended_lines
from bot.reports.labels import Labels
from bot.reports.words import CLOCK, STATE
from bot.slack.ids import Action
from bot.slack.views.card_buttons import burst_buttons
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
    clock_lines,
    headline,
    impact_words,
    kept_words,
    named,
    owner_words,
    running_clocks,
    seat_words,
    severity_words,
    sites_words,
    state_words,
)
from bot.slack.views.time_taken import paused_much
from bot.slack.views.times import for_reader, moment
from bot.taskforce.burst import Burst
from bot.taskforce.ladder import asks_cell
from bot.taskforce.lifecycle.extending import extendable
from bot.taskforce.lifecycle.hold import escalated
from bot.taskforce.policy import Step
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import LIVE, ClockState

_MOST_CLOCKS = 8
_MOST_DONE = 8


def escalation(
    burst: Burst,
    subject: Mapping[str, str | int],
    labels: Labels,
    *,
    now: datetime,
    why: str = "",
    since: Sequence[LoggedEntry] = (),
) -> Rendered:
    """Why the cell is asked, by how much it is late, what was tried, who did what, and what can be done.

    ``subject`` names the clock and the step; ``why`` is what a person who escalated by hand wrote; ``since``
    are the entries of the log that tell what was done about it from above.
    """
    clock = clock_of(burst, subject.get("clock"))
    step = step_of(burst, subject.get("step"))
    blocks = [
        header(f"Escalation · {headline(burst)}"),
        section(_why_the_cell(burst, clock, step, now)),
        *([section(quote(why, 1500))] if why else []),
        *fields(_facts(burst, labels)),
        *_clocks(burst, now),
        section(impact_words(burst, 800)),
        *_tried(burst, clock, step, labels),
        *_taken(burst),
        *_done(burst, since, labels),
    ]
    return Rendered(
        text=_notification(burst, clock, now),
        blocks=[*fitted(blocks, burst, reserve=2), *actions(_buttons(burst, clock))],
    )


def _why_the_cell(burst: Burst, clock: ResponseClock | None, step: Step | None, now: datetime) -> str:
    """The step's words while they hold; afterwards what became of what it was about."""
    if burst.state not in LIVE:
        return f"{named(burst)} · {STATE[burst.state].lower()}; nothing is asked of the cell any more."
    if clock is None or not _is_over(clock):
        return step_words(burst, clock, step, now)
    dealt_with = "what was escalated is dealt with."
    return f"{named(burst)} · {kept_words(burst, clock, clock.met_at) if clock.met_at else dealt_with}"


def _is_over(clock: ResponseClock) -> bool:
    return clock.state in {ClockState.MET, ClockState.DISARMED}


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
    if _is_over(clock):
        return f"{start} · dealt with"
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
    lines = clock_lines(burst, running_clocks(burst)[:_MOST_CLOCKS], now)
    lines += paused_much(burst, now)
    lines += extended_lines(burst)
    return [section("\n".join(lines))] if lines else []


def _tried(burst: Burst, clock: ResponseClock | None, step: Step | None, labels: Labels) -> list[BlockDict]:
    before = tried(burst, clock, step, labels)
    return [section(f"*What was tried*\n{before}")] if before else []


def _taken(burst: Burst) -> list[BlockDict]:
    if burst.taken_up_by is None:
        return []
    return [section(f":raising_hand: Taken up by {person(burst.taken_up_by)}")]


def _done(burst: Burst, since: Sequence[LoggedEntry], labels: Labels) -> list[BlockDict]:
    """Who did what about it, the latest last."""
    zone = site_zone(burst)
    lines = [
        f"• {moment(entry.at, zone)} {for_reader(inline(words.headline, 250), words.moments, zone)}"
        for entry in since[-_MOST_DONE:]
        for words in [told(burst, entry, labels)]
    ]
    return [section("*What was done*\n" + "\n".join(lines))] if lines else []


def _buttons(burst: Burst, clock: ResponseClock | None) -> list[ButtonElement]:
    if burst.state not in LIVE:
        return []
    can_wait = extendable(burst)
    wanted = (
        (Action.STEERING_TAKE, burst.taken_up_by is None and bool(escalated(burst))),
        (Action.STEERING_REASSIGN, True),
        (Action.STEERING_EXTEND, bool(can_wait)),
        (Action.STEERING_DECIDE, True),
        (Action.STEERING_ASK, True),
    )
    details = {Action.STEERING_EXTEND: str(clock.number)} if clock is not None and clock in can_wait else {}
    return burst_buttons(burst, (action for action, fits in wanted if fits), details)
