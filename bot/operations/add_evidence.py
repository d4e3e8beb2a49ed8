"""Proof that it is fixed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Message
from bot.taskforce.lifecycle.items import item_of


@dataclass(frozen=True, slots=True)
class Piece:
    """What somebody gives as evidence: its kind, and words, a link or files (Slack's ids) as the kind allows.

    ``message`` is where it was said; ``item`` the number of the checklist's line that it proves.
    """

    kind: str
    text: str = ""
    link: str | None = None
    files: Sequence[str] = ()
    message: Message | None = None
    item: int | None = None


def add_evidence(office: Office, request: Request, burst_id: int, piece: Piece) -> Burst:
    """Add a piece of evidence of one of the family's kinds; what it proves is ticked. Raises ``Refused`` naming the kinds."""
    with write(office, request, "add_evidence") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        added = lifecycle.add_evidence(
            burst,
            actor,
            piece.kind,
            piece.text,
            link=piece.link,
            files=piece.files,
            message=piece.message,
            now=now,
        )
        burst = unit.apply(added, now=now)
        if piece.item is not None and item_of(burst, piece.item).done_at is None:
            note = f"Evidence {burst.evidence[-1].number}"
            burst = unit.apply(
                lifecycle.tick(burst, actor, piece.item, done=True, note=note, now=now), now=now
            )
        return burst
