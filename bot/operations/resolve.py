"""Somebody says that it is fixed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.operations.office import Office, Request, load, write
from bot.taskforce import follow_ups, lifecycle
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.causes import Suggestion, suggest
from bot.taskforce.ledger import Logged
from bot.taskforce.terms import Standing
from storage import Unit
from storage.directory import Person


def resolve(office: Office, request: Request, burst_id: int, resolution: Resolution) -> Burst:
    """Resolve the burst; the evidence must be there, and follow-up actions need a time and a known person.

    Beside the causes that the person confirmed, it is kept which one the log suggested. Raises ``Refused``
    saying what is missing.
    """
    with write(office, request, "resolve") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        found = suggestion(office, burst, unit.log.entries(burst_id), now)
        said = replace(resolution, suggested=found.cause, suggested_why=found.why) if found else resolution
        find = _finder(unit) if "@" in said.follow_up else _nobody
        calendar = burst.policy.calendars["business"].calendar
        to_do = follow_ups.parse(said.follow_up, burst.owner, find, now=now, calendar=calendar)
        return unit.apply(lifecycle.resolve(burst, actor, said, to_do, now=now), now=now)


def suggestion(office: Office, burst: Burst, entries: Sequence[Logged], now: datetime) -> Suggestion | None:
    """The delay cause that the burst's clocks and whole log suggest, if the programme knows it."""
    found = suggest(burst, entries, now=now)
    return found if found and found.cause in office.programme().file.delay_causes else None


def _nobody(_name: str) -> None:
    return None


def _finder(unit: Unit) -> Callable[[str], str | None]:
    """Who is meant by a handle, or else by the one name that Slack shows; a name that two have means nobody."""
    people = [one for one in unit.directory.everybody() if one.standing is not Standing.DEACTIVATED]
    handles, names = _by(people, lambda one: one.handle), _by(people, lambda one: one.name)

    def find(name: str) -> str | None:
        meant = name.casefold()
        return handles.get(meant) or names.get(meant)

    return find


def _by(people: Iterable[Person], name: Callable[[Person], str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for one in people:
        called = name(one).casefold()
        found[called] = None if called in found else one.user
    return found
