"""What was closed is not fixed after all: the same channel while it is there, later a new burst, both linked."""

from datetime import datetime

from bot.operations.office import Office, Request, load, programme_at, write
from bot.operations.open_burst import Intake, open_in
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.gates import already
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import EntryKind, State
from storage import Unit


def reopen(office: Office, request: Request, burst_id: int, why: str) -> Burst:
    """Reopen the burst; returns it, or the new one that goes on where it ended.

    Raises ``Refused``, naming the new one when there is one already.
    """
    with write(office, request, "reopen") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        if burst.state is State.ARCHIVED:
            return _go_on_anew(unit, office, burst, actor, why, now)
        reopened = unit.apply(lifecycle.reopen(burst, actor, why, now=now), now=now)
        unit.archives.withdraw(burst.id)
        return reopened


def _go_on_anew(unit: Unit, office: Office, burst: Burst, actor: Actor, why: str, now: datetime) -> Burst:
    """A bot cannot unarchive a channel, so the work goes on in a new burst."""
    require(Right.REOPEN, actor, burst)
    _require_not_gone_on(unit, burst)
    intake = Intake(
        family=burst.family,
        title=burst.title,
        sites=burst.sites,
        impact=burst.impact,
        urgency=burst.urgency,
        stage=burst.stage,
        workflow_impact=burst.workflow_impact,
        workaround=burst.workaround,
        answers=dict(burst.answers),
        missing_allowed=True,
        drill=burst.drill,
    )
    successor = open_in(
        unit, programme_at(unit, office, now), actor.user, intake, now, reopened_from=burst.id
    )
    noted = lifecycle.note_reopened(burst, actor, why, successor.id, now=now)
    unit.apply(noted, now=now)
    return successor


def _require_not_gone_on(unit: Unit, burst: Burst) -> None:
    for entry in unit.log.entries(burst.id):
        if entry.kind is EntryKind.REOPENED and entry.body is not None and "successor" in entry.body:
            already(f"{burst.key} is open again already: it goes on as BURST-{entry.body['successor']}.")
