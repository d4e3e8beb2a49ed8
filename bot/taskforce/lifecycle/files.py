"""What became of a file that was given as evidence: a copy is kept, or the reason why there is none."""

from dataclasses import replace
from datetime import datetime

from bot.taskforce.burst import Burst, Evidence, EvidenceFile
from bot.taskforce.decision import SYSTEM, Decision
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.terms import EntryKind


def settle_file(burst: Burst, evidence: int, file: EvidenceFile, *, now: datetime) -> Decision | None:
    """Note what became of ``file``; None when that is known already, or the piece of evidence has no such file.

    It moves no promise and no state: it may come to light after the burst has ended, and no sign-off is void
    by it, for what was signed is the file and not our copy.
    """
    piece = next((one for one in burst.evidence if one.number == evidence), None)
    known = next((one for one in piece.files if one.id == file.id), None) if piece else None
    if piece is None or known is None or known == file:
        return None
    draft = Draft.of(burst, now)
    settled = _with(piece, file)
    draft.change(evidence=tuple(settled if one is piece else one for one in burst.evidence))
    entry = draft.log(
        EntryKind.FILE,
        SYSTEM,
        evidence=evidence,
        file=file.id,
        name=file.name,
        type=file.type,
        size=file.size,
        digest=file.digest,
        doubts=list(file.doubts),
        lost=file.lost,
    )
    if file.lost or file.doubts:
        draft.notice(entry)
    draft.refresh_card()
    return draft.done()


def _with(piece: Evidence, file: EvidenceFile) -> Evidence:
    return replace(piece, files=tuple(file if one.id == file.id else one for one in piece.files))
