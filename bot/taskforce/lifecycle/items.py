"""Items that people add to a checklist while they work, and what they note about one."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce.burst import Burst, ChecklistItem
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, state_in
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import EntryKind

ITEM_LIMIT = 150
NOTE_LIMIT = 300
MOST_ITEMS = 100


def item_of(burst: Burst, number: int) -> ChecklistItem:
    """The item with this number. Raises ``Refused`` when the checklist has none."""
    for item in burst.checklist:
        if item.number == number:
            return item
    raise Refused("unknown_item", f"The checklist has no item {number}.")


def add_item(burst: Burst, actor: Actor, text: str, *, now: datetime) -> Decision:
    """Put another line on the checklist; it does not keep the burst from closing."""
    require(Right.CONTRIBUTE, actor, burst)
    state_in(burst, UNDER_WAY)
    told = " ".join(checked(text, what="The item", limit=ITEM_LIMIT).split())
    if len(burst.checklist) >= MOST_ITEMS:
        raise Refused(
            "too_many_items", f"A checklist takes {MOST_ITEMS} items; this one is full.", field="text"
        )
    item = ChecklistItem(number=len(burst.checklist) + 1, text=told, source="person")
    draft = Draft.of(burst, now)
    draft.change(checklist=(*burst.checklist, item))
    draft.log(EntryKind.ACTION, actor.user, text=told, item=item.number)
    draft.effect(EffectKind.REFRESH_CHECKLIST)
    draft.refresh_card()
    return draft.done()


def note_item(burst: Burst, actor: Actor, number: int, note: str, *, now: datetime) -> Decision:
    """Write a note to an item, in place of the one it had; the log keeps both."""
    require(Right.CONTRIBUTE, actor, burst)
    state_in(burst, UNDER_WAY)
    item = item_of(burst, number)
    told = checked(note, what="The note", field="note", limit=NOTE_LIMIT)
    draft = Draft.of(burst, now)
    noted = replace(item, note=told)
    draft.change(checklist=tuple(noted if old is item else old for old in burst.checklist))
    draft.log(EntryKind.ACTION, actor.user, text=told, noted=number)
    draft.effect(EffectKind.REFRESH_CHECKLIST)
    return draft.done()
