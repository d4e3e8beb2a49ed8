"""Standing in for somebody's roles for a while: on leave, at a course, asleep after the night."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Standing


@dataclass(frozen=True, slots=True)
class Cover:
    """``by`` is asked instead of ``user`` from ``since`` until ``until`` (aware UTC); ``set_by`` said so."""

    user: str
    by: str
    since: datetime
    until: datetime
    set_by: str

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at ``at``."""
        return self.since <= at < self.until


def stand_in(
    actor: Actor,
    user: str,
    by: str,
    until: datetime,
    *,
    of_cell: bool,
    standing: Mapping[str, Cover],
    now: datetime,
) -> Cover:
    """``by`` stands in for ``user`` until ``until``.

    ``of_cell`` says that ``user`` is of the steering cell; ``standing`` are the covers in force, by whom
    they are for. Raises ``Refused`` without the right, and for a stand-in who cannot be one.
    """
    require_cover(actor, user, of_cell=of_cell)
    if by == user:
        raise Refused("same_person", "Nobody stands in for themselves; name somebody else.")
    if by in standing:
        raise Refused("away", "Somebody stands in for that person too; name somebody who is there.")
    return Cover(user, by, now, until, actor.user)


def require_cover(actor: Actor, user: str, *, of_cell: bool) -> None:
    """Raise ``Refused`` unless the actor may say who stands in for ``user``.

    A stand-in is asked and may act in place of the other, so nobody gives themselves a right that way:
    for people of the steering cell only the cell itself or an administrator decides, beside the person.
    """
    if actor.standing is not Standing.MEMBER:
        raise Refused("not_allowed", "Only full members of this workspace can say who stands in.")
    above = actor.steering or actor.admin or (bool(actor.leads) and not of_cell)
    if actor.user != user and not above:
        raise Refused(
            "not_allowed",
            "Only they themselves, a workstream's lead, the steering cell or an administrator can say who stands"
            " in; for the steering cell's people, a lead cannot.",
        )
