"""Whatever is asked of whatever is archived, both databases answer what reading every summary would find."""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.taskforce.terms import Outcome, Severity
from storage import Store
from storage.archive_filter import ArchiveFilter
from storage.archives import Summary
from storage.sought import Term
from storage.words import lexeme, words_of
from tests.storage.bursts import NOW
from tests.storage.test_archives import filed, summary
from tests.store_fixtures import Database, copied, emptied

WORDS = (
    *("the", "queue", "queues", "is", "empty", "viewer", "hangs", "Straße", "(0008,1030)", "(0008,103E)"),
    *("OBR-4.2", "OBR-4.1", "NGH_CT_ER1", "NGH_CT_ER2", "1.2.840.10008.1.2", "v12.0.3", "0008", "ORM^O01"),
)
SITES, FAMILIES, CAUSES = ("NGH", "LKC", "RCH"), ("dicom_mapping", "hl7_orders"), ("vendor_wait", "")
SEVERITIES, OUTCOMES = (Severity.SEV1, Severity.SEV3), (Outcome.RESOLVED, Outcome.MISTAKE)
COUNT = 90


def corpus() -> list[Summary]:
    """Short texts, and some of which PostgreSQL cannot keep every place of every word."""
    chance = random.Random(3)  # noqa: S311 - the same texts in every run
    return [
        summary(
            number,
            " ".join(chance.choices(WORDS, k=6000 if number % 30 == 0 else chance.randint(3, 12))),
            title="Blocker",
            sites=tuple(chance.sample(SITES, chance.randint(1, 2))),
            family=chance.choice(FAMILIES),
            cause=chance.choice(CAUSES),
            severity=chance.choice(SEVERITIES),
            outcome=chance.choice(OUTCOMES),
            drill=chance.random() < 0.2,
            closed_at=NOW + timedelta(days=chance.randint(0, COUNT)),  # a clock may have been set back
        )
        for number in range(1, COUNT + 1)
    ]


CORPUS = corpus()


@pytest.fixture(scope="module")
def both(
    postgres_shared: Database, sqlite_template: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Store]]:
    """The corpus in both databases."""
    with ExitStack() as stack:
        places = (copied(sqlite_template, tmp_path_factory.mktemp("random")), emptied(postgres_shared))
        first, second = (stack.enter_context(place.opened()) for place in places)
        for store in (first, second):
            filed(store, *CORPUS)
        yield first, second


RUNS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)
TERMS = st.one_of(
    RUNS.map(" ".join),
    RUNS.map(lambda run: f'"{" ".join(run)}"'),
    st.builds(
        lambda word, length: f"{word.strip('()')[:length]}*", st.sampled_from(WORDS), st.integers(1, 6)
    ),
    st.builds(lambda run, length: f'"{" ".join(run)[:-length]}*"', RUNS, st.integers(1, 3)),
    st.text(alphabet="ab\"*(-'&|:<> ", max_size=6),
)
FILTERS = st.fixed_dictionaries(
    {"words": st.lists(TERMS, max_size=2).map(" ".join)},
    optional={
        "site": st.sampled_from(SITES),
        "family": st.sampled_from(FAMILIES),
        "cause": st.sampled_from(CAUSES),
        "severity": st.sampled_from(SEVERITIES),
        "outcome": st.sampled_from(OUTCOMES),
        "drill": st.booleans(),
        "since": st.integers(0, COUNT).map(lambda day: NOW + timedelta(days=day)),
        "until": st.integers(0, COUNT).map(lambda day: NOW + timedelta(days=day)),
    },
)


def fits(one: Summary, wanted: ArchiveFilter) -> bool:
    """What the documentation promises, read off one summary."""
    named = {
        "family": one.family,
        "cause": one.cause,
        "severity": one.severity,
        "outcome": one.outcome,
        "drill": one.drill,
    }
    return (
        (wanted.site is None or wanted.site in one.sites)
        and all(getattr(wanted, name) in {None, value} for name, value in named.items())
        and (wanted.since is None or one.closed_at >= wanted.since)
        and (wanted.until is None or one.closed_at < wanted.until)
        and all(occurs(f"{one.title}\n{one.text}", term) for term in replace(wanted, **NO_LABELS).terms)
    )


NO_LABELS: dict[str, Any] = dict.fromkeys(("site", "family", "cause", "severity", "outcome"))


def occurs(text: str, term: Term) -> bool:
    """The term as a regular expression would find it between words: by joining them with spaces."""
    joined = " ".join(["", *map(lexeme, words_of(text)), ""])
    return f" {' '.join(term.lexemes)}{'' if term.prefix else ' '}" in joined


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=FILTERS, limit=st.integers(1, COUNT), offset=st.integers(0, 20))
def test_both_find_what_reading_everything_would(
    both: tuple[Store, Store], asked: dict[str, object], limit: int, offset: int
) -> None:
    wanted = ArchiveFilter(**asked)  # type: ignore[arg-type]
    expected = [one.burst_id for one in reversed(CORPUS) if fits(one, wanted)]

    for store in both:
        with store.read() as unit:
            page = unit.archives.search(wanted, limit=limit, offset=offset, most=COUNT)
        assert [one.burst_id for one in page.hits] == expected[offset : offset + limit]
        assert page.total == (len(expected) if page.hits else 0)
