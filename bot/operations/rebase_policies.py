"""Bursts get the programme's present policy, by an administrator at the command line."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import BotError, Refused
from bot.operations.reviving import revive
from bot.programme import Programme
from bot.taskforce import lifecycle
from bot.taskforce.decision import Decision
from bot.taskforce.lifecycle.rebasing import moves
from bot.taskforce.permissions import Actor
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import Severity
from storage import Unit

PAGE = 200


@dataclass(frozen=True, slots=True)
class Rebased:
    """What becomes of one burst: the clocks that move, each with what it was before; or why nothing does."""

    key: str
    moved: tuple[tuple[ResponseClock | None, ResponseClock], ...] = ()
    refused: str = ""


def administrator(programme: Programme, named: str) -> Actor:
    """The administrator whom ``named`` means, a Slack user id or a person's key in the programme.

    Raises ``BotError`` for anybody else: what is logged needs somebody to answer for it.
    """
    wanted = named.removeprefix("@")
    user = programme.people.user(wanted) or wanted
    if not programme.is_admin(user):
        raise BotError(f"{named} is no administrator of the programme.")
    return Actor(user, admin=True)


def chosen(unit: Unit, only: int | None, severities: frozenset[Severity]) -> list[int]:
    """The numbers of the bursts to give it to: burst ``only``, or all that are not closed, of these severities."""
    if only is not None:
        return [only]
    numbers, last = [], 0
    while ids := unit.bursts.open_after(last, PAGE):
        last = ids[-1]
        bursts = unit.bursts.get_many(ids)
        numbers += [one for one in ids if not severities or bursts[one].severity in severities]
    return numbers


def rebase(
    unit: Unit, programme: Programme, burst_id: int, actor: Actor, why: str, now: datetime, *, dry_run: bool
) -> Rebased:
    """Give one burst the policy that it would be opened with now; a dry run only says what would move.

    Raises ``BotError`` when there is no such burst.
    """
    burst = unit.bursts.get(burst_id)
    if burst is None:
        raise BotError(f"There is no BURST-{burst_id}.")
    policy = programme.policy_for(burst.severity, burst.family, burst.stage, burst.sites, now)
    try:
        decision = lifecycle.rebase(burst, actor, policy, why, now=now)
    except Refused as refused:
        if refused.code not in {"wrong_state", "already_done"}:
            raise
        return Rebased(burst.key, refused=refused.message)
    if not dry_run:
        unit.apply(decision, now=now)
        revive(unit, decision, now)
    return Rebased(burst.key, _moved(decision))


def _moved(decision: Decision) -> tuple[tuple[ResponseClock | None, ResponseClock], ...]:
    return () if decision.before is None else tuple(moves(decision.before, decision.after))
