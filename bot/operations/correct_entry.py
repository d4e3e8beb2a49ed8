"""An entry of the log that was wrong is corrected by another one."""

from bot.errors import Refused
from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Evidence, Resolution
from bot.taskforce.corrections import original
from bot.taskforce.terms import EntryKind
from storage import Unit
from storage.log import LogEntry


def correct_entry(office: Office, request: Request, burst_id: int, number: int, text: str) -> Burst:
    """Say what the entry should have said. Raises ``Refused``: there is none, or it is not theirs to correct."""
    with write(office, request, "correct_entry") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        author = _entry(unit, burst, number).actor
        worded = _worded(unit, burst, original(burst.corrections, number))
        decision = lifecycle.correct(burst, actor, number, author, text, worded=worded, now=now)
        return unit.apply(decision, now=now)


def entry_to_correct(office: Office, request: Request, burst_id: int, number: int) -> tuple[Burst, LogEntry]:
    """The entry, for somebody who is about to correct it. Raises ``Refused`` as ``correct_entry`` would."""
    with office.store.read() as unit:
        burst, actor = load(unit, office, request, burst_id)
        entry = _entry(unit, burst, number)
    lifecycle.require_correcting(burst, actor, entry.actor)
    return burst, entry


def _worded(unit: Unit, burst: Burst, number: int) -> Evidence | Resolution | None:
    """What of the burst has its words from entry ``number``."""
    entry = unit.log.entry(burst.id, number)
    body = (entry.body if entry is not None else None) or {}
    match entry:
        case LogEntry(kind=EntryKind.EVIDENCE) if not body.get("withdrawn"):
            return next((one for one in burst.evidence if one.number == body.get("number")), None)
        case LogEntry(kind=EntryKind.RESOLVED):
            *_, last = unit.log.entries(burst.id, kinds=[EntryKind.RESOLVED])
            return burst.resolution if last.number == number else None
    return None


def _entry(unit: Unit, burst: Burst, number: int) -> LogEntry:
    entry = unit.log.entry(burst.id, number) if number <= burst.log_count else None
    if entry is None:
        raise Refused(
            "unknown_entry",
            f"The log of {burst.key} has no entry {number}; the last one is {burst.log_count}.",
        )
    if entry.body is None:
        raise Refused("erased", f"What entry {number} said was erased, and is not said again.")
    return entry
