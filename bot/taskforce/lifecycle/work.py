"""The work itself: updates and the checklist."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.taskforce import clocks, targets
from bot.taskforce.burst import Burst, ChecklistItem
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import activity, enquiries, privacy
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY, already, state_in
from bot.taskforce.lifecycle.items import NOTE_LIMIT, item_of
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.terms import LIVE, ClockKind, EntryKind, State

WORKAROUNDS = ("none", "partial", "full")


def post_update(
    burst: Burst, actor: Actor, text: str, *, workaround: str | None = None, now: datetime
) -> Decision:
    """Post what is known and what comes next; anything substantive restarts the update clock.

    A nod or a repeat is shown and logged too, and may be all that was asked, but keeps no promise. ``workaround`` says whether one
    stands now: ``none``, ``partial``, ``full``, or None for no change.
    """
    require(Right.CONTRIBUTE, actor, burst)
    state_in(burst, UNDER_WAY)
    told = checked(text, what="The update")
    if workaround is not None and workaround not in WORKAROUNDS:
        raise Refused("workaround", "A workaround is none, partial or full.", field="workaround")
    draft = Draft.of(burst, now)
    substantive = activity.is_news(burst, told)
    if workaround is not None and workaround != burst.workaround:
        draft.change(workaround=workaround)
        draft.after = (
            targets.aim_for_workaround(draft.after, now) if draft.after.state in LIVE else draft.after
        )
        draft.refresh_card()
    entry = draft.log(
        EntryKind.UPDATE,
        actor.user,
        text=told,
        substantive=substantive,
        workaround=draft.after.workaround,
    )
    draft.notice(entry)
    if substantive:
        activity.told(draft, actor.user, told)
    else:
        enquiries.answer(draft, actor.user)
    return draft.done()


def tick(
    burst: Burst,
    actor: Actor,
    item_number: int,
    *,
    done: bool,
    note: str = "",
    applies: bool = True,
    now: datetime,
) -> Decision:
    """Set an item of the checklist done, or open again; ``note`` says how, or why it does not apply.

    Without a note, the one that was there stays. A tick is work, but no news: it keeps no promise of an update.
    """
    require(Right.CONTRIBUTE, actor, burst)
    state_in(burst, UNDER_WAY)
    item = item_of(burst, item_number)
    if not applies:
        _may_not_apply(item, note)
    if done == (item.done_at is not None):
        already(f"Item {item_number} is {'done' if done else 'open'} already.")
    said = checked(note, what="The note", field="note", limit=NOTE_LIMIT) if note.strip() else item.note
    changed = replace(
        item,
        done_at=now if done else None,
        done_by=actor.user if done else None,
        note=said,
        applies=applies or not done,
    )
    draft = Draft.of(burst, now)
    draft.change(checklist=tuple(changed if old.number == item_number else old for old in burst.checklist))
    draft.log(
        EntryKind.CHECKLIST, actor.user, item=item_number, done=done, note=said, applies=changed.applies
    )
    if done:
        activity.worked(draft, actor.user)
    if item.source == "intake":
        _intake(draft, done=done)
    elif privacy.is_task(item):
        _privacy(draft, item, done=done)
    draft.effect(EffectKind.REFRESH_CHECKLIST)
    draft.refresh_card()
    return draft.done()


def _may_not_apply(item: ChecklistItem, why: str) -> None:
    if item.source == "intake" or privacy.is_task(item):
        raise Refused(
            "applies",
            f"Item {item.number} has to be done; nobody can say that it does not apply.",
            field="item",
        )
    if not why.strip():
        raise Refused("note", "Say why it does not apply: those who sign off read it.", field="note")


def _intake(draft: Draft, *, done: bool) -> None:
    current = clocks.running(draft.after, ClockKind.INTAKE)
    if done and current is not None:
        draft.after = clocks.meet(draft.after, current, draft.now)
    elif not done and draft.after.state is not State.RESOLVED:
        promise = clocks.promise_for(draft.after.policy, ClockKind.INTAKE)
        draft.after, _ = clocks.arm(draft.after, ClockKind.INTAKE, promise, now=draft.now)


def _privacy(draft: Draft, item: ChecklistItem, *, done: bool) -> None:
    current = clocks.running(draft.after, ClockKind.PRIVACY, item.number)
    if done and current is not None:
        draft.after = clocks.meet(draft.after, current, draft.now)
    elif not done:
        privacy.arm(draft, item)
