"""Evidence: added, withdrawn, and what a change of it does to sign-offs that were given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import closure
from bot.taskforce.burst import Burst, Evidence, EvidenceFile
from bot.taskforce.decision import SYSTEM, Decision
from bot.taskforce.effects import Effect, EffectKind, file_lane
from bot.taskforce.lifecycle import activity
from bot.taskforce.lifecycle.asking import ask_signers
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, already, state_in
from bot.taskforce.lifecycle.messages import Message
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import EntryKind

LINK_LIMIT = 2000
FILES_LIMIT = 5  # for one piece


def add_evidence(
    burst: Burst,
    actor: Actor,
    kind: str,
    text: str,
    *,
    link: str | None = None,
    files: Sequence[str] = (),
    message: Message | None = None,
    now: datetime,
) -> Decision:
    """Add a piece of evidence of one of the family's kinds, given as that kind allows.

    A file may be given as itself (``files``: Slack's ids, of which a copy is fetched), by its link, or in
    words that say where it is. It is news, unless it
    says nothing, was there before, or a bot wrote the ``message`` that it is taken from, whose
    address the log keeps.

    After the burst is resolved it voids sign-offs: whoever gave one is asked again.
    """
    require(Right.CONTRIBUTE, actor, burst)
    state_in(burst, UNDER_WAY)
    accepted = _accepted_type(burst, kind)
    told = checked(text, what="The evidence") if text.strip() else ""
    given = tuple(EvidenceFile(file) for file in dict.fromkeys(files))
    _check_form(accepted, told, link, given)
    number = len(burst.evidence) + 1
    piece = Evidence(number, kind, told, actor.user, now, link=link, files=given)
    by_bot = message is not None and message.by_bot
    shown = _shows_something_new(burst, piece)
    draft = Draft.of(burst, now)
    draft.change(evidence=(*burst.evidence, piece))
    entry = draft.log(
        EntryKind.EVIDENCE,
        actor.user,
        number=number,
        kind=kind,
        text=told,
        link=link,
        files=[file.id for file in given],
        substantive=not by_bot and (shown or activity.is_news(burst, told)),
        **(message.kept if message is not None else {}),
    )
    draft.notice(entry)
    for file in given:
        fetch: dict[str, str | int] = {"evidence": number, "file": file.id}
        draft.effects.append(Effect(EffectKind.KEEP_FILE, file_lane(burst.id), fetch))
    if by_bot:
        activity.worked(draft, actor.user)
    else:
        activity.told(draft, actor.user, told, shown=shown)
    void_sign_offs(draft)
    return draft.done()


def withdraw_evidence(burst: Burst, actor: Actor, number: int, why: str, *, now: datetime) -> Decision:
    """A piece of evidence does not count any more, for a reason. It stays in the log."""
    require(Right.CONTRIBUTE, actor, burst)
    state_in(burst, UNDER_WAY)
    piece = next((piece for piece in burst.evidence if piece.number == number), None)
    if piece is None:
        raise Refused("unknown_evidence", f"{burst.key} has no evidence {number}.")
    if piece.withdrawn_at is not None:
        already(f"Evidence {number} is withdrawn already.")
    reason = checked(why, what="The reason")
    withdrawn = replace(piece, withdrawn_at=now)
    draft = Draft.of(burst, now)
    draft.change(evidence=tuple(withdrawn if old.number == number else old for old in burst.evidence))
    entry = draft.log(
        EntryKind.EVIDENCE, actor.user, number=number, kind=piece.kind, withdrawn=True, text=reason
    )
    draft.notice(entry)
    void_sign_offs(draft)
    return draft.done()


def void_sign_offs(draft: Draft) -> None:
    """What was signed is not what is there now: sign-offs in force are void and asked for again.

    Whoever has not signed yet was asked already, and that stands.
    """
    given = closure.valid_sign_offs(draft.after)
    asked = closure.awaited_signers(draft.after)
    if not given:
        return
    draft.change(
        sign_offs=tuple(
            replace(sign_off, voided_at=draft.now) if sign_off in given else sign_off
            for sign_off in draft.after.sign_offs
        )
    )
    for sign_off in given:
        draft.log(EntryKind.SIGN_OFF_VOIDED, SYSTEM, seat=sign_off.seat.value, user=sign_off.user)
    ask_signers(draft, asked)
    draft.refresh_card()


def _shows_something_new(burst: Burst, piece: Evidence) -> bool:
    """Whether a link or a file is given that was not given before."""
    known = {shown for old in burst.evidence for shown in _shown(old)}
    return not _shown(piece) <= known


def _shown(piece: Evidence) -> frozenset[str]:
    return frozenset({file.id for file in piece.files} | ({piece.link} if piece.link else set()))


def _accepted_type(burst: Burst, kind: str) -> str:
    for known, _label, accepted in burst.evidence_kinds:
        if known == kind:
            return accepted
    kinds = ", ".join(f"`{known}`" for known, _label, _type in burst.evidence_kinds)
    raise Refused("evidence_kind", f"This kind of blocker takes as evidence: {kinds}.", field="kind")


def _check_form(accepted: str, text: str, link: str | None, files: Sequence[EvidenceFile]) -> None:
    if len(files) > FILES_LIMIT:
        raise Refused("files", f"At most {FILES_LIMIT} files make one piece of evidence.", field="file")
    if link is not None and not _is_link(link):
        raise Refused(
            "link",
            "A link starts with https:// and has no spaces. Give it so, or leave it out and use words.",
            field="link",
        )
    wanted = {
        "text": (bool(text), "This kind of evidence is given as text."),
        "link": (link is not None, "This kind of evidence is given as a link (https://…)."),
        "file": (
            bool(text or link or files),
            "Give the file itself, its link (https://…), or say where it is.",
        ),
    }
    given, words = wanted.get(
        accepted, (bool(text or link or files), "Give the evidence as text, a link or a file.")
    )
    if not given:
        raise Refused("evidence_form", words, field="text")


def _is_link(link: str) -> bool:
    rest = link.removeprefix("https://")
    return rest != link and bool(rest) and len(link) <= LINK_LIMIT and not any(map(str.isspace, link))
