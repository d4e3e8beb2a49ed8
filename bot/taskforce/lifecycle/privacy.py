"""Patient data that reached the channel: a task for whoever answers for privacy, with a clock of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.taskforce import clocks
from bot.taskforce.burst import Burst, ChecklistItem
from bot.taskforce.decision import SYSTEM, Decision
from bot.taskforce.effects import Effect, EffectKind, person_lane
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import UNDER_WAY
from bot.taskforce.lifecycle.items import MOST_ITEMS
from bot.taskforce.lifecycle.ownership import joined_by
from bot.taskforce.terms import ClockKind, EntryKind, Rank

# From awareness to the notice to the authority, by the wall (GDPR, Art. 33 (1)).
PROMISE = "72h"
PROMISED_FOR = timedelta(hours=72)
TASK = "A message may identify a patient: see that it is deleted, and decide whether it must be reported"
ASK = "privacy"
_SOURCE = "privacy:"


@dataclass(frozen=True, slots=True)
class Exposure:
    """A message in which the guard found something: where it stands, who wrote it, of what kind; no word of it.

    ``certain`` says that it identifies a patient, and not only that it may. ``officers`` answer for
    privacy at the burst's sites, first in line first. ``author`` is empty when no person wrote it.
    """

    channel: str
    ts: str
    thread: str
    author: str
    categories: Sequence[str]
    certain: bool
    officers: tuple[str, ...] = ()


def note_exposed(burst: Burst, found: Exposure, *, now: datetime) -> Decision:
    """The author is told how to delete the message; what is certain becomes a task that keeps the burst open.

    After the burst has ended nothing can keep it open, and the log says what was found.
    """
    draft = Draft.of(burst, now)
    wanted = found.certain and burst.state in UNDER_WAY and not _is_asked(burst, found.ts)
    if wanted and len(burst.checklist) < MOST_ITEMS:
        _ask(draft, found)
    if found.author:
        _tell_author(draft, found)
    draft.log(
        EntryKind.PRIVACY, SYSTEM, found=list(found.categories), certain=found.certain, author=found.author
    )
    return draft.done()


def note_confirmed(burst: Burst, user: str, categories: Sequence[str], *, now: datetime) -> Decision:
    """Somebody said that what the guard doubted is not about a patient: that it was said, not of what."""
    draft = Draft.of(burst, now)
    draft.log(EntryKind.PRIVACY, user, confirmed=list(categories))
    return draft.done()


def is_task(item: ChecklistItem) -> bool:
    """Whether the item has a ``privacy`` clock; the clock's subject is the item's number."""
    return item.source.startswith(_SOURCE)


def message_of(item: ChecklistItem) -> str:
    """Slack's ``ts`` of the message that a task is about."""
    return item.source.removeprefix(_SOURCE)


def arm(draft: Draft, item: ChecklistItem) -> int:
    """Let the task's clock run from now; returns its number."""
    draft.after, clock = clocks.arm(
        draft.after,
        ClockKind.PRIVACY,
        PROMISE,
        now=draft.now,
        due_at=draft.now + PROMISED_FOR,
        subject=item.number,
    )
    return clock.number


def _is_asked(burst: Burst, ts: str) -> bool:
    return any(is_task(item) and message_of(item) == ts and item.done_at is None for item in burst.checklist)


def _tell_author(draft: Draft, found: Exposure) -> None:
    subject: dict[str, str | int] = {
        "user": found.author,
        "channel": found.channel,
        "thread": found.thread,
        "found": ",".join(found.categories),
        "certain": int(found.certain),
        "asked": int(_is_asked(draft.after, found.ts)),
    }
    draft.effects.append(Effect(EffectKind.TELL_AUTHOR, person_lane(found.author), subject))


def _ask(draft: Draft, found: Exposure) -> None:
    """The task goes to the first in line; where nobody fills the role, to the owner."""
    asked = found.officers[0] if found.officers else draft.after.owner
    item = ChecklistItem(
        number=len(draft.after.checklist) + 1,
        text=TASK,
        source=f"{_SOURCE}{found.ts}",
        assignee=asked,
        blocks_closure=True,
    )
    draft.change(checklist=(*draft.after.checklist, item))
    clock = arm(draft, item)
    if asked is not None:
        _bring_in(draft, asked)
        draft.ping([asked], Rank.ASKED, ask=ASK, clock=clock)
    draft.effect(EffectKind.REFRESH_CHECKLIST)
    draft.refresh_card()


def _bring_in(draft: Draft, user: str) -> None:
    """They have to see the message, and may not be on the burst yet."""
    if any(one.user == user and one.left_at is None for one in draft.after.participants):
        return
    draft.after = joined_by(draft.after, user, "privacy", draft.now)
    draft.log(EntryKind.ADDED, SYSTEM, user=user, via="privacy", reason="")
    draft.effect(EffectKind.INVITE, user=user)
