"""Searching the archive on both databases, beside the query by hand that fetches the same page from the same index."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import psycopg
from sqlalchemy.engine import make_url

from bot.operations.searching import search
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Severity
from storage import Store
from storage.archive_filter import ArchiveFilter
from storage.full_text import Fts5, TsVector
from tests.bench.corpus import Corpus, Vocabulary
from tests.bench.findings import Finding, seconds
from tests.bench.ground import FILE, RAISER, Ground, by
from tests.bench.measuring import Pair, Samples, percentile, side_by_side, taken
from tests.store_fixtures import Database, sqlite_database, upgraded

PAGE = 10
MOST = 2.0
# Somebody who takes part in nothing and sees what is not private.
READER = Actor("U01NOBODY")
BECAUSE = (
    "what is rare and short is found faster than a transaction begins and a statement passes through SQLAlchemy, and "
    "ours leaves out what its reader may not see."
)
_COLUMNS = (
    "archive.burst_id, archive.title, archive.family, archive.sites, archive.cause, archive.severity, archive.outcome, "
    "archive.drill, archive.opened_at, archive.closed_at"
)
FTS5 = f"""
    SELECT {_COLUMNS}, json_extract(burst.details, '$.resolution.fix')
      FROM archive_words JOIN archive ON archive.id = archive_words.rowid JOIN burst ON burst.id = archive.burst_id
     WHERE archive_words MATCH ? ORDER BY archive_words.rowid DESC LIMIT ?
"""  # noqa: S608 - our own columns
TSVECTOR = f"""
    SELECT {_COLUMNS}, burst.details::json #>> '{{resolution,fix}}'
      FROM archive_words JOIN archive ON archive.id = archive_id JOIN burst ON burst.id = archive.burst_id
     WHERE words @@ %s::tsquery ORDER BY archive_id DESC LIMIT %s
"""  # noqa: S608 - our own columns

ByHand: TypeAlias = Callable[[ArchiveFilter], object]


@dataclass(frozen=True)
class Query:
    """What somebody looks for, and what kind of search that is."""

    kind: str
    wanted: ArchiveFilter


def measure(ground: Ground) -> Iterator[Finding]:
    """One page for each kind of query, the whole command, and how large the index is; on either database."""
    corpus = Corpus(Vocabulary(ground.size.of(200, 5_000, 20_000)), ground.size.of(100, 10_000, 100_000))
    lite = upgraded(sqlite_database(ground.folder()))
    corpus.write(lite, ground.programme)
    with closing(sqlite3.connect(f"file:{lite.data_dir / FILE}?mode=ro", uri=True)) as raw:
        yield from _on(ground, lite, "FTS5", corpus, partial(_fts5, raw), MOST)
        yield _size_on_sqlite(raw, corpus)
    server = ground.fresh_postgres()
    corpus.write(server, ground.programme)
    address = make_url(server.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        yield from _on(ground, server, "tsvector", corpus, partial(_tsvector, connection), None)
        yield _size_on_postgresql(connection, corpus)


def queries(vocabulary: Sequence[str]) -> list[Query]:
    """What people look for; the ranks in the vocabulary say how often each word occurs."""
    common, second, middling, rare = (
        vocabulary[0],
        vocabulary[1],
        vocabulary[len(vocabulary) // 20],
        vocabulary[len(vocabulary) // 2],
    )
    return [
        Query("common word", ArchiveFilter(common)),
        Query("medium word", ArchiveFilter(middling)),
        Query("rare word", ArchiveFilter(rare)),
        Query("two words", ArchiveFilter(f"{common} {middling}")),
        Query("two words", ArchiveFilter(f"{common} {rare}")),
        Query("phrase", ArchiveFilter(f'"{common} {second}"')),
        Query("phrase", ArchiveFilter(f'"{vocabulary[20]} {vocabulary[30]}"')),
        Query("prefix", ArchiveFilter(f"{middling[:5]}*")),
        Query("prefix", ArchiveFilter(f"{rare[:4]}*")),
        Query("word with filters", ArchiveFilter(middling, site="NGH")),
        Query("word with filters", ArchiveFilter(common, family="dicom_mapping", severity=Severity.SEV1)),
    ]


def _on(
    ground: Ground, database: Database, index: str, corpus: Corpus, by_hand: ByHand, most: float | None
) -> Iterator[Finding]:
    rounds, times = ground.size.of((1, 1), (3, 20), (7, 60))
    asked = queries(corpus.vocabulary.words)
    what = f"search in {corpus.count:,} bursts with {corpus.count * 10:,} log entries, a page of {PAGE}"
    with database.opened() as store:
        pair = side_by_side(
            partial(_round, asked, times, partial(_ours, store)),
            partial(_round, asked, times, by_hand),
            rounds,
        )
        beside = f"raw {index}: {{}}"
        yield Finding(
            f"{what}: p50",
            seconds(pair.ours_at()),
            beside.format(seconds(pair.peer_at())),
            f"{pair.ratio():.2f}×",
        )
        yield _at_99(pair, f"{what}: p99", beside, most)
        kinds = ", ".join(f"{kind} {ratio:.2f}×" for kind, ratio in _ratios(asked, times, pair))
        yield Finding("the same by kind of search: p50 to p50", kinds, beside.format("1×"))
        office = ground.office(store)
        whole = [
            taken(partial(search, office, by(RAISER), one.wanted, per_page=PAGE))
            for one in asked
            for _ in range(times)
        ]
        yield Finding(
            f"/burst archive as an operation beside {index}: p50 and p99; counts up to 200, keeps the query for its pages",
            f"{seconds(percentile(whole, 0.5))} and {seconds(percentile(whole, 0.99))}",
        )


def _at_99(pair: Pair, what: str, beside: str, most: float | None) -> Finding:
    ours, peer = seconds(pair.ours_at(0.99)), beside.format(seconds(pair.peer_at(0.99)))
    if most is None:
        return Finding(what, ours, peer, f"{pair.ratio(0.99):.2f}×")
    return Finding.at_most(what, pair.ratio(0.99), most, ours=ours, beside=peer, because=BECAUSE)


def _round(asked: Sequence[Query], times: int, look: ByHand) -> Samples:
    """Each query so many times; the samples in the order of the queries."""
    return [taken(partial(look, one.wanted)) for one in asked for _ in range(times)]


def _ratios(asked: Sequence[Query], times: int, pair: Pair) -> Iterator[tuple[str, float]]:
    """By kind of query: the median of ours to the median of what stands beside it, over all rounds."""
    kinds = [one.kind for one in asked for _ in range(times)]
    for kind in dict.fromkeys(kinds):
        ours, peer = (
            percentile(
                [one for samples in side for one, of in zip(samples, kinds, strict=True) if of == kind], 0.5
            )
            for side in (pair.ours, pair.peer)
        )
        yield kind, ours / peer


def _ours(store: Store, wanted: ArchiveFilter) -> None:
    with store.read() as unit:
        unit.archives.search(wanted, reader=READER, limit=PAGE)


def _fts5(connection: sqlite3.Connection, wanted: ArchiveFilter) -> None:
    connection.execute(FTS5, (Fts5.asked(wanted.terms)["query"], PAGE)).fetchall()


def _tsvector(connection: psycopg.Connection[Any], wanted: ArchiveFilter) -> None:
    connection.execute(TSVECTOR, (TsVector.asked(wanted.terms)["query"], PAGE)).fetchall()


def _size_on_sqlite(connection: sqlite3.Connection, corpus: Corpus) -> Finding:
    index = connection.execute("SELECT sum(length(block)) FROM archive_words_data").fetchone()[0]
    words = connection.execute("SELECT sum(length(c0)) FROM archive_words_content").fetchone()[0]
    return _size(corpus, "FTS5", connection.execute(_INDEXED).fetchone()[0], index, words)


def _size_on_postgresql(connection: psycopg.Connection[Any], corpus: Corpus) -> Finding:
    row = connection.execute(
        f"SELECT ({_INDEXED}), pg_relation_size('ix_archive_words_words'), pg_table_size('archive_words')"
    ).fetchone()
    assert row is not None
    return _size(corpus, "tsvector", *row)


_INDEXED = "SELECT sum(length(title) + length(text)) FROM archive"


def _size(corpus: Corpus, kind: str, indexed: int, index: int, words: int) -> Finding:
    return Finding(
        f"size of the index of {corpus.count:,} bursts, {kind}",
        f"{index / 1e6:.1f} MB, and {words / 1e6:.1f} MB of words in their places",
        f"what is indexed: {indexed / 1e6:.1f} MB",
        f"{(index + words) / indexed:.2f}×",
    )
