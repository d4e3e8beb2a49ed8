"""A person's home tab."""

from collections.abc import Iterable
from datetime import datetime

from bot.operations.open_requests import holders_of_open_requests
from bot.operations.searching import recently_archived
from bot.programme import Programme
from bot.reports.labels import Labels
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome
from bot.slack.views.archive_results import Found
from bot.slack.views.home import MOST_RECENT, Sights, home, recent_blocks
from bot.slack.views.parts import BlockDict
from bot.slack.views.waiting import Waiting, waiting_for, waits_for_the_cell
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.permissions import Actor, Right, allows, members
from bot.taskforce.terms import ClockKind
from storage import Unit
from storage.bursts import BurstFilter

# How many open bursts are looked through for what waits for somebody: more than a programme ever has at once.
_LOOKED_THROUGH = 1000


def publish_home(job: Job) -> Outcome:
    """Show what waits for this person; of other people's bursts only those that this person may read."""
    user = job.word("user")
    reader = job.actor(user)
    with job.tools.store.read() as unit:
        sights = _sights(job, unit, reader)
    job.tools.gateway.screens.publish_home(user, home(sights, now=job.now))
    return Done()


def _sights(job: Job, unit: Unit, reader: Actor) -> Sights:
    def readable(burst: Burst) -> bool:
        return allows(Right.READ, reader, burst)

    seen = unit.bursts.find(BurstFilter(), readable=readable, limit=_LOOKED_THROUGH).bursts
    programme = job.tools.programme().with_covers(unit.covers.standing(job.now))
    return Sights(
        needed=_needed(programme, seen, reader, job.now),
        to_do=_to_do(unit, reader.user),
        mine=[burst for burst in seen if reader.user in members(burst)],
        others=[burst for burst in seen if reader.user not in members(burst)],
        for_the_cell=[burst for burst in seen if waits_for_the_cell(burst)] if reader.steering else None,
        archived=_archived(unit, programme, reader) if reader.steering else (),
    )


def _archived(unit: Unit, programme: Programme, reader: Actor) -> list[BlockDict]:
    recent = recently_archived(unit, reader, limit=MOST_RECENT)
    labels = Labels.of(programme.file, "", {})
    return recent_blocks([Found.of(one) for one in recent], labels, programme.zone)


def _needed(programme: Programme, seen: Iterable[Burst], reader: Actor, now: datetime) -> list[Waiting]:
    """What waits for the reader, what is due first at the top and what has no time to it at the end."""
    needed = [
        one
        for burst in seen
        for one in waiting_for(burst, reader, holders_of_open_requests(programme, burst, now), now=now)
    ]
    return sorted(needed, key=lambda one: (one.due_at is None, one.due_at or now))


def _to_do(unit: Unit, user: str) -> list[tuple[Burst, FollowUp]]:
    """The user's follow-up actions that are promised and not done, the first due first."""
    ended = unit.bursts.get_many(unit.bursts.with_follow_ups()).values()
    to_do = [(burst, one) for burst in ended for one in burst.follow_ups if _is_to_do(burst, one, user)]
    return sorted(to_do, key=lambda found: found[1].due_at)


def _is_to_do(burst: Burst, one: FollowUp, user: str) -> bool:
    return one.owner == user and clocks.running(burst, ClockKind.FOLLOW_UP, one.number) is not None
