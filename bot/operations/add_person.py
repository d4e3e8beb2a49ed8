"""Expertise is pulled in; ownership does not move."""

from datetime import datetime

from bot.errors import Refused
from bot.operations.office import Office, Request, load, programme_at, write
from bot.programme import Programme
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst

ROLE = "role:"


def add_person(office: Office, request: Request, burst_id: int, wanted: str, why: str) -> Burst:
    """Add a Slack user, or whoever fills ``role:<id or title>`` at the burst's sites. Raises ``Refused``."""
    with write(office, request, "add_person") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        user, via = wanted, "added"
        if wanted.startswith(ROLE):
            role = _role(office, wanted.removeprefix(ROLE))
            user, via = _filler(programme_at(unit, office, now), burst, role, now), f"{ROLE}{role}"
        return unit.apply(lifecycle.add_person(burst, actor, user, via, why, now=now), now=now)


def _role(office: Office, word: str) -> str:
    programme = office.programme()
    role = programme.role_called(word)
    if role is None:
        raise Refused("role", f"There is no such role; the roles are: {', '.join(programme.roles)}.")
    return role


def _filler(programme: Programme, burst: Burst, role: str, now: datetime) -> str:
    fillers = programme.roster(burst.family, burst.sites, now).of(role)
    if not fillers:
        raise Refused("nobody", f"Nobody with a Slack user is {programme.roles[role].label} at these sites.")
    return fillers[0].user
