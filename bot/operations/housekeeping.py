"""What nobody asks for and everybody relies on: anchors for the logs, and tidying."""

from datetime import timedelta
from pathlib import Path

from bot import clock
from bot.operations.anchor_key import anchor_key
from bot.operations.office import Office
from storage.bursts import BurstFilter

DELIVERED_KEPT_FOR = timedelta(days=30)
PAGE = 200


def anchor_logs(office: Office, data_dir: Path) -> int:
    """Pin every open burst's log under the key beside the database, and append the seals to a file there.

    The file is meant to be copied away: what was cut off or rewritten before an anchor shows against it.
    Returns how many logs were pinned.
    """
    key, now = anchor_key(data_dir), clock.now()
    lines, offset = [], 0
    while True:
        with office.store.write() as unit:
            page = unit.bursts.find(BurstFilter(), readable=lambda _burst: True, limit=PAGE, offset=offset)
            anchors = [unit.log.anchor(burst.id, key, now=now) for burst in page.bursts]
        lines += [f"{a.at.isoformat()} BURST-{a.burst_id} {a.entry_count} {a.head} {a.seal}" for a in anchors]
        if page.next_offset is None:
            break
        offset = page.next_offset
    with (data_dir / "anchors.log").open("a", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in lines)
    return len(lines)


def purge(office: Office) -> None:
    """Forget drafts of an hour ago, request keys of two days ago and delivered intents of a month ago."""
    wall = clock.wall()
    with office.store.write() as unit:
        unit.drafts.purge(wall)
        unit.inbox.purge(wall)
        unit.outbox.purge(clock.now() - DELIVERED_KEPT_FOR)
