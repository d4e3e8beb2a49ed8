"""What somebody whom a ladder step reached can do about it: one click each, the likeliest first."""

from collections.abc import Iterator

from bot.slack.ids import Action
from bot.slack.views.card_buttons import offered
from bot.slack.views.ping_parts import KEEPS
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.extending import extendable
from bot.taskforce.lifecycle.hold import escalated
from bot.taskforce.permissions import Actor, Part, Right, allows, parts
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import LIVE, ClockKind

MOST = 5

_STEERING = (
    Action.STEERING_TAKE,
    Action.STEERING_REASSIGN,
    Action.STEERING_EXTEND,
    Action.STEERING_DECIDE,
    Action.STEERING_ASK,
)
# By what the person is to the burst, the closest first: whoever is several things is offered all of them.
_BY_PART: tuple[tuple[Part, tuple[Action, ...]], ...] = (
    (Part.OWNER, (Action.UPDATE, Action.RESOLVE, Action.HANDOVER)),
    (Part.CO_LEAD, (Action.UPDATE, Action.EVIDENCE, Action.STEERING_TAKE)),
    (Part.STEERING, _STEERING),
    (Part.WORKSTREAM_LEAD, (Action.HANDOVER, Action.UPDATE, Action.STEERING_TAKE)),
    (Part.REACHED, (Action.UPDATE, Action.STEERING_TAKE, Action.EVIDENCE)),
    (Part.PARTICIPANT, (Action.UPDATE, Action.EVIDENCE)),
)
_RIGHTS: dict[Action, Right] = {
    Action.ACCEPT: Right.ANSWER,
    Action.DECLINE: Right.ANSWER,
    Action.UPDATE: Right.CONTRIBUTE,
    Action.EVIDENCE: Right.CONTRIBUTE,
    Action.RESOLVE: Right.PAUSE,
    Action.DECIDE: Right.DECIDE,
    Action.HANDOVER: Right.HAND_OVER,
    Action.STEERING_TAKE: Right.TAKE_UP,
    Action.STEERING_REASSIGN: Right.HAND_OVER,
    Action.STEERING_EXTEND: Right.EXTEND,
    Action.STEERING_DECIDE: Right.RULE,
    Action.STEERING_ASK: Right.TAKE_UP,
}


def next_actions(burst: Burst, clock: ResponseClock | None, reader: Actor) -> tuple[Action, ...]:
    """At most five things that the reader may do, of those that the burst's state allows."""
    possible = {*offered(burst), *_of_the_cell(burst)}
    chosen = [
        action
        for action in dict.fromkeys(_wanted(burst, clock, reader))
        if action in possible and allows(_RIGHTS[action], reader, burst)
    ]
    if Action.STEERING_TAKE in chosen and burst.owner == reader.user and not reader.steering:
        chosen.remove(Action.STEERING_TAKE)  # it is theirs already
    if Action.HANDOVER in chosen and Action.STEERING_REASSIGN in chosen:
        chosen.remove(Action.HANDOVER)  # two names of one page
    return tuple(chosen[:MOST])


def _wanted(burst: Burst, clock: ResponseClock | None, reader: Actor) -> Iterator[Action]:
    held = parts(reader, burst)
    if clock is not None and (Part.OWNER in held or _can_be_told_by_the_lead(clock, held)):
        yield from KEEPS.get(clock.kind, ())
    for part, actions in _BY_PART:
        if part in held:
            yield from actions


def _can_be_told_by_the_lead(clock: ResponseClock, held: frozenset[Part]) -> bool:
    return clock.kind is ClockKind.UPDATE and Part.WORKSTREAM_LEAD in held


def _of_the_cell(burst: Burst) -> Iterator[Action]:
    if burst.state not in LIVE:
        return
    if burst.taken_up_by is None and escalated(burst):
        yield Action.STEERING_TAKE
    if extendable(burst):
        yield Action.STEERING_EXTEND
    yield Action.STEERING_REASSIGN
    yield Action.STEERING_DECIDE
    yield Action.STEERING_ASK
