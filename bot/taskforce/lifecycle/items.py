"""Items that people add to a checklist while they work."""

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
MOST_ITEMS = 100


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
