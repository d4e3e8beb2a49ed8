"""Searching the archive, beside the best raw FTS5 query that fetches the same page."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path

from sqlalchemy import text

from bot import clock
from bot.operations.searching import search
from bot.taskforce.terms import Outcome, Severity
from storage import Store
from storage.archives import ArchiveFilter, Summary, _labels
from storage.engine import sqlite_writer
from storage.rows import insert_rows
from storage.tables import SummaryRecord, table
from storage.words import label, lexeme, words_of
from tests.bench.findings import Finding, seconds
from tests.bench.ground import FILE, RAISER, Ground, by, opened
from tests.bench.measuring import Pair, Samples, side_by_side, taken
from tests.bench.past import past_of

PAGE = 10
MOST = 2.0
SITES = ("NGH", "LKC", "RCH", "HVM", "SBH", "EVI")
WORDS_EACH = 60
BECAUSE = (
    "at some hundred microseconds the floor is below what SQLAlchemy needs for its two statements; the time "
    "grows no faster than the floor's."
)
RAW = """
    SELECT * FROM archive WHERE id IN (
        SELECT rowid FROM archive_words WHERE archive_words MATCH ? ORDER BY rowid DESC LIMIT ?
    ) ORDER BY id DESC
"""


def measure(ground: Ground) -> Iterator[Finding]:
    """One page, for rare, middling and common words, for two words, and for a word at a site."""
    summaries, clocks = ground.size.of((140, 1_000), (10_000, 100_000), (100_000, 1_000_000))
    rounds, times = ground.size.of((1, 1), (3, 20), (7, 60))
    folder = ground.copy(past_of(ground, clocks))
    vocabulary = vocabulary_of(ground.size.of(200, 5_000, 20_000))
    fill(folder, vocabulary, summaries)
    queries = _queries(vocabulary)
    raw = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)
    with opened(folder) as store:
        pair = side_by_side(
            partial(_ours, store, queries * times), partial(_raw, raw, queries * times), rounds
        )
        yield from _findings(pair, summaries)
        office = ground.office(store)
        whole = [taken(partial(search, office, by(RAISER), one, per_page=PAGE)) for one in queries * times]
        yield Finding(
            "/burst archive as an operation: counts up to 200 matches, keeps the query for the next page",
            seconds(sorted(whole)[len(whole) // 2]),
        )
    raw.close()


def _findings(pair: Pair, summaries: int) -> Iterator[Finding]:
    what = f"search in {summaries:,} summaries, a page of {PAGE}"
    yield Finding.at_most(
        f"{what}: p99",
        pair.ratio(0.99),
        MOST,
        ours=seconds(pair.ours_at(0.99)),
        beside=f"raw FTS5: {seconds(pair.peer_at(0.99))}",
        because=BECAUSE,
    )
    yield Finding(
        f"{what}: p50",
        seconds(pair.ours_at()),
        f"raw FTS5: {seconds(pair.peer_at())}",
        f"{pair.ratio():.2f}×",
    )


def _ours(store: Store, queries: Sequence[ArchiveFilter]) -> Samples:
    def look(wanted: ArchiveFilter) -> None:
        with store.read() as unit:
            unit.archives.search(wanted, readable=lambda _one: True, limit=PAGE)

    return [taken(partial(look, wanted)) for wanted in queries]


def _raw(connection: sqlite3.Connection, queries: Sequence[ArchiveFilter]) -> Samples:
    def look(match: str) -> None:
        connection.execute(RAW, (match, PAGE + 1)).fetchall()

    return [taken(partial(look, _match(wanted))) for wanted in queries]


def _match(wanted: ArchiveFilter) -> str:
    lexemes = [lexeme(word) for word in words_of(wanted.words)]
    if wanted.site is not None:
        lexemes.append(label("site", wanted.site))
    return " AND ".join(f'"{one}"' for one in lexemes)


def vocabulary_of(size: int) -> list[str]:
    """Words from the commonest to the rarest, as if somebody had coined them."""
    chance = random.Random(7)  # noqa: S311 - the same words in every run
    syllables = [f"{a}{b}" for a in "bdfgklmnprstvz" for b in "aeiou"]
    return list(dict.fromkeys("".join(chance.choices(syllables, k=4)) for _ in range(size)))


def _queries(vocabulary: Sequence[str]) -> list[ArchiveFilter]:
    """What people look for; the vocabulary's ranks say how often each word occurs."""
    common, middling, rare = (
        vocabulary[0],
        vocabulary[len(vocabulary) // 20],
        vocabulary[len(vocabulary) // 2],
    )
    return [
        ArchiveFilter(common),
        ArchiveFilter(middling),
        ArchiveFilter(rare),
        ArchiveFilter(f"{common} {middling}"),
        ArchiveFilter(f"{common} {rare}"),
        ArchiveFilter(middling, site="NGH"),
    ]


def fill(folder: Path, vocabulary: Sequence[str], count: int) -> None:
    """File a summary of each of the past bursts, in bulk; ranks follow Zipf's law."""
    engine = sqlite_writer(folder / FILE)
    chance = random.Random(11)  # noqa: S311 - the same texts in every run
    weights = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM archive"))
        connection.execute(text("DELETE FROM archive_words"))
        rows, words = [], []
        for number in range(1, count + 1):
            said = chance.choices(vocabulary, cum_weights=weights, k=WORDS_EACH)
            summary = _summary(number, " ".join(said))
            rows.append({"id": number, **asdict(summary)})
            words.append((number, " ".join([*_labels(summary), *map(lexeme, said)])))
        insert_rows(connection, table(SummaryRecord), rows)
        connection.exec_driver_sql("INSERT INTO archive_words (rowid, words) VALUES (?, ?)", words)
    engine.dispose()


def _summary(number: int, said: str) -> Summary:
    now = clock.now()
    return Summary(
        burst_id=number,
        title=said[:60],
        family="network_provisioning",
        workstream="infrastructure",
        sites=(SITES[number % len(SITES)],),
        cause="information_missing",
        severity=Severity.SEV2,
        outcome=Outcome.RESOLVED,
        private=False,
        drill=False,
        members=("U01PRIYA", "U01GUDRUN"),
        opened_at=now - timedelta(days=2),
        closed_at=now,
        log_head="0" * 64,
        text=said,
    )
