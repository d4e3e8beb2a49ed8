"""A person's home tab."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.operations.deliveries import HomeDrawn
from bot.operations.listing import Listed, page_of
from bot.operations.open_requests import holders_of_open_requests
from bot.operations.searching import recently_archived
from bot.programme import Programme
from bot.reports.labels import Labels
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.delivery.redrawing import digest_of
from bot.slack.views.home import (
    CELL_PER_PAGE,
    MINE_PER_PAGE,
    MOST_RECENT,
    OTHERS_PER_PAGE,
    Sights,
    home,
    recent_blocks,
)
from bot.slack.views.modals.choices import site_choices
from bot.slack.views.parts import BlockDict
from bot.slack.views.waiting import Waiting, waiting_for
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind
from storage import Unit
from storage.finding import BurstFilter
from storage.homes import HomeList, Outlook

# How many bursts, the most urgent ones, are looked at for what they ask of somebody.
_LOOKED_AT = 300


def publish_home(job: Job) -> Outcome:
    """Show what waits for this person, as they chose to see it; nothing is sent when the tab shows it already."""
    user = job.word("user")
    reader = job.actor(user)
    with job.tools.store.read() as unit:
        kept = unit.homes.get(user)
        view = home(_sights(job, unit, reader, kept.outlook if kept else Outlook()), now=job.now)
    drawn = digest_of(view)
    if kept is not None and kept.drawn == drawn:
        return Stale()
    job.tools.gateway.screens.publish_home(user, view)
    return Done((HomeDrawn(user, drawn),))


def _sights(job: Job, unit: Unit, reader: Actor, outlook: Outlook) -> Sights:
    programme = job.tools.programme().with_covers(unit.covers.standing(job.now))
    site = outlook.site if outlook.site in programme.file.sites else None

    def listed(of: HomeList, per_page: int, wanted: BurstFilter) -> Listed:
        return page_of(unit, reader, wanted, page=outlook.page(of), per_page=per_page)

    mine = BurstFilter(mine=reader.user, site=site, severity=outlook.severity)
    others = replace(mine, mine=None, others=reader.user)
    return Sights(
        needed=_needed(programme, unit, reader, job.now),
        to_do=_to_do(unit, reader.user),
        mine=listed(HomeList.MINE, MINE_PER_PAGE, mine),
        others=None if outlook.mine else listed(HomeList.OTHERS, OTHERS_PER_PAGE, others),
        for_the_cell=listed(HomeList.CELL, CELL_PER_PAGE, BurstFilter(escalated=True))
        if reader.steering
        else None,
        archived=_archived(unit, programme, reader) if reader.steering else (),
        outlook=replace(outlook, site=site),
        sites=site_choices(programme.file),
    )


def _archived(unit: Unit, programme: Programme, reader: Actor) -> list[BlockDict]:
    recent = recently_archived(unit, reader, limit=MOST_RECENT)
    labels = Labels.of(programme.file, "", {})
    held = unit.legal_holds.among(one.burst_id for one in recent)
    return recent_blocks(recent, labels, programme.zone, held=held)


def _needed(programme: Programme, unit: Unit, reader: Actor, now: datetime) -> list[Waiting]:
    """What waits for the reader, what is due first at the top and what has no time to it at the end."""
    wanted = BurstFilter(asks=reader.user, reader=reader)
    asking = unit.bursts.in_order(unit.bursts.numbers(wanted)[:_LOOKED_AT])
    needed = [
        one
        for burst in filter(wanted.confirms, asking)
        for one in waiting_for(burst, reader, holders_of_open_requests(programme, burst, now), now=now)
    ]
    return sorted(needed, key=lambda one: (one.due_at is None, one.due_at or now))


def _to_do(unit: Unit, user: str) -> list[tuple[Burst, FollowUp]]:
    """The user's follow-up actions that are promised and not done, the first due first."""
    ended = unit.bursts.in_order(unit.bursts.with_follow_ups(user))
    return sorted(_promised(ended, user), key=lambda found: found[1].due_at)


def _promised(bursts: Iterable[Burst], user: str) -> Iterable[tuple[Burst, FollowUp]]:
    return ((burst, one) for burst in bursts for one in burst.follow_ups if _is_to_do(burst, one, user))


def _is_to_do(burst: Burst, one: FollowUp, user: str) -> bool:
    return one.owner == user and clocks.running(burst, ClockKind.FOLLOW_UP, one.number) is not None
