"""Many escalations at once: one message in the steering cell's channel instead of a card for each burst."""

from collections.abc import Sequence
from datetime import datetime

from bot.reports.words import STATE
from bot.slack.ids import Action
from bot.slack.views.card_buttons import burst_buttons
from bot.slack.views.fit import MESSAGE_BLOCKS, MESSAGE_TEXT, text_length
from bot.slack.views.ladder_words import clock_of, step_of, step_words
from bot.slack.views.parts import BlockDict, Rendered, actions, context, inline, person, section
from bot.slack.views.standing import named, sites_words
from bot.slack.views.telling import Told
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.hold import escalated
from bot.taskforce.terms import LIVE

# Room for what stands before and after the lines.
_FRAME_BLOCKS, _FRAME_TEXT = 3, 400


def escalations(asked: Sequence[Told], *, now: datetime) -> Rendered:
    """A line for each burst, the most severe and latest first, with "Take it up" and the way to its card.

    A line says how its burst stands now; what is dealt with comes last.
    """
    of_burst = {one.burst.id: one for one in asked}
    lines = sorted(of_burst.values(), key=_urgency)
    words = f"{len(lines)} escalations at once"
    kept = _fitting([_line(one, now) for one in lines])
    left = len(lines) - len(kept)
    rest = [context(f"… and {left} more, `/burst list`")] if left else []
    keys = ", ".join(named(one.burst) for one in lines[:5])
    blocks = [block for line in kept for block in line]
    return Rendered(text=f"{words}: {keys}", blocks=[section(f"*{words}*"), *blocks, *rest])


def _urgency(one: Told) -> tuple[bool, str, datetime, int]:
    clock = clock_of(one.burst, one.subject.get("clock"))
    due_at = clock.due_at if clock is not None else one.burst.opened_at
    waits = one.burst.state in LIVE and one.burst.taken_up_by is None
    return (not waits, one.burst.severity.value, due_at, one.burst.id)


def _line(one: Told, now: datetime) -> list[BlockDict]:
    burst = one.burst
    clock, step = clock_of(burst, one.subject.get("clock")), step_of(burst, one.subject.get("step"))
    words = step_words(burst, clock, step, now)
    about = f"{burst.severity} · *{inline(burst.title, 80)}* · {sites_words(burst, one.labels)}"
    take = [Action.STEERING_TAKE] if _may_be_taken(burst) else []
    buttons = burst_buttons(burst, (*take, Action.STEERING_CARD))
    return [section(f"*{named(burst)}* · {_standing(burst) or words}\n{about}"), *actions(buttons)]


def _may_be_taken(burst: Burst) -> bool:
    return burst.state in LIVE and burst.taken_up_by is None and bool(escalated(burst))


def _standing(burst: Burst) -> str:
    """How it was dealt with; empty while it waits for somebody."""
    if burst.state not in LIVE:
        return STATE[burst.state]
    if burst.taken_up_by is not None:
        return f":raising_hand: Taken up by {person(burst.taken_up_by)}"
    return "" if escalated(burst) else "Nothing is escalated any more"


def _fitting(lines: Sequence[list[BlockDict]]) -> list[list[BlockDict]]:
    kept: list[list[BlockDict]] = []
    room, blocks = MESSAGE_TEXT - _FRAME_TEXT, MESSAGE_BLOCKS - _FRAME_BLOCKS
    for line in lines:
        room -= sum(text_length(block) for block in line)
        blocks -= len(line)
        if room < 0 or blocks < 0:
            break
        kept.append(line)
    return kept
