"""What happens to channels and people in Slack, as far as bursts care."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from bot import clock
from bot.operations.office import Office
from bot.operations.successors import next_in_line
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Place
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ENDED, Standing, State
from storage import Unit
from storage.directory import Person
from storage.finding import BurstFilter

MOST_SEATS = 500


def note_joined(office: Office, key: str, channel: str, user: str) -> None:
    """Somebody came into a burst's channel: they take part, guests too, since somebody let them in."""
    if user == office.bot_user:
        return
    now = clock.now()
    with office.store.write() as unit:
        burst = unit.bursts.by_channel(channel)
        if burst is None or not unit.inbox.remember(key, "note_joined", now) or burst.state in ENDED:
            return
        if not any(one.user == user and one.left_at is None for one in burst.participants):
            actor = Actor(user, _standing(unit, user))
            unit.apply(lifecycle.join(burst, actor, now=now, present=True), now=now)


def note_left(office: Office, key: str, channel: str, user: str) -> None:
    """Somebody left a burst's channel."""
    now = clock.now()
    with office.store.write() as unit:
        burst = unit.bursts.by_channel(channel)
        if burst is None or not unit.inbox.remember(key, "note_left", now) or burst.state in ENDED:
            return
        if any(one.user == user and one.left_at is None for one in burst.participants):
            unit.apply(lifecycle.leave(burst, user, now=now), now=now)


def lose_channel(office: Office, key: str, channel: str, why: str) -> None:
    """A burst's channel was archived or deleted by hand: a live burst moves on, a closed one is archived."""
    now = clock.now()
    with office.store.write() as unit:
        burst = unit.bursts.by_channel(channel)
        if burst is None or not unit.inbox.remember(key, "lose_channel", now):
            return
        if burst.state is State.CLOSED:
            unit.apply(lifecycle.mark_archived(burst, now=now, gone=True), now=now)
        elif burst.state not in ENDED:
            unit.apply(lifecycle.lose_place(burst, why, now=now), now=now)


def change_channel_id(office: Office, key: str, old: str, new: str) -> None:
    """Slack gave a channel another id, as it does when it is shared with another organisation."""
    now = clock.now()
    with office.store.write() as unit:
        burst = unit.bursts.by_channel(old)
        if burst is None or burst.place is None or not unit.inbox.remember(key, "change_channel_id", now):
            return
        place = Place(new, burst.place.thread_ts, burst.place.ours)
        unit.apply(lifecycle.move_to(burst, place, "Slack changed the channel's id", now=now), now=now)


def person_changed(office: Office, key: str, person: Person) -> None:
    """Keep what Slack says of a person; one who was deactivated vacates their seats."""
    now = clock.now()
    with office.store.write() as unit:
        if not unit.inbox.remember(key, "person_changed", now):
            return
        unit.directory.put(person)
        if person.standing is Standing.DEACTIVATED:
            for burst in _seated(unit, person.user):
                _vacate(unit, office, burst, person.user, now)
    office.relearn()


def group_is(office: Office, key: str, group: str, users: Sequence[str]) -> None:
    """A user group has exactly these users now; groups that the programme does not name are not kept."""
    with _group_event(office, key, group) as unit:
        if unit is not None:
            unit.groups.put(group, users)


def group_changed(office: Office, key: str, group: str, came: Sequence[str], went: Sequence[str]) -> None:
    """Some users came into a user group and some left it."""
    with _group_event(office, key, group) as unit:
        if unit is not None:
            stayed = [user for user in unit.groups.get(group) if user not in went]
            unit.groups.put(group, (*stayed, *came))


@contextmanager
def _group_event(office: Office, key: str, group: str) -> Iterator[Unit | None]:
    """The transaction of an event about a group that the programme names, None when it is no news."""
    if group not in office.programme().user_groups:
        yield None
        return
    with office.store.write() as unit:
        yield unit if unit.inbox.remember(key, "user_group", clock.now()) else None
    office.relearn()


def _seated(unit: Unit, user: str) -> tuple[Burst, ...]:
    found = unit.bursts.find(BurstFilter(mine=user), readable=lambda _burst: True, limit=MOST_SEATS)
    return tuple(one for one in found if user in {one.owner, one.clinical_lead, one.technical_lead})


def _vacate(unit: Unit, office: Office, burst: Burst, user: str, now: datetime) -> None:
    successor = next_in_line(unit, office, burst, now, but=user) if burst.owner == user else None
    decision = lifecycle.vacate(burst, user, "deactivated in Slack", successor, now=now)
    unit.apply(decision, now=now)


def _standing(unit: Unit, user: str) -> Standing:
    person = unit.directory.get(user)
    return Standing.MEMBER if person is None else person.standing
