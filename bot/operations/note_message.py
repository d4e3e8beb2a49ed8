"""A message in a burst's channel that holds something about a patient: its author and the privacy role are told."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot import clock
from bot.operations.guarding import is_refused
from bot.operations.office import Office, programme_at
from bot.privacy import Inspection
from bot.programme.people import PRIVACY_ROLE
from bot.taskforce import lifecycle
from bot.taskforce.lifecycle import Exposure


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands; ``thread`` is empty for one that is no reply, ``author`` for one of no person."""

    channel: str
    ts: str
    thread: str
    author: str


def note_message(office: Office, key: str, place: Place, texts: Iterable[str]) -> None:
    """Inspect a message, its attachments and the names of its files; nothing of them is kept.

    A message that is clean, or in no burst's channel, is nobody's business, and costs no write.
    """
    programme, now = office.programme(), clock.now()
    inspection = Inspection.of(found for text in texts for found in programme.guard.inspect(text).findings)
    if not inspection.categories:
        return
    with office.store.write() as unit:
        burst = unit.bursts.by_channel(place.channel, place.thread or None) or unit.bursts.by_channel(
            place.channel
        )
        if burst is None or not unit.inbox.remember(key, "note_message", now):
            return
        found = Exposure(
            channel=place.channel,
            ts=place.ts,
            thread=place.thread,
            author=place.author,
            categories=inspection.categories,
            certain=is_refused(programme, inspection),
            officers=programme_at(unit, office, now).people_for(PRIVACY_ROLE, burst.sites, now),
        )
        unit.apply(lifecycle.note_exposed(burst, found, now=now), now=now)
    office.noticed("posted", inspection.categories)
