"""One entry of a log, or one message of a transcript, loses its words: what should never have been written there.

The texts of an entry go wherever they stand in the burst and its summary too; its hash stays, and the chain verifies.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import BotError
from bot.operations.filing import words_of
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.forgetting import copies, count_erased, forget_said
from bot.taskforce.permissions import Actor
from bot.taskforce.transcript import Message
from storage import Store, Unit
from storage.log import LogEntry
from storage.terms import AuditKind


@dataclass(frozen=True, slots=True)
class Redaction:
    """What goes with the words of an entry: ``texts`` of the burst, and kept copies of ``files``, by their digests."""

    entry: LogEntry
    decision: Decision
    texts: int
    files: frozenset[str]


def redaction(unit: Unit, burst_id: int, number: int, why: str) -> Redaction:
    """What erasing entry ``number`` would do. Raises ``BotError`` when there is none with words, or the burst is held."""
    burst = _erasable(unit, burst_id, why)
    entry = unit.log.entry(burst_id, number)
    if entry is None or entry.number != number:
        raise BotError(f"The log of {burst.key} has no entry {number}; the last one is {burst.log_count}.")
    if entry.body is None:
        raise BotError(f"Entry {number} of {burst.key} is erased already.")
    decision = forget_said(burst, [entry.body])
    gone = copies(burst.evidence) - copies(decision.after.evidence)
    texts = count_erased(decision.after) - count_erased(burst)
    return Redaction(entry, decision, texts, gone & frozenset(unit.forgetting.weigh(burst).files))


def redact_entry(
    store: Store, burst_id: int, number: int, actor: Actor, why: str, now: datetime
) -> Redaction:
    """Erase entry ``number``; what Slack still shows of the burst is drawn again. Raises ``BotError`` as ``redaction``."""
    with store.write() as unit:
        found = redaction(unit, burst_id, number, why)
        after = unit.apply(found.decision, now=now)
        unit.log.erase(burst_id, number)
        unit.archives.rewrite(burst_id, after.title, words_of(after, unit.log.entries(burst_id)))
        # Before the commit: killed between the two, it is done again.
        for digest in found.files:
            store.files.forget(digest)
        told = {"burst": after.key, "entry": number, "why": why.strip()}
        unit.audit.append(AuditKind.REDACTED, told, actor=actor.user, at=now)
    store.scrub()
    return found


def message_with_words(unit: Unit, burst_id: int, ts: str, why: str) -> Message:
    """The message ``ts`` (Slack's) of the transcript. Raises ``BotError`` as ``redaction`` does."""
    burst = _erasable(unit, burst_id, why)
    found = unit.transcripts.named(burst_id, [ts]).get(ts)
    if found is None or not found.worded:
        raise BotError(f"The transcript of {burst.key} has no message {ts} with words.")
    return found


def redact_message(store: Store, burst_id: int, ts: str, actor: Actor, why: str, now: datetime) -> Message:
    """Erase the message ``ts`` of the transcript; returns what it was. Raises ``BotError`` as ``redaction`` does."""
    with store.write() as unit:
        found = message_with_words(unit, burst_id, ts, why)
        unit.transcripts.erase_message(burst_id, ts)
        told = {"burst": f"BURST-{burst_id}", "message": ts, "why": why.strip()}
        unit.audit.append(AuditKind.REDACTED, told, actor=actor.user, at=now)
    store.scrub()
    return found


def _erasable(unit: Unit, burst_id: int, why: str) -> Burst:
    burst = unit.bursts.get(burst_id)
    if burst is None:
        raise BotError(f"There is no BURST-{burst_id}.")
    if not why.strip():
        raise BotError("--why: say why it is erased, without repeating it.")
    if unit.legal_holds.get(burst_id) is not None:
        raise BotError(f"{burst.key} is held: release it first, with `burst hold release {burst.key}`.")
    return burst
