"""Somebody says that it is fixed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.causes import Suggestion, suggest
from bot.taskforce.ledger import Logged


def resolve(office: Office, request: Request, burst_id: int, resolution: Resolution) -> Burst:
    """Resolve the burst; the evidence must be there. Raises ``Refused`` saying what is missing.

    Beside the causes that the person confirmed, it is kept which one the log suggested.
    """
    with write(office, request, "resolve") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        found = suggestion(office, burst, unit.log.entries(burst_id), now)
        said = replace(resolution, suggested=found.cause, suggested_why=found.why) if found else resolution
        return unit.apply(lifecycle.resolve(burst, actor, said, now=now), now=now)


def suggestion(office: Office, burst: Burst, entries: Sequence[Logged], now: datetime) -> Suggestion | None:
    """The delay cause that the burst's clocks and whole log suggest, if the programme knows it."""
    found = suggest(burst, entries, now=now)
    return found if found and found.cause in office.programme().file.delay_causes else None
