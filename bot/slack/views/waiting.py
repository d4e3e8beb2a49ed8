"""What waits for one person: everything that is asked of them and that nobody else will do for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.slack.ids import Action
from bot.slack.views.parts import inline, person
from bot.slack.views.ping_parts import KEEPS
from bot.slack.views.standing import clock_name
from bot.slack.views.step_buttons import next_actions
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.closure import awaited_signers
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle.hold import escalated
from bot.taskforce.permissions import Actor
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import LIVE, ClockKind, ClockState, State

Held = Mapping[int, Holders]

_QUESTION_SHOWN = 200
_ITEM_SHOWN = 400
# Missed by the owner's doing: the others are asked of somebody else, or are words of their own here.
_OWNERS = frozenset({ClockKind.UPDATE, ClockKind.RESOLVE, ClockKind.MILESTONE})
_ON_THE_CHECKLIST = frozenset({ClockKind.INTAKE, ClockKind.PRIVACY})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that is asked: ``safe_words`` go into mrkdwn as they are, ``due_at`` is None where no clock runs for it."""

    burst: Burst
    safe_words: str
    due_at: datetime | None
    actions: tuple[Action, ...]
    detail: str | None = None


def waiting_for(burst: Burst, reader: Actor, held: Held, *, now: datetime) -> tuple[Waiting, ...]:
    """What the burst asks of ``reader``; ``held`` says who may answer each open decision request, by its number."""
    return (
        *_ownership(burst, reader),
        *_review(burst, reader),
        *_decisions(burst, reader, held),
        *_enquiries(burst, reader),
        *_checklist(burst, reader),
        *_missed(burst, reader, now),
        *_escalations(burst, reader),
    )


def waits_for_the_cell(burst: Burst) -> bool:
    """Whether something of the burst has climbed the ladder, and nobody has taken it up."""
    return burst.state in LIVE and burst.taken_up_by is None and bool(escalated(burst))


def _ownership(burst: Burst, reader: Actor) -> Iterator[Waiting]:
    if burst.state in LIVE and burst.owner == reader.user and burst.accepted_at is None:
        words = "You are the accountable owner: accept it, or say why not"
        yield Waiting(burst, words, _due(burst, ClockKind.ACCEPT), (Action.ACCEPT, Action.DECLINE))


def _review(burst: Burst, reader: Actor) -> Iterator[Waiting]:
    if burst.state is not State.RESOLVED:
        return
    if reader.user in awaited_signers(burst):
        words = "Check the evidence, then sign off or send it back"
        yield Waiting(burst, words, _due(burst, ClockKind.SIGN_OFF), (Action.SIGN_OFF, Action.SEND_BACK))
    if burst.raiser == reader.user and burst.raiser_answer is None:
        words = "It is said to be fixed: does it work for you?"
        yield Waiting(burst, words, None, (Action.CONFIRM, Action.UNCONFIRM))


def _decisions(burst: Burst, reader: Actor, held: Held) -> Iterator[Waiting]:
    for request in burst.requests:
        holders = held.get(request.number)
        if request.answered_at is None and holders and reader.user in holders.silent(request.voted):
            words = f"Yours to decide: {inline(request.question, _QUESTION_SHOWN)}"
            due_at = _due(burst, ClockKind.DECISION, request.number)
            yield Waiting(burst, words, due_at, (Action.STEERING_DECIDE,), str(request.number))


def _enquiries(burst: Burst, reader: Actor) -> Iterator[Waiting]:
    if reader.user not in {burst.owner, burst.clinical_lead, burst.technical_lead}:
        return
    for one in burst.enquiries:
        if burst.state in LIVE and one.answered_at is None:
            words = f"{person(one.asked_by)} asks: {inline(one.question, _QUESTION_SHOWN)}"
            yield Waiting(burst, words, one.answer_by, (Action.UPDATE,))


def _checklist(burst: Burst, reader: Actor) -> Iterator[Waiting]:
    """What an item of the checklist asks of whoever it is assigned to, while its clock runs."""
    for clock in _armed(burst):
        if clock.kind not in _ON_THE_CHECKLIST:
            continue
        source = clock.kind.value if clock.kind is ClockKind.INTAKE else None
        for item in burst.checklist:
            is_it = item.source == source if source else item.number == clock.subject
            if is_it and item.done_at is None and item.assignee == reader.user:
                words = f"Tick item {item.number} of the checklist once it is done: {inline(item.text, _ITEM_SHOWN)}"
                yield Waiting(burst, words, clock.due_at, (Action.CHECKLIST,))


def _missed(burst: Burst, reader: Actor, now: datetime) -> Iterator[Waiting]:
    if burst.state not in LIVE or burst.owner != reader.user or burst.accepted_at is None:
        return
    for clock in _armed(burst):
        if clock.kind in _OWNERS and now >= clock.due_at:
            yield Waiting(burst, f"{clock_name(burst, clock)} is late", clock.due_at, KEEPS[clock.kind])


def _escalations(burst: Burst, reader: Actor) -> Iterator[Waiting]:
    """What climbed up to the reader; the steering cell has its own list."""
    if reader.steering or not waits_for_the_cell(burst):
        return
    reached = [clock for clock in escalated(burst) if any(reader.user in step.silent for step in clock.fired)]
    for clock in reached[:1]:
        words = f"It was escalated to you: {clock_name(burst, clock)} is not kept"
        yield Waiting(burst, words, clock.due_at, next_actions(burst, clock, reader)[:2])


def _armed(burst: Burst) -> Iterator[ResponseClock]:
    return (clock for clock in burst.clocks if clock.state is ClockState.ARMED)


def _due(burst: Burst, kind: ClockKind, subject: int | None = None) -> datetime | None:
    clock = clocks.running(burst, kind, subject)
    return None if clock is None else clock.due_at
