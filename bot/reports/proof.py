"""The evidence of a burst as its summary tells it: who gave it, who verified it, and what became of its files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.reports.entries import LoggedEntry, body_of
from bot.reports.labels import Labels
from bot.reports.words import SEAT
from bot.taskforce.burst import Burst, Evidence
from bot.taskforce.closure import valid_sign_offs
from bot.taskforce.corrections import latest
from bot.taskforce.terms import EntryKind


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was given as evidence: the SHA-256 of the copy that is kept, or why there is none, or neither yet."""

    name: str
    digest: str
    lost: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who accepted the evidence, for which seat."""

    seat: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence that counts.

    ``verified`` are the sign-offs in force that were given when it was there. ``corrected_by`` is the entry of the
    log that corrected its text last; None when none did.
    """

    kind: str
    text: str
    link: str
    by: str
    at: datetime
    files: tuple[Attached, ...] = ()
    verified: tuple[Signature, ...] = ()
    corrected_by: int | None = None


def proofs(burst: Burst, entries: Sequence[LoggedEntry], labels: Labels) -> tuple[Proof, ...]:
    """Every piece of evidence that counts, in the order in which they came."""
    corrected, signed = _corrected(burst, entries), signatures(burst, labels)
    kinds = {kind: label for kind, label, _ in burst.evidence_kinds}
    return tuple(
        Proof(
            kinds.get(piece.kind, piece.kind),
            piece.text,
            piece.link or "",
            labels.name(piece.added_by),
            piece.added_at,
            tuple(_files(piece)),
            tuple(one for one in signed if one.at >= piece.added_at),
            corrected.get(piece.number),
        )
        for piece in burst.evidence
        if piece.withdrawn_at is None
    )


def signatures(burst: Burst, labels: Labels) -> tuple[Signature, ...]:
    """The sign-offs in force."""
    return tuple(
        Signature(SEAT[one.seat], labels.name(one.user), one.signed_at) for one in valid_sign_offs(burst)
    )


def _files(piece: Evidence) -> Iterator[Attached]:
    for one in piece.files:
        yield Attached(one.name or one.id, one.digest, one.lost)


def _corrected(burst: Burst, entries: Sequence[LoggedEntry]) -> Mapping[int | None, int]:
    """For each piece whose text was corrected, by its number, the entry that did so."""
    by = latest(burst.corrections)
    told = (entry for entry in entries if entry.kind is EntryKind.EVIDENCE and entry.number in by)
    given = (entry for entry in told if not body_of(entry).is_set("withdrawn"))
    return {body_of(entry).number("number"): by[entry.number] for entry in given}
