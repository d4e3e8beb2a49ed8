"""Somebody says who is asked instead of them, or of somebody else, for a while."""

from collections.abc import Mapping

from bot import clock
from bot.errors import Refused
from bot.operations.office import Office, Request, actor_for, write
from bot.operations.successors import require_able_to_cover
from bot.taskforce.covering import Cover, require_cover, stand_in
from bot.taskforce.until import parse_until


def cover(office: Office, request: Request, user: str, by: str, until: str) -> Cover:
    """``by`` stands in for ``user`` until then, in words of the home site's time. Raises ``Refused``."""
    with write(office, request, "cover") as (unit, now):
        programme = office.programme()
        agreed = stand_in(
            actor_for(unit, office, request),
            user,
            by,
            parse_until(until, now=now, calendar=programme.home_calendar(now)),
            of_cell=programme.is_steering(user),
            standing=unit.covers.standing(now),
            now=now,
        )
        require_able_to_cover(unit, by)
        unit.covers.put(agreed)
        return agreed


def uncover(office: Office, request: Request, user: str) -> None:
    """Nobody stands in for ``user`` any more. Raises ``Refused``, also when nobody did."""
    with write(office, request, "uncover") as (unit, _now):
        of_cell = office.programme().is_steering(user)
        require_cover(actor_for(unit, office, request), user, of_cell=of_cell)
        if not unit.covers.drop(user):
            raise Refused("already_done", "Nobody stands in for that person.")


def covers(office: Office) -> Mapping[str, Cover]:
    """Who stands in for whom now, by the person they are for."""
    with office.store.read() as unit:
        return unit.covers.standing(clock.now())
