"""The checklist as boxes to tick: Slack takes ten boxes in a group, so a long list has several groups."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Option, StaticSelectElement

from bot.slack.ids import ITEMS_PREFIX, Block, View
from bot.slack.views.modals.parts import asking, boxes, burst_modal, one_of, text_input
from bot.slack.views.modals.parts import option as choice
from bot.slack.views.parts import OPTION_LIMIT, BlockDict, ViewDict, cut, one_line, plain, section
from bot.taskforce.burst import Burst, ChecklistItem
from bot.taskforce.lifecycle.items import NOTE_LIMIT

BOXES_PER_GROUP = 10
MOST_GROUPS = 20
ITEM_LIMIT = 150
NOT_APPLICABLE = "not_applicable"


def checklist(burst: Burst) -> ViewDict:
    """The items with what is done ticked, and room for a note about one and for a new one."""
    blocks = [_group(items) for items in _groups(burst.checklist)]
    blocks = [*blocks, *_remark(burst)] if blocks else [section("The checklist is empty.")]
    blocks.append(
        asking(
            Block.TEXT,
            "Add an item",
            text_input(Block.TEXT, longest=ITEM_LIMIT),
            required=False,
        )
    )
    return burst_modal(burst, View.CHECKLIST, "Checklist", blocks, submit="Save")


def item_input(items: Sequence[ChecklistItem]) -> StaticSelectElement:
    """A choice of one of these items; Slack takes a hundred."""
    return one_of(Block.ITEM, [(str(one.number), f"{one.number}. {one.text}") for one in items])


def _remark(burst: Burst) -> list[BlockDict]:
    hint = "With a note, or where it does not apply."
    does_not = boxes(Block.APPLIES, [choice((NOT_APPLICABLE, "It does not apply; the note says why"))], [])
    return [
        asking(Block.ITEM, "About one item", item_input(burst.checklist), hint=hint, required=False),
        asking(Block.NOTE, "Note", text_input(Block.NOTE, longest=NOTE_LIMIT), required=False),
        asking(Block.APPLIES, "Does it apply?", does_not, required=False),
    ]


def _groups(items: Sequence[ChecklistItem]) -> Iterable[Sequence[ChecklistItem]]:
    for start in range(0, min(len(items), BOXES_PER_GROUP * MOST_GROUPS), BOXES_PER_GROUP):
        yield items[start : start + BOXES_PER_GROUP]


def _group(items: Sequence[ChecklistItem]) -> BlockDict:
    block = f"{ITEMS_PREFIX}{items[0].number}"
    done = [str(item.number) for item in items if item.done_at is not None]
    label = f"Items {items[0].number} to {items[-1].number}"
    return asking(block, label, boxes(block, [_box(item) for item in items], done), required=False)


def _box(item: ChecklistItem) -> Option:
    """A box whose words may run on into the smaller line below it: Slack takes 75 characters in each."""
    mark = "Before closing: " if item.blocks_closure else ""
    first, rest = _halves(f"{item.number}. {mark}{one_line(item.text)}")
    return Option(
        value=str(item.number),
        text=plain(first, OPTION_LIMIT),
        description=plain(rest, OPTION_LIMIT) if rest else None,
    )


def _halves(text: str) -> tuple[str, str]:
    if len(text) <= OPTION_LIMIT:
        return text, ""
    at = text.rfind(" ", 1, OPTION_LIMIT + 1)
    at = at if at > OPTION_LIMIT // 2 else OPTION_LIMIT
    return text[:at].rstrip(), cut(text[at:].strip(), OPTION_LIMIT)


def ticked(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> frozenset[int]:
    """The numbers of the items that a submitted checklist shows as done; what is malformed counts as not ticked."""
    found: set[int] = set()
    for block, elements in values.items():
        if block.startswith(ITEMS_PREFIX):
            for element in elements.values():
                found.update(_numbers(element.get("selected_options")))
    return frozenset(found)


def _numbers(options: object) -> Iterable[int]:
    for option in options if isinstance(options, list) else []:
        value = option.get("value") if isinstance(option, dict) else None
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < BOXES_PER_GROUP:
            yield int(value)
