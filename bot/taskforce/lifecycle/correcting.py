"""Corrections: the log is never rewritten, so what was wrong in it is put right by a new entry that points at the old."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce.burst import Burst, Correction, Evidence, Resolution
from bot.taskforce.decision import SYSTEM, Decision
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, state_in
from bot.taskforce.lifecycle.proof import void_sign_offs
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import EntryKind


def correct(
    burst: Burst,
    actor: Actor,
    entry: int,
    author: str,
    text: str,
    *,
    worded: Evidence | Resolution | None = None,
    now: datetime,
) -> Decision:
    """Say what entry number ``entry`` of the log, which ``author`` made, should have said.

    The old entry stays and says from then on by which one it was corrected. Words are corrected and nothing else:
    what was decided or promised stands until it is decided or promised anew. A correction is no news.

    ``worded`` is what of the burst has its words from that entry: it has the new ones from now on. Evidence that reads
    otherwise is other evidence, so that sign-offs are void, unless it was withdrawn and counts no more.
    """
    require_correcting(burst, actor, author)
    said = checked(text, what="The correction")
    draft = Draft.of(burst, now)
    number = draft.log(EntryKind.CORRECTION, actor.user, entry=entry, text=said)
    draft.change(corrections=(*burst.corrections, Correction(entry, number)))
    draft.notice(number)
    _reword(draft, worded, said)
    return draft.done()


def _reword(draft: Draft, worded: Evidence | Resolution | None, said: str) -> None:
    if isinstance(worded, Resolution):
        draft.change(resolution=replace(worded, fix=said))
        draft.refresh_card()
    if isinstance(worded, Evidence):
        pieces = draft.after.evidence
        draft.change(evidence=tuple(replace(one, text=said) if one == worded else one for one in pieces))
        if worded.withdrawn_at is None:
            void_sign_offs(draft)


def require_correcting(burst: Burst, actor: Actor, author: str) -> None:
    """Raise ``Refused`` unless the actor may correct now what ``author`` logged: their own, or as a lead anybody's."""
    require(Right.CONTRIBUTE if author == actor.user else Right.CORRECT, actor, burst)
    state_in(burst, UNDER_WAY)
    if author == SYSTEM:
        raise Refused("not_written", "Only what people wrote can be corrected; the bot wrote that entry.")
