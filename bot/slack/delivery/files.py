"""Keeping a copy of a file that was given as evidence, so that it outlives Slack's own retention."""

from dataclasses import replace

from bot.errors import PermanentFault
from bot.operations import keeping_files as rules
from bot.operations.deliveries import FileSettled
from bot.slack.delivery.job import Job
from bot.slack.delivery.outcome import Done, Outcome, Stale
from bot.slack.gateway import SharedFile
from bot.taskforce.burst import Evidence, EvidenceFile
from storage.kept_files import Arriving

_LOST = {
    "file_not_found": "Slack has no such file any more, or the bot may not see it",
    "file_deleted": "it was deleted in Slack",
    "sign_in_page": "Slack does not let the bot read it; the app needs the scope files:read",
    "elsewhere": "it is kept outside Slack",
    "redirected": "it is kept outside Slack",
    "http_404": "Slack has its bytes no more",
    "http_410": "Slack has its bytes no more",
}
_NOT_SHARED = "it is neither theirs nor shared where this burst lives; share it there and add it again"
_NOT_HOSTED = "Slack has no bytes of it: it is kept elsewhere, or older than the plan shows"


class _Unwanted(Exception):
    """The file is not to be kept; the message says why, in words."""


def keep_file(job: Job) -> Outcome:
    """Fetch the file and keep it, or say on the evidence why not.

    What the rules refuse is settled by that. What Slack has lost or does not give is said on the evidence too, and
    raised, so that somebody looks and can have it tried again.
    """
    piece, known = _wanted(job)
    if piece is None or known is None or known.digest:
        return Stale()
    try:
        settled = _kept(job, piece, known)
    except PermanentFault as fault:
        why = _LOST.get(fault.code, f"Slack refused: {fault.code}")
        job.keep((FileSettled(piece.number, replace(known, lost=why)),))
        raise
    return Done((FileSettled(piece.number, settled),))


def _wanted(job: Job) -> tuple[Evidence | None, EvidenceFile | None]:
    number, id_ = job.number("evidence"), job.word("file")
    piece = next((one for one in job.burst.evidence if one.number == number), None)
    return piece, next((file for file in piece.files if file.id == id_), None) if piece else None


def _kept(job: Job, piece: Evidence, known: EvidenceFile) -> EvidenceFile:
    """The file with its copy, or with the reason of the rules against one."""
    shared = job.tools.gateway.downloads.info(known.id)
    name = job.tools.programme().guard.redact(shared.name)
    named = replace(known, name=name, type=shared.type, size=shared.size, lost="")
    try:
        _may_be_taken(job, piece, shared)
        return _fetched(job, shared, named)
    except _Unwanted as unwanted:
        return replace(named, lost=str(unwanted))


def _may_be_taken(job: Job, piece: Evidence, shared: SharedFile) -> None:
    """Nobody makes the bot copy what it can see and they may not: a file is theirs, public, or shared in the burst."""
    place = job.burst.place
    here = place is not None and place.channel in shared.shared_in
    if not (shared.public or here or shared.owner == piece.added_by):
        raise _Unwanted(_NOT_SHARED)
    if not shared.hosted:
        raise _Unwanted(_NOT_HOSTED)
    _unless(rules.refused_unseen(job.tools.programme(), shared.name, shared.type, shared.size))


def _fetched(job: Job, shared: SharedFile, named: EvidenceFile) -> EvidenceFile:
    programme = job.tools.programme()
    with job.tools.store.files.arriving() as arriving:

        def take(piece: bytes) -> None:
            arriving.write(piece)
            _unless(rules.too_large(programme, arriving.size))

        job.tools.gateway.downloads.fetch(shared, take)
        _unless(rules.refused_seen(arriving.head))
        doubts = _looked_through(job, shared, arriving)
        return replace(named, size=arriving.size, doubts=doubts, digest=arriving.keep())


def _looked_through(job: Job, shared: SharedFile, arriving: Arriving) -> tuple[str, ...]:
    programme = job.tools.programme()
    if not rules.is_text(shared.type):
        return ()
    _unless(rules.refused_unseen(programme, shared.name, shared.type, arriving.size))
    judgement = rules.judged(programme, arriving.content())
    _unless(judgement.lost)
    return tuple(category.value for category in judgement.doubts)


def _unless(why_not: str) -> None:
    if why_not:
        raise _Unwanted(why_not)
