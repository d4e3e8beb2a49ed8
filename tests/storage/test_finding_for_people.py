"""What the database finds for somebody is what the domain would let them see and what it asks of them, and it asks once."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from bot.taskforce.burst import Burst, ChecklistItem, DecisionRequest, Participant
from bot.taskforce.permissions import Actor, Right, allows, members
from bot.taskforce.response_clock import FiredStep
from bot.taskforce.terms import ClockKind, Standing, State
from storage import Store
from storage.finding import BurstFilter, numbers_of
from tests.storage.bursts import NOW, at, clock, opening, plain_burst
from tests.store_fixtures import Database

WHO = "U_WHO"
GUEST = Actor(WHO, Standing.GUEST)
READERS = {
    "member": Actor(WHO),
    "guest": GUEST,
    "stranger": Actor(WHO, Standing.EXTERNAL),
    "deactivated": Actor(WHO, Standing.DEACTIVATED),
    "stream's lead": Actor(WHO, leads=frozenset({"interoperability"})),
    "other stream's lead": Actor(WHO, leads=frozenset({"infrastructure"})),
    "steering": Actor(WHO, steering=True),
    "administrator": Actor(WHO, admin=True),
}
REACHED = (clock(fired=(FiredStep("lead", at(1), at(1), (WHO, "U_LEAD")),)),)
PARTS: tuple[dict[str, Any], ...] = (
    {},
    {"raiser": WHO},
    {"owner": WHO},
    {"owner": None},
    {"clinical_lead": WHO},
    {"technical_lead": WHO},
    {"participants": (Participant(WHO, "joined", NOW),)},
    {"participants": (Participant(WHO, "joined", NOW, left_at=at(5)),)},
    {"clocks": REACHED},
)


def kept(store: Store, *bursts: Burst) -> None:
    with store.write() as unit:
        unit.apply_all([opening(burst) for burst in bursts], now=NOW)


def found(store: Store, wanted: BurstFilter) -> list[int]:
    with store.read() as unit:
        return sorted(unit.bursts.numbers(wanted))


@pytest.fixture
def bursts(store: Store) -> list[Burst]:
    """One for every part that somebody can have in it, public and private."""
    every = [
        plain_burst(number, private=private, **part)
        for number, (private, part) in enumerate(itertools.product((False, True), PARTS), start=1)
    ]
    kept(store, *every)
    return every


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_each_reader_finds_what_they_may_read(store: Store, bursts: list[Burst], reader: Actor) -> None:
    assert found(store, BurstFilter(reader=reader)) == [
        burst.id for burst in bursts if allows(Right.READ, reader, burst)
    ]


def test_whoever_only_answered_is_found_too_much_and_not_confirmed(store: Store) -> None:
    """The database sees that a ladder names somebody, not in which role; the domain has the last word."""
    taken = FiredStep("lead", at(1), at(1), ("U_LEAD",), at(2), WHO)
    kept(store, plain_burst(private=True, clocks=(clock(fired=(taken,)),)))

    wanted = BurstFilter(reader=Actor(WHO))
    assert found(store, wanted) == [1]
    with store.read() as unit:
        assert not any(map(wanted.confirms, unit.bursts.in_order([1])))


def test_the_others_are_those_that_one_does_not_belong_to(store: Store, bursts: list[Burst]) -> None:
    mine, others = found(store, BurstFilter(mine=WHO)), found(store, BurstFilter(others=WHO))

    assert mine == [burst.id for burst in bursts if WHO in members(burst)]
    assert sorted([*mine, *others]) == [burst.id for burst in bursts]


def test_what_climbed_and_nobody_took_up_is_escalated(store: Store) -> None:
    missed = clock(missed_at=at(5))
    kept(
        store,
        plain_burst(1),
        plain_burst(2, clocks=(missed,)),
        plain_burst(3, clocks=REACHED),
        plain_burst(4, clocks=(missed, clock(2, kind=ClockKind.TAKE_UP))),
        plain_burst(5, clocks=(clock(kind=ClockKind.INTAKE, missed_at=at(5)),)),
        plain_burst(6, clocks=(missed,), state=State.RESOLVED),
    )

    assert found(store, BurstFilter(escalated=True)) == [2, 3]


def test_what_may_ask_something_of_somebody_is_found(store: Store) -> None:
    item = ChecklistItem(1, "Ask the vendor", "family", assignee=WHO)
    question = DecisionRequest(1, "May we?", "U_OWNER", NOW, "scope")
    here = (Participant(WHO, "role:pacs", NOW),)
    kept(
        store,
        plain_burst(1, owner=WHO),
        plain_burst(2, clinical_lead=WHO),
        plain_burst(3, raiser=WHO),
        plain_burst(4, raiser=WHO, state=State.RESOLVED),
        plain_burst(5, participants=here),
        plain_burst(6, participants=here, state=State.RESOLVED),
        plain_burst(7, checklist=(item,)),
        plain_burst(8, checklist=(replace(item, done_at=at(1), done_by=WHO),)),
        plain_burst(9, requests=(question,)),
        plain_burst(10, requests=(replace(question, answered_at=at(1)),)),
        plain_burst(11, clocks=REACHED),
        plain_burst(12, owner=WHO, state=State.CLOSED),
    )

    assert found(store, BurstFilter(asks=WHO)) == [1, 2, 4, 6, 7, 9, 11]


@pytest.mark.parametrize(
    "wanted",
    [
        BurstFilter(),
        BurstFilter(mine=WHO),
        BurstFilter(others=WHO, reader=Actor(WHO)),
        BurstFilter(asks=WHO, reader=GUEST),
        BurstFilter(escalated=True),
    ],
    ids=["open", "mine", "others", "asks", "escalated"],
)
def test_the_armed_clocks_are_not_gone_through_for_every_burst(sqlite: Database, wanted: BurstFilter) -> None:
    """SQLite takes the index of all armed clocks wherever it can: asked once that is quick, asked for each burst it is not."""
    text = str(numbers_of(wanted).compile(dialect=SQLiteDialect(), compile_kwargs={"literal_binds": True}))
    with sqlite.opened() as store, store.read() as unit:
        plan = [row[-1] for row in unit._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]

    each = [after for before, after in itertools.pairwise(plan) if before.startswith("CORRELATED")]
    assert not [step for step in each if " clock " in step]
    assert not [step for step in plan if step.startswith("SCAN burst")]
