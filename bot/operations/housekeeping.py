"""What nobody asks for and everybody relies on: anchors for the logs, and tidying."""

from datetime import timedelta
from pathlib import Path

from bot import clock
from bot.operations import anchors
from bot.operations.anchor_key import anchor_key
from bot.operations.office import Office
from bot.taskforce.anchoring import Anchor
from bot.taskforce.terms import State
from storage.finding import BurstFilter

DELIVERED_KEPT_FOR = timedelta(days=30)
# Real seconds after which nobody fetches a file any more that has not grown since.
ABANDONED_AFTER = 3600.0
PAGE = 200
# A closed burst's log is pinned while its channel has its grace, and so with all that led to the end.
_GROWING = BurstFilter(states=frozenset(State) - {State.ARCHIVED})


def anchor_logs(office: Office, data_dir: Path) -> int:
    """Pin the log of every burst that is not archived under the key beside the database, and append the seals to a file there.

    The installation's own log is pinned too. The file is meant to be copied away: what was cut off or rewritten
    before an anchor shows against it. Returns how many bursts' logs were pinned.
    """
    key, now = anchor_key(data_dir), clock.now()
    pinned: list[Anchor] = []
    with office.store.read() as unit:
        growing = unit.bursts.numbers(_GROWING)
    for start in range(0, len(growing), PAGE):
        with office.store.write() as unit:
            pinned += [unit.log.anchor(number, key, now=now) for number in growing[start : start + PAGE]]
    with office.store.read() as unit:
        audit = unit.audit.anchor(key, now=now)
    anchors.append(data_dir / anchors.FILE_NAME, [*pinned, *((audit,) if audit else ())])
    return len(pinned)


def purge(office: Office) -> None:
    """Forget drafts of an hour ago, request keys of two days ago and delivered intents of a month ago.

    A file whose copying a kill broke off goes too, an hour later: nothing has looked into it yet.
    """
    wall = clock.wall()
    office.store.files.tidy(wall - ABANDONED_AFTER)
    with office.store.write() as unit:
        unit.drafts.purge(wall)
        unit.inbox.purge(wall)
        unit.outbox.purge(clock.now() - DELIVERED_KEPT_FOR)
