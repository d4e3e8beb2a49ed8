"""What an ended burst leaves in the archive, and what a reopened one takes out again."""

from collections.abc import Iterable

from bot.taskforce.account import account_of
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import members
from bot.taskforce.terms import ENDED, Outcome
from storage import Unit
from storage.archives import Summary
from storage.log import LogEntry


def file_away(unit: Unit, burst: Burst) -> Burst:
    """File the burst if it has ended, so that it is found by its words; returns it unchanged."""
    if burst.state in ENDED and burst.closed_at is not None:
        entries = unit.log.entries(burst.id)
        unit.archives.file(
            Summary(
                burst_id=burst.id,
                title=burst.title,
                family=burst.family,
                workstream=burst.workstream,
                sites=burst.sites,
                cause=burst.resolution.cause if burst.resolution else "",
                severity=burst.severity,
                outcome=burst.outcome or Outcome.RESOLVED,
                private=burst.private,
                drill=burst.drill,
                members=tuple(sorted(members(burst))),
                opened_at=burst.opened_at,
                closed_at=burst.closed_at,
                log_head=burst.log_head,
                text=words_of(burst, entries),
                account=account_of(burst, entries, burst.closed_at),
            )
        )
    return burst


def words_of(burst: Burst, entries: Iterable[LogEntry]) -> str:
    """Everything that somebody may search for later: the facts, the log's words, the fix."""
    said = (
        str(value) for entry in entries for value in (entry.body or {}).values() if isinstance(value, str)
    )
    answers = (str(answer) for answer in burst.answers.values())
    facts = (burst.key, burst.title, burst.family_label, *burst.sites, burst.workflow_impact)
    return "\n".join((*facts, *answers, *said))
