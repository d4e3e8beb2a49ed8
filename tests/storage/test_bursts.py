"""A burst goes into the tables and comes back as it was."""

from dataclasses import fields, replace
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from bot.taskforce.burst import Burst, Vote
from bot.taskforce.response_clock import SetAside, Standstill
from bot.taskforce.terms import ClockState, State, Verdict
from storage import StaleBurst, Store
from storage.applying import Applying
from storage.shapes import CHILDREN, Children
from tests.storage.bursts import (
    NOW,
    POLICY,
    at,
    change,
    clock,
    full_burst,
    loaded,
    note,
    opening,
    plain_burst,
    policy,
    stored,
)


def test_the_full_burst_of_these_tests_leaves_no_field_at_its_default() -> None:
    full = full_burst()
    at_default = {one.name for one in fields(Burst) if one.default == getattr(full, one.name)}

    assert at_default == {"log_count", "log_head"}  # storage counts these itself


def test_a_burst_with_everything_set_comes_back_equal(store: Store) -> None:
    assert stored(store, opening(full_burst())) == full_burst()


def test_a_question_with_options_and_votes_comes_back_equal(store: Store) -> None:
    (asked,) = full_burst().requests
    vote = Vote("U_STEERING", "U_STAND_IN", Verdict.DEFER, "After the test", at(2), 2, at(9))
    question = replace(
        asked,
        options=("Now", "In June"),
        recommended=2,
        clinical_impact="None",
        technical_impact="One route less",
        quorum=2,
        votes=(vote,),
        verdict=Verdict.APPROVE,
        chosen=1,
    )
    burst = replace(full_burst(), requests=(question,))
    assert stored(store, opening(burst)).requests == (question,)
    assert loaded(store) == burst


def test_when_a_clock_stood_still_comes_back_equal(store: Store) -> None:
    stood = (Standstill(at(10.5), at(20)), Standstill(at(30)))
    burst = plain_burst(clocks=(clock(stood=stood),))
    assert stored(store, opening(burst)) == burst
    assert loaded(store).clocks[0].stood == stood


def test_what_was_told_under_another_severity_comes_back_equal(store: Store) -> None:
    fired = full_burst().clocks[1].fired
    told = (SetAside(at(30), at(40), (0.5, 0.8), fired, at(31)), SetAside(at(60), at(70), (0.5,)))
    burst = plain_burst(clocks=(clock(set_aside=told),))
    assert stored(store, opening(burst)) == burst
    assert loaded(store).clocks[0].set_aside == told


def test_an_item_that_does_not_apply_comes_back_equal(store: Store) -> None:
    (item,) = full_burst().checklist
    burst = replace(full_burst(), checklist=(replace(item, applies=False),))

    assert stored(store, opening(burst)) == burst


def test_a_burst_with_nothing_optional_comes_back_equal(store: Store) -> None:
    assert stored(store, opening(plain_burst())) == plain_burst()


@pytest.mark.parametrize(
    ("kept", "news"), [("", ()), ("9f86d081884c7d659a2feaa0c55ad015", ("9f86d081884c7d65",))]
)
def test_what_an_earlier_version_knew_of_the_last_news_is_read(
    store: Store, kept: str, news: tuple[str, ...]
) -> None:
    stored(store, opening(plain_burst()))
    with store.write() as unit:
        unit._connection.execute(
            text("UPDATE burst SET details = replace(details, '\"news\":[]', :old)"),
            {"old": f'"last_update_digest":"{kept}"'},
        )

    assert loaded(store) == replace(plain_burst(), news=news)


def test_every_field_that_changes_is_written(store: Store) -> None:
    first = stored(store, opening(plain_burst()))
    second = replace(full_burst(), version=2)

    with store.write() as unit:
        unit.apply(replace(change(first), after=second), now=NOW)

    assert loaded(store) == second


def test_every_field_can_go_back_to_nothing(store: Store) -> None:
    first = stored(store, opening(full_burst()))
    bare = replace(plain_burst(), version=2)

    with store.write() as unit:
        decision = change(first)
        unit.apply(replace(decision, after=bare), now=NOW)

    assert loaded(store) == bare


@pytest.mark.parametrize("kind", CHILDREN, ids=lambda kind: kind.field)
def test_every_field_of_a_child_has_a_column(kind: Children) -> None:
    columns = {column.name for column in kind.table.columns}

    assert {one.name for one in fields(kind.kind)} <= columns


def test_children_can_be_added_changed_and_taken_away(store: Store) -> None:
    first = stored(store, opening(plain_burst(clocks=(clock(1), clock(2), clock(3)))))
    clocks = (clock(1), clock(3, state=ClockState.MET, met_at=at(5), wake_at=None), clock(4))

    assert stored(store, change(first, clocks=clocks)).clocks == clocks


def test_the_same_policy_is_kept_once_and_shared(store: Store) -> None:
    with store.write() as unit:
        unit.apply_all([opening(plain_burst(1)), opening(plain_burst(2))], now=NOW)

    assert loaded(store, 1).policy is loaded(store, 2).policy


def test_a_burst_may_be_put_under_another_policy(store: Store) -> None:
    first = stored(store, opening(plain_burst()))
    strict = policy(resolve="1h")

    assert stored(store, change(first, policy=strict)).policy == strict
    assert strict != POLICY


def test_a_policy_whose_transaction_failed_is_stored_by_the_next_one(store: Store) -> None:
    def fail() -> None:
        with store.write() as unit:
            unit.apply(opening(plain_burst()), now=NOW)
            assert unit.bursts.get(1) == plain_burst()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert stored(store, opening(plain_burst())).policy == POLICY


def test_the_write_itself_guards_the_version_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = stored(store, opening(plain_burst()))
    second = stored(store, change(first, title="Second"))
    looked = SimpleNamespace(version=1, policy_digest="", log_count=0, log_head="", logged_at=None)
    monkeypatch.setattr(Applying, "_tips", lambda *_arguments: {1: looked})

    with store.write() as unit, pytest.raises(StaleBurst):
        unit.apply(change(first, title="Late"), now=NOW)

    assert loaded(store) == second


def test_a_change_to_an_older_version_is_refused_and_changes_nothing(store: Store) -> None:
    first = stored(store, opening(plain_burst()))
    second = stored(store, change(first, title="Second"))

    with pytest.raises(StaleBurst, match="BURST-1") as refused, store.write() as unit:
        unit.apply(change(first, title="Late", entries=[note()]), now=NOW)

    assert refused.value.code == "stale"
    assert loaded(store) == second


def test_a_change_to_a_burst_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(StaleBurst), store.write() as unit:
        unit.apply(change(plain_burst()), now=NOW)


def test_in_one_batch_a_decision_may_build_on_the_one_before(store: Store) -> None:
    first = stored(store, opening(plain_burst()))
    second = change(first, title="Second", entries=[note("second")])
    third = change(second.after, state=State.ACCEPTED, entries=[note("third")])

    with store.write() as unit:
        results = unit.apply_all([second, third], now=NOW)

    assert results[-1] == loaded(store)
    assert (loaded(store).title, loaded(store).state, loaded(store).log_count) == (
        "Second",
        State.ACCEPTED,
        2,
    )


def test_in_one_batch_two_decisions_on_the_same_version_do_not_both_win(store: Store) -> None:
    first = stored(store, opening(plain_burst()))

    with pytest.raises(StaleBurst), store.write() as unit:
        unit.apply_all([change(first, title="One"), change(first, title="Other")], now=NOW)

    assert loaded(store) == first


def test_apply_returns_the_burst_as_it_is_stored(store: Store) -> None:
    with store.write() as unit:
        result = unit.apply(opening(plain_burst(), entries=[note(), note()]), now=NOW)

    assert result == loaded(store)
    assert result.log_count == 2


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.write() as unit:
            unit.apply(opening(plain_burst(), entries=[note()]), now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    with store.read() as unit:
        assert unit.bursts.get(1) is None
        assert unit.log.entries(1) == ()


def test_numbers_are_given_once_and_only_used_up_by_a_commit(store: Store) -> None:
    def fail() -> None:
        with store.write() as unit:
            unit.bursts.allocate_id()
            raise ZeroDivisionError

    with store.write() as unit:
        first = unit.bursts.allocate_id()
    with pytest.raises(ZeroDivisionError):
        fail()
    with store.write() as unit:
        second = unit.bursts.allocate_id()

    assert (first, second) == (1, 2)


def test_many_bursts_are_loaded_by_number_and_unknown_ones_left_out(store: Store) -> None:
    bursts = {number: full_burst(number) for number in (1, 2)}
    with store.write() as unit:
        unit.apply_all([opening(burst) for burst in bursts.values()], now=NOW)

    with store.read() as unit:
        assert unit.bursts.get_many([2, 1, 9, 2]) == bursts
        assert unit.bursts.get_many([]) == {}


def test_a_word_outside_the_vocabulary_is_not_stored(store: Store) -> None:
    first = stored(store, opening(plain_burst()))
    with pytest.raises(ValueError, match="not a valid State"), store.write() as unit:
        unit.apply(change(first, state="dreaming"), now=NOW)
    assert loaded(store).state is State.OPEN
