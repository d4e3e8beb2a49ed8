"""A message in a burst's channel: kept for its transcript, and inspected for patient data on the way."""

from collections.abc import Sequence

from bot import clock
from bot.operations import transcribing
from bot.operations.guarding import is_refused
from bot.operations.office import Office, programme_at
from bot.operations.transcribing import Keeping
from bot.privacy import Inspection
from bot.programme.people import PRIVACY_ROLE
from bot.taskforce import lifecycle
from bot.taskforce.lifecycle import Exposure
from bot.taskforce.transcript import Message
from storage import Unit


def note_message(office: Office, key: str, message: Message, added: Sequence[str], *, person: str) -> None:
    """Keep what an event tells of a message, and see whether what was ``added`` to it is about a patient.

    ``person`` wrote it; empty when nobody did. A message where no burst lives is nobody's business, and costs
    no write. What the guard finds is kept nowhere; its author and the privacy role are told.
    """
    with office.store.read() as unit:
        if _home(unit, message) is None:
            return
    programme, now = office.programme(), clock.now()
    keeping = Keeping.by(programme)
    kept = keeping.redacted(message)
    inspection = Inspection.of(found for text in added for found in programme.guard.inspect(text).findings)
    with office.store.write() as unit:
        burst_id = _home(unit, message)
        if burst_id is None or not unit.inbox.remember(key, "note_message", now):
            return
        transcribing.hear(unit, burst_id, [kept], keep_deleted=keeping.deleted_words)
        burst = unit.bursts.get(burst_id) if inspection.categories else None
        if burst is None:
            return
        found = Exposure(
            channel=message.channel,
            ts=message.ts,
            thread=message.thread,
            author=person,
            categories=inspection.categories,
            certain=is_refused(programme, inspection),
            officers=programme_at(unit, office, now).people_for(PRIVACY_ROLE, burst.sites, now),
        )
        unit.apply(lifecycle.note_exposed(burst, found, now=now), now=now)
    office.noticed("posted", inspection.categories)


def _home(unit: Unit, message: Message) -> int | None:
    return unit.bursts.at_home_in(message.channel, message.thread or message.ts)
