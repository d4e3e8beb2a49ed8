"""The checklist as a message: the second one of a burst's channel, in a thread of the card."""

from bot.reports.labels import Labels
from bot.slack.ids import Action
from bot.slack.views.card_buttons import burst_button
from bot.slack.views.fit import fitted
from bot.slack.views.parts import BlockDict, Rendered, actions, header, inline, person, section
from bot.slack.views.standing import checklist_count, named
from bot.taskforce.burst import Burst, ChecklistItem
from bot.taskforce.terms import ENDED

_ITEMS_PER_SECTION = 8


def checklist(burst: Burst, labels: Labels) -> Rendered:
    """Every item with whether it is done, by whom, and whether closing waits for it."""
    words = f"{named(burst)} · checklist, {checklist_count(burst)} done"
    blocks = [header(f"Checklist of {named(burst)} · {checklist_count(burst)}"), *_items(burst, labels)]
    buttons = [] if burst.state in ENDED else [burst_button(burst, Action.CHECKLIST, first=False)]
    return Rendered(text=words, blocks=[*fitted(blocks, burst, reserve=2), *actions(buttons)])


def _items(burst: Burst, labels: Labels) -> list[BlockDict]:
    lines = [_line(item, labels) for item in burst.checklist]
    if not lines:
        return [section("Nothing to do is listed yet.")]
    return [
        section("\n".join(lines[start : start + _ITEMS_PER_SECTION]))
        for start in range(0, len(lines), _ITEMS_PER_SECTION)
    ]


def _line(item: ChecklistItem, labels: Labels) -> str:
    mark = ":white_check_mark:" if item.done_at else ":white_large_square:"
    parts = [f"{mark} {item.number}. {inline(item.text, 200)}"]
    if item.done_at is None and item.assignee:
        parts.append(person(item.assignee))
    if item.done_at is None and item.blocks_closure:
        parts.append("_needed before closing_")
    if item.done_at is None and item.source == "intake":
        parts.append("_ticking it ends “Missing facts”_")
    if item.done_at is not None and item.done_by:
        how = "done by" if item.applies else "does not apply, says"
        parts.append(f"{how} {inline(labels.name(item.done_by), 60)}")
    if item.note:
        parts.append(inline(item.note, 200))
    return " · ".join(parts)
