"""What is still to be done after the end: agreed with the resolution, promised at closing, reported when done."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.follow_ups import FIELD, FollowUp
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import already
from bot.taskforce.permissions import Actor, Right, members, require
from bot.taskforce.terms import ENDED, ClockKind, EntryKind, Rank, State

ASK = "follow_up"


def agree(draft: Draft, actions: Iterable[FollowUp]) -> None:
    """Note what the resolution says is to be done, after what was agreed before; nobody is asked yet.

    Raises ``Refused`` for an action of somebody who may not know of a private burst.
    """
    actions = tuple(actions)
    if draft.after.private and any(one.owner not in members(draft.after) for one in actions):
        raise Refused(
            "follow_up",
            f"{draft.after.key} is private: its follow-up actions are for people who take part in it. "
            "Bring others in first, with `/burst add`.",
            field=FIELD,
        )
    last = max((one.number for one in draft.after.follow_ups), default=0)
    numbered = (replace(one, number=number) for number, one in enumerate(actions, start=last + 1))
    draft.change(follow_ups=(*draft.after.follow_ups, *numbered))


def forget_unpromised(draft: Draft) -> None:
    """The resolution did not hold: what it said was to be done is void, unless it was promised already."""
    promised = _promised(draft.after)
    kept = tuple(one for one in draft.after.follow_ups if one.number in promised)
    if kept != draft.after.follow_ups:
        draft.change(follow_ups=kept)


def promise(draft: Draft, user: str) -> None:
    """Each action that was agreed and is not done has a clock from now on, and whoever does it is told."""
    for one in _waiting(draft.after):
        draft.after, clock = clocks.arm(
            draft.after,
            ClockKind.FOLLOW_UP,
            clocks.promise_for(draft.after.policy, ClockKind.FOLLOW_UP),
            now=draft.now,
            due_at=one.due_at,
            calendar_name="business",
            subject=one.number,
        )
        draft.log(
            EntryKind.FOLLOW_UP,
            user,
            follow_up=one.number,
            text=one.text,
            owner=one.owner,
            until=one.due_at.isoformat(),
        )
        draft.ping([one.owner], Rank.ASKED, ask=ASK, clock=clock.number)


def finish(burst: Burst, actor: Actor, number: int, *, now: datetime) -> Decision:
    """The action with this number is done: its clock is met, and whoever was asked about it is not any more.

    Raises ``Refused`` for a number that the burst does not have, without the right, and when it is done already.
    """
    one = next((one for one in burst.follow_ups if one.number == number), None)
    if one is None or actor.user != one.owner:
        require(Right.FOLLOW_UP, actor, burst)
    if one is None:
        raise Refused("unknown_follow_up", f"{burst.key} has no follow-up action {number}.")
    clock = clocks.running(burst, ClockKind.FOLLOW_UP, number)
    if one.done_at is not None:
        already("That is done already.")
    if clock is None and burst.state in ENDED:
        raise Refused("not_promised", f"{burst.key} was cancelled, and nobody has to do that any more.")
    if clock is None:
        raise Refused("not_promised", f"{burst.key} is not closed yet; its follow-up actions begin then.")
    draft = Draft.of(burst, now)
    draft.after = clocks.meet(burst, clock, now)
    done = replace(one, done_at=now, done_by=actor.user)
    draft.change(follow_ups=tuple(done if other is one else other for other in burst.follow_ups))
    entry = draft.log(EntryKind.FOLLOW_UP, actor.user, follow_up=number, text=one.text, done=True)
    if burst.state is not State.ARCHIVED:
        draft.notice(entry)
        draft.refresh_card()
    return draft.done()


def _waiting(burst: Burst) -> tuple[FollowUp, ...]:
    """The actions that nobody has done and that no clock runs for: agreed since, or void while it was cancelled."""
    kind = ClockKind.FOLLOW_UP
    return tuple(
        one
        for one in burst.follow_ups
        if one.done_at is None and clocks.running(burst, kind, one.number) is None
    )


def _promised(burst: Burst) -> frozenset[int | None]:
    return frozenset(clock.subject for clock in burst.clocks if clock.kind is ClockKind.FOLLOW_UP)
