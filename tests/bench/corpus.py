"""An archive to search in: one archived burst and its ten log entries, as often as is wanted, each time with other words."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from functools import cached_property
from itertools import accumulate, islice

from sqlalchemy import Engine, text

from bot.operations.filing import summary_of, words_of
from bot.programme import Programme
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Detail
from bot.taskforce.logbook import body_digest
from bot.taskforce.terms import EntryKind, Severity
from storage.archives import Archives, Summary
from storage.log import LogEntry
from storage.rows import insert_rows
from storage.tables import SummaryRecord, table
from tests.bench.past import archived_in, engine_of, multiply
from tests.store_fixtures import Database

SITES = ("NGH", "LKC", "RCH", "HVM", "SBH", "EVI")
FAMILIES = ("network_provisioning", "dicom_mapping", "hl7_orders", "user_access", "security_review")
CAUSES = ("information_missing", "vendor_wait", "unclear_ownership", "scope_change")
SEVERITIES = tuple(Severity)
YEARS = timedelta(days=6 * 365)
# How many words a person writes where, in the entries that people write.
LENGTHS: Mapping[EntryKind, Mapping[str, int]] = {
    EntryKind.OPENED: {"title": 7, "workflow_impact": 12},
    EntryKind.EVIDENCE: {"text": 16},
    EntryKind.RESOLVED: {"fix": 18, "shorter": 8},
}
PRIVATE_OF = 50
_PAGE = 1_000


@dataclass(frozen=True)
class Vocabulary:
    """Words from the commonest to the rarest, as if somebody had coined them, and how they are drawn."""

    size: int

    @cached_property
    def words(self) -> Sequence[str]:
        """By rank."""
        chance = random.Random(7)  # noqa: S311 - the same words in every run
        syllables = [f"{a}{b}" for a in "bdfgklmnprstvz" for b in "aeiou"]
        return list(dict.fromkeys("".join(chance.choices(syllables, k=4)) for _ in range(self.size)))

    @cached_property
    def weights(self) -> Sequence[float]:
        """By rank, added up: Zipf's law."""
        return list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def said(self, chance: random.Random, count: int) -> str:
        """So many words."""
        return " ".join(chance.choices(self.words, cum_weights=self.weights, k=count))


@dataclass(frozen=True)
class Corpus:
    """What is in an archive: ``count`` bursts in the words of a ``vocabulary``."""

    vocabulary: Vocabulary
    count: int

    def write(self, database: Database, programme: Programme) -> None:
        """Put it into an empty database: bursts, log entries, summaries, and their words by the index's own code."""
        burst, entries = archived_in(database, programme)
        engine = engine_of(database)
        numbers = multiply(engine, burst.id, self.count)
        told = self._told(burst, entries, numbers)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM archive"))
            connection.execute(text("DELETE FROM archive_words"))
            while page := [*islice(told, _PAGE)]:
                connection.execute(_OTHER_BODY, [body for _, bodies in page for body in bodies])
                insert_rows(connection, table(SummaryRecord), [_row(summary) for summary, _ in page])
            Archives(connection).index_all()
        _analyse(engine)
        engine.dispose()

    def _told(
        self, burst: Burst, entries: Sequence[LogEntry], numbers: range
    ) -> Iterator[tuple[Summary, list[dict[str, object]]]]:
        """Each burst's summary, and the bodies of its entries that are not the first one's."""
        chance = random.Random(11)  # noqa: S311 - the same texts in every run
        if burst.closed_at is None:
            raise ValueError("an archived burst was closed")
        first = summary_of(burst, entries, burst.closed_at)
        for place, number in enumerate(numbers):
            others = [replace(one, body=self._body(one, chance)) for one in entries]
            title = str((others[0].body or {})["title"])
            another = replace(burst, id=number, title=title, workflow_impact="")
            closed_at = burst.closed_at - YEARS * (1 - place / len(numbers))
            summary = replace(
                first,
                burst_id=number,
                title=title,
                family=chance.choice(FAMILIES),
                sites=(chance.choice(SITES),),
                cause=chance.choice(CAUSES),
                severity=chance.choice(SEVERITIES),
                private=number % PRIVATE_OF == 0,
                opened_at=closed_at - timedelta(hours=chance.randint(1, 200)),
                closed_at=closed_at,
                text=words_of(another, others),
            )
            yield (
                summary,
                [
                    {
                        "burst": number,
                        "number": one.number,
                        "body": json.dumps(one.body),
                        "digest": _digest(one),
                    }
                    for one in others
                    if one.kind in LENGTHS
                ],
            )

    def _body(self, entry: LogEntry, chance: random.Random) -> dict[str, Detail]:
        lengths = LENGTHS.get(entry.kind, {})
        said = {name: self.vocabulary.said(chance, length) for name, length in lengths.items()}
        return {**(entry.body or {}), **said}


_OTHER_BODY = text(
    "UPDATE log_entry SET body = :body, digest = :digest WHERE burst_id = :burst AND number = :number"
)


def _digest(entry: LogEntry) -> str:
    if entry.salt is None or entry.body is None:
        raise ValueError("nothing of it was erased")
    return body_digest(entry.salt, entry.body)


def _analyse(engine: Engine) -> None:
    """Let PostgreSQL know what it has, as it does by itself after a while."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def _row(summary: Summary) -> dict[str, object]:
    return {one.name: getattr(summary, one.name) for one in fields(Summary)}
