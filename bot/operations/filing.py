"""What an ended burst leaves in the archive, and what a reopened one takes out again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.taskforce.account import account_of
from bot.taskforce.burst import Answer, Burst
from bot.taskforce.permissions import members
from bot.taskforce.terms import ENDED, Outcome
from bot.taskforce.written import written
from storage import Unit
from storage.archives import Summary
from storage.log import LogEntry


def file_away(unit: Unit, burst: Burst) -> Burst:
    """File the burst if it has ended, so that it is found by its words; returns it unchanged."""
    if burst.state in ENDED and burst.closed_at is not None:
        unit.archives.file(summary_of(burst, unit.log.entries(burst.id), burst.closed_at))
    return burst


def summary_of(burst: Burst, entries: Sequence[LogEntry], closed_at: datetime) -> Summary:
    """What is filed of a burst with these entries that ended then."""
    return Summary(
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
        closed_at=closed_at,
        log_head=burst.log_head,
        text=words_of(burst, entries),
        account=account_of(burst, entries, closed_at),
    )


def words_of(burst: Burst, entries: Iterable[LogEntry]) -> str:
    """What somebody may search for later, besides the title: the facts, and what people wrote into the log, the fix too.

    Each text once: a log repeats the facts, and an index should not.
    """
    cause = burst.resolution.cause if burst.resolution else ""
    facts = (burst.key, burst.family_label, *burst.sites, cause, burst.workflow_impact)
    answers = (text for answer in burst.answers.values() for text in _texts(answer))
    said = (text for entry in entries for text in written(entry.actor, entry.body or {}))
    return "\n".join(
        text for text in dict.fromkeys((*facts, *answers, *said)) if text not in {"", burst.title}
    )


def _texts(answer: Answer) -> Iterator[str]:
    match answer:
        case bool():
            pass
        case tuple():
            yield from answer
        case _:
            yield str(answer)
