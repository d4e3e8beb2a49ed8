"""What the engine does by itself, and how often, in real seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.operations.attendance import Attendance
from bot.operations.auditing import take_waiting
from bot.operations.housekeeping import anchor_logs, purge
from bot.operations.office import Office
from bot.operations.retention import expire
from bot.operations.watchdog import Watchdog
from bot.scheduling.sweep import archive_due, sweep
from bot.scheduling.ticker import Job
from bot.slack.sender import Sender

DRAIN_FOR = timedelta(seconds=2)
# A call to Slack may take its whole time-out; the sender's own threads bound it.
SLACK_LIMIT_FOR = 90.0
WATCH_LIMIT_FOR = 30.0
EXPIRY_LIMIT_FOR = 300.0


@dataclass(frozen=True, slots=True)
class Engine:
    """What the jobs work with."""

    office: Office
    sender: Sender
    refresh_directory: Callable[[], object]
    data_dir: Path
    watchdog: Watchdog


def jobs(engine: Engine) -> tuple[Job, ...]:
    """Every job of one replica. A tick is one second; the rest is housekeeping."""
    attendance = Attendance(engine.office)
    return (
        Job("sweep", 1.0, lambda: sweep(engine.office, attendance)),
        Job("outbox", 1.0, lambda: engine.sender.drain(DRAIN_FOR), SLACK_LIMIT_FOR),
        Job("heartbeat", 1.0, engine.sender.beat),
        Job("archive", 5.0, lambda: archive_due(engine.office)),
        Job("directory", 3600.0, engine.refresh_directory, vital=False, at_once=True),
        Job("anchors", 3600.0, lambda: anchor_logs(engine.office, engine.data_dir), vital=False),
        Job("watchdog", 60.0, engine.watchdog.watch, WATCH_LIMIT_FOR, vital=False),
        Job("audit", 60.0, lambda: take_waiting(engine.office.store, engine.data_dir), vital=False),
        Job("purge", 3600.0, lambda: purge(engine.office), vital=False),
        Job("retention", 3600.0, lambda: expire(engine.office), EXPIRY_LIMIT_FOR, vital=False),
    )
