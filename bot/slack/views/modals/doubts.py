"""A page that is asked again because something on it may be about a patient."""

from collections.abc import Mapping, Sequence

from bot.slack.ids import Block
from bot.slack.views.modals.parts import asking, boxes, option
from bot.slack.views.parts import BlockDict, context, inline

NOT_PATIENT = "not_patient"


def doubted(blocks: Sequence[BlockDict], doubts: Mapping[str, str]) -> list[BlockDict]:
    """The blocks with what is in doubt told below each input, by its id, and the box to tick at the end."""
    if not doubts:
        return list(blocks)
    told: list[BlockDict] = []
    for block in blocks:
        told.append(block)
        words = doubts.get(str(block.get("block_id")))
        if words is not None:
            told.append(context(f":warning: {inline(words, 500)}"))
    box = boxes(Block.CONFIRM, [option((NOT_PATIENT, "This is not about a patient"))])
    return [*told, asking(Block.CONFIRM, "Please confirm", box, required=False)]
