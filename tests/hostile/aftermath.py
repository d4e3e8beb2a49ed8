"""What hostile deliveries left behind: it can still be read, rung, told to Slack, and keeps its secrets."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from freezegun import freeze_time

from bot import clock
from bot.operations.housekeeping import purge
from bot.operations.office import Office
from bot.scheduling.sweep import archive_due, sweep
from tests.handlers.workspace import Workspace
from tests.hostile.judging import INSIDES
from tests.hostile.story import STEERER

LATER = timedelta(days=9)
MOST = 400


def aftermath(office: Office, slack: Workspace, logged: list[Any]) -> Iterator[str]:
    """Everything that can no longer be done on what is stored."""
    with office.store.read() as unit:
        bursts = tuple(unit.bursts.get_many(range(1, MOST)))
    for burst_id in bursts:
        with office.store.read() as unit:
            if broken := unit.log.verify(burst_id):
                yield f"the log of BURST-{burst_id} does not verify: {broken}"
        for word in ("status", "log", "checklist", "show"):
            yield from _unanswered(slack, f"{word} BURST-{burst_id}")
    for line in ("list", "list mine", "archive", "archive chest", "list sev:1"):
        yield from _unanswered(slack, line)
    if slack.event("app_home_opened", user=STEERER, tab="home").status != 200:
        yield "the home tab cannot be shown"
    logged.clear()
    sweep(office)
    with freeze_time(clock.now() + LATER):
        sweep(office)
        archive_due(office)
        purge(office)
    for entry in logged:
        if entry["log_level"] in {"error", "critical"}:
            yield f"the engine logged {entry}"


def _unanswered(slack: Workspace, line: str) -> Iterator[str]:
    heard = slack.command(STEERER, line)
    if heard.status != 200 or any(inside in heard.words for inside in INSIDES):
        yield f"{line} is answered {heard.status} {heard.words[:200]}"
