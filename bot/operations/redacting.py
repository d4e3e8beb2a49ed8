"""One entry of a log, or one message of a transcript, loses its words: what should never have been written there.

The texts of an entry go wherever they stand in the burst and its summary too; its hash stays, and the chain verifies.
"""

from datetime import datetime

from bot.errors import BotError
from bot.operations.filing import words_of
from bot.taskforce.burst import Burst
from bot.taskforce.forgetting import copies, forget_said
from bot.taskforce.permissions import Actor
from storage import Store, Unit
from storage.terms import AuditKind


def redact_entry(store: Store, burst_id: int, number: int, actor: Actor, why: str, now: datetime) -> None:
    """Erase entry ``number``. Raises ``BotError`` when there is none with words, or the burst is held."""
    with store.write() as unit:
        burst = _erasable(unit, burst_id, why)
        entry = unit.log.entry(burst_id, number)
        if entry is None or entry.number != number:
            raise BotError(
                f"The log of {burst.key} has no entry {number}; the last one is {burst.log_count}."
            )
        if entry.body is None:
            raise BotError(f"Entry {number} of {burst.key} is erased already.")
        unneeded = frozenset(unit.forgetting.weigh(burst).files)
        after = unit.apply(forget_said(burst, [entry.body]), now=now)
        unit.log.erase(burst_id, number)
        unit.archives.rewrite(burst_id, after.title, words_of(after, unit.log.entries(burst_id)))
        # Before the commit: killed between the two, it is done again.
        for digest in (copies(burst.evidence) - copies(after.evidence)) & unneeded:
            store.files.forget(digest)
        told = {"burst": burst.key, "entry": number, "why": why.strip()}
        unit.audit.append(AuditKind.REDACTED, told, actor=actor.user, at=now)
    store.scrub()


def redact_message(store: Store, burst_id: int, ts: str, actor: Actor, why: str, now: datetime) -> None:
    """Erase the message ``ts`` (Slack's) of the transcript. Raises ``BotError`` as ``redact_entry`` does."""
    with store.write() as unit:
        burst = _erasable(unit, burst_id, why)
        if not unit.transcripts.erase_message(burst_id, ts):
            raise BotError(f"The transcript of {burst.key} has no message {ts} with words.")
        told = {"burst": burst.key, "message": ts, "why": why.strip()}
        unit.audit.append(AuditKind.REDACTED, told, actor=actor.user, at=now)
    store.scrub()


def _erasable(unit: Unit, burst_id: int, why: str) -> Burst:
    burst = unit.bursts.get(burst_id)
    if burst is None:
        raise BotError(f"There is no BURST-{burst_id}.")
    if not why.strip():
        raise BotError("--why: say why it is erased, without repeating it.")
    if unit.legal_holds.get(burst_id) is not None:
        raise BotError(f"{burst.key} is held: release it first, with `burst hold release {burst.key}`.")
    return burst
