"""Making the history of a workspace, in its database and in its Slack, before the bot serves it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from typing import TypeAlias

import storage
from bot import clock, config
from bot.demo.blockers import blockers
from bot.demo.history.course import Course
from bot.demo.history.desk import Act, Desk
from bot.demo.history.living import live
from bot.demo.history.past import PAST
from bot.demo.history.post import deliver_everything, hurried
from bot.demo.history.present import PRESENT, open_blockers
from bot.demo.policy_time import MORNING, PolicyTime
from bot.demo.processes import Backstage
from bot.errors import BotError
from bot.operations.office import Office
from bot.programme import load
from bot.slack.directory import refresh
from bot.slack.gateway import Gateway
from storage.terms import IntentState

Keys: TypeAlias = Mapping[str, str]

# Before anything happened: the policy time with which a workspace begins whose history is to be made.
BEGINNING = min(course.raised_at for course in PAST) - timedelta(days=1)


class Undelivered(BotError):
    """Something of the history did not reach the workspace: nobody would find it there."""


def make_history(backstage: Backstage, told: Callable[[Course], None] = lambda _course: None) -> Keys:
    """Live through ``PAST`` and ``PRESENT``, from ``BEGINNING`` until ``MORNING``; the bursts' keys by blocker.

    ``told`` hears of each course when it begins. Afterwards the bot can be started. The workspace has no rate
    limits meanwhile, and has them afterwards. Raises ``Undelivered`` when something of it could not be told.
    """
    backstage.slack.limit_rates(None)
    with _at_policy_time(backstage.time), _office(backstage) as (office, gateway):
        people = {person.name: person.id for person in backstage.slack.people()}
        desk = Desk(office, people, {**blockers(), **open_blockers()})
        courses = (*PAST, *PRESENT)
        acts = [act for course in courses for act in desk.acts(course)]
        acts += [Act(course.raised_at, partial(told, course)) for course in courses]
        live(office, backstage.time, acts, MORNING, partial(deliver_everything, office, gateway))
        _require_delivered(office)
        keys = {course.blocker: desk.burst(course.blocker).key for course in courses}
    backstage.slack.limit_rates(1.0)
    return keys


@contextmanager
def _at_policy_time(time: PolicyTime) -> Iterator[None]:
    """While this lasts, this process has the policy time of the workspace."""
    clock.use_shift_file(time.file)
    try:
        yield
    finally:
        clock.use_shift_file(None)


@contextmanager
def _office(backstage: Backstage) -> Iterator[tuple[Office, Gateway]]:
    """The bot's office on its new database, with everybody known, and its way to Slack."""
    settings = config.read(backstage.settings())
    storage.upgrade(settings.database_url, settings.data_dir)
    gateway = hurried(settings)
    programme = load(backstage.programme)
    with closing(storage.Store.open(settings.database_url, data_dir=settings.data_dir)) as store:
        identity = gateway.people.identity()
        office = Office(store, lambda: programme, identity.team, identity.user)
        refresh(gateway, office)
        yield office, gateway


def _require_delivered(office: Office) -> None:
    with office.store.read() as unit:
        parked = unit.outbox.listed([IntentState.PARKED])
    if parked:
        told = "; ".join(f"{row.kind} of BURST-{row.burst_id}: {row.parked_reason}" for row in parked)
        raise Undelivered(f"What Slack did not take: {told}")
