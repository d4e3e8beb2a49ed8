"""Times are aware UTC, words are of their vocabulary, and any burst that can be made comes back."""

import zoneinfo
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.taskforce.burst import Burst, DecisionRequest, Pause, SignOff
from bot.taskforce.terms import ClockState, Outcome, PauseReason, Seat, Severity, State, Verdict
from storage import Store
from storage.tables import metadata
from storage.terms import IntentState
from storage.types import EnumValue
from tests.storage.bursts import NOW, at, clock, full_burst, loaded, opening, plain_burst, stored

LONDON = zoneinfo.ZoneInfo("Europe/London")


def test_a_naive_time_is_refused(store: Store) -> None:
    naive = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - what is to be refused

    with store.write() as unit, pytest.raises(ValueError, match="timezone"):
        unit.apply(opening(plain_burst(opened_at=naive)), now=NOW)


def test_a_time_of_any_zone_comes_back_as_utc_to_the_microsecond(store: Store) -> None:
    summer = datetime(2026, 7, 1, 13, 0, 0, 123456, tzinfo=LONDON)

    opened_at = stored(store, opening(plain_burst(opened_at=summer))).opened_at

    assert opened_at == summer
    assert opened_at.utcoffset() == timedelta(0)
    assert opened_at.tzinfo is UTC


def test_the_second_of_two_equal_hours_in_autumn_is_kept_apart(store: Store) -> None:
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    clocks = (clock(1, due_at=twice), clock(2, due_at=twice.replace(fold=1)))

    first, second = stored(store, opening(plain_burst(clocks=clocks))).clocks

    assert second.due_at - first.due_at == timedelta(hours=1)


EVERY_BURST = [
    *(plain_burst(state=state) for state in State),
    *(plain_burst(severity=severity) for severity in Severity),
    *(plain_burst(outcome=outcome) for outcome in Outcome),
    *(plain_burst(clocks=(clock(state=state),)) for state in ClockState),
    *(
        plain_burst(requests=(DecisionRequest(1, "Which?", "U_RAISER", at(1), "scope", verdict=verdict),))
        for verdict in Verdict
    ),
    *(plain_burst(sign_offs=(SignOff(seat, "U_A", NOW),)) for seat in Seat),
    *(plain_burst(pause=Pause(reason, NOW, at(1))) for reason in PauseReason),
]


def test_every_member_of_every_vocabulary_can_be_stored(store: Store) -> None:
    bursts = {number: replace(burst, id=number) for number, burst in enumerate(EVERY_BURST, start=1)}
    with store.write() as unit:
        unit.apply_all([opening(burst) for burst in bursts.values()], now=NOW)

    with store.read() as unit:
        assert unit.bursts.get_many(bursts) == bursts


def test_every_vocabulary_of_the_tables_is_stored_by_one_of_these_tests() -> None:
    kinds = {
        column.type.words.__name__
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, EnumValue)
    }

    # ClockKind: test_claims. EntryKind: test_log. Standing: test_small_repositories. IntentState: test_outbox.
    # AuditKind: test_audit.
    elsewhere = {"AuditKind", "ClockKind", "EntryKind", "Standing", IntentState.__name__}
    assert kinds - elsewhere == {"State", "Severity", "Outcome", "ClockState", "Seat", "Verdict"}


# PostgreSQL takes neither null characters nor lone surrogates in text; intake refuses both.
text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
moments = st.timedeltas(timedelta(days=-9_000), timedelta(days=60_000)).map(lambda away: NOW + away)
durations = st.timedeltas(timedelta(0), timedelta(days=3650))
answers = st.one_of(text, st.integers(-(2**60), 2**60), st.booleans(), st.lists(text, max_size=3).map(tuple))


@st.composite
def bursts(draw: st.DrawFn) -> Burst:
    rung = full_burst().clocks[1]
    clocks = (
        clock(1, due_at=draw(moments), wake_at=draw(st.none() | moments)),
        replace(
            rung,
            held_for=draw(durations),
            left_for=draw(st.none() | durations),
            warned=tuple(draw(st.lists(st.floats(0, 1), max_size=3))),
            fired=tuple(replace(rung.fired[0], fired_at=draw(moments), reached=(draw(text),)) for _ in "ab"),
        ),
    )
    return replace(
        draw(st.sampled_from([plain_burst(), full_burst()])),
        title=draw(text),
        workflow_impact=draw(text),
        sites=tuple(draw(st.lists(text, max_size=3))),
        answers=draw(st.dictionaries(text, answers, max_size=4)),
        opened_at=draw(moments),
        closed_at=draw(st.none() | moments),
        needed_on=draw(st.none() | st.dates()),
        clocks=clocks,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=bursts(), second=bursts())
def test_any_burst_comes_back_as_it_was_and_can_become_any_other(
    store: Store, first: Burst, second: Burst
) -> None:
    with store.write() as unit:
        number = unit.bursts.allocate_id()
        first, second = replace(first, id=number), replace(second, id=number, version=2)
        unit.apply(opening(first), now=NOW)
    kept = loaded(store, number)
    with store.write() as unit:
        unit.apply(replace(opening(second), before=kept), now=NOW)

    assert kept == first
    assert loaded(store, number) == second
