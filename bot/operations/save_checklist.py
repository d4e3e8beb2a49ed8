"""A checklist as somebody left it: what was ticked, opened again, noted and added."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.items import add_item, note_item


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody says about one item; without ``applies``, why it does not apply."""

    item: int
    note: str
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Saved:
    """What somebody changed: items that are done or open now, a remark, the text of a new item."""

    ticks: Mapping[int, bool]
    remark: Remark | None = None
    added: str = ""


def save_checklist(office: Office, request: Request, burst_id: int, saved: Saved) -> Burst:
    """Set the items that changed done or open, note one and add one; all of it or nothing. Raises ``Refused``.

    What somebody else did meanwhile stays: an item that stands as it should already is left alone.
    """
    with write(office, request, "save_checklist") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        standing = {item.number: item.done_at is not None for item in burst.checklist}
        remark = saved.remark
        ticks = dict(saved.ticks)
        if remark is not None and not remark.applies:
            ticks.pop(remark.item, None)
            decision = lifecycle.tick(
                burst, actor, remark.item, done=True, note=remark.note, applies=False, now=now
            )
            burst = unit.apply(decision, now=now)
        elif remark is not None:
            burst = unit.apply(note_item(burst, actor, remark.item, remark.note, now=now), now=now)
        for number, done in sorted(ticks.items()):
            if standing.get(number) is not done:
                burst = unit.apply(lifecycle.tick(burst, actor, number, done=done, now=now), now=now)
        if saved.added:
            burst = unit.apply(add_item(burst, actor, saved.added, now=now), now=now)
        return burst
