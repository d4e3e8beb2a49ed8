"""What somebody changed on the checklist's modal: what it shows ticked now, against what it was opened with.

Only the difference is meant: an item that somebody else did while the modal was open is not undone.
"""

from collections.abc import Mapping
from typing import Any

from bot.errors import Refused
from bot.operations.save_checklist import Remark
from bot.slack.ids import ITEMS_PREFIX, Block, parse_number
from bot.slack.requests import Submission
from bot.slack.views.modals.checklist import NOT_APPLICABLE, ticked


def ticked_anew(submission: Submission) -> dict[int, bool]:
    """The items whose box changed, and whether they are done now."""
    now = ticked(submission.values)
    before = ticked(_opened_with(submission))
    return {**dict.fromkeys(now - before, True), **dict.fromkeys(before - now, False)}


def remark_of(submission: Submission) -> Remark | None:
    """What the page says about one item; None when nothing. Raises ``Refused`` for a note about none."""
    item, note = submission.text(Block.ITEM), submission.text(Block.NOTE)
    applies = NOT_APPLICABLE not in submission.many(Block.APPLIES)
    if not item and applies and not note:
        return None
    number = parse_number(item)
    if number is None:
        raise Refused("item", "Choose the item that this is about.", field=Block.ITEM)
    return Remark(number, note, applies)


def _opened_with(submission: Submission) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """The boxes as the modal was opened, shaped like what is submitted."""
    blocks = submission.view.get("blocks")
    groups = [block for block in (blocks if isinstance(blocks, list) else []) if _is_group(block, submission)]
    return {
        group["block_id"]: {"boxes": {"selected_options": group["element"].get("initial_options")}}
        for group in groups
    }


def _is_group(block: object, submission: Submission) -> bool:
    if not isinstance(block, dict) or not isinstance(block.get("element"), dict):
        return False
    name = block.get("block_id")
    return isinstance(name, str) and name.startswith(ITEMS_PREFIX) and name in submission.values
