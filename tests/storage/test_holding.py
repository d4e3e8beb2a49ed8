"""What asks for attention is held, let go once, and remembered as sent; on both databases."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.taskforce.effects import Attention, Effect, EffectKind
from storage import Store
from storage.claims import HELD
from storage.outbox import Intent, OutboxRow
from storage.posts import PostRow
from storage.terms import IntentState
from tests.storage.bursts import NOW, at, opening, plain_burst
from tests.storage.test_claims import WALL, plan
from tests.store_fixtures import Database


@pytest.fixture
def postgres_store(postgresql: Database) -> Iterator[Store]:
    with postgresql.opened() as opened:
        yield opened


def held(store: Store, user: str, *, burst: int = 1, weight: int = 0, clock: int = 1) -> int:
    """A ping to ``user`` that waits; its id."""
    subject: dict[str, str | int] = {"user": user, "rank": "reminder", "clock": clock}
    effect = Effect(EffectKind.PING, f"person:{user}", subject, attention=Attention(user, weight))
    with store.write() as unit:
        unit.outbox.add([Intent(effect, burst, 1)], now=NOW)
        return max(row.id for row in unit.outbox.listed([IntentState.HELD]))


def row(store: Store, intent_id: int) -> OutboxRow:
    with store.read() as unit:
        found = unit.outbox.get(intent_id)
    assert found is not None
    return found


def test_what_is_held_is_not_delivered(store: Store) -> None:
    held(store, "U1")
    with store.write() as unit:
        assert not unit.outbox.any_due(WALL)
        assert unit.outbox.claim("r", 10, WALL) == []


def test_an_audience_is_claimed_whole_once_something_is_due(store: Store) -> None:
    due, waits, other = held(store, "U1"), held(store, "U1"), held(store, "U2")
    with store.write() as unit:
        unit.holding.wait({waits: at(600), other: at(600)})
    with store.write() as unit:
        assert [one.id for one in unit.holding.claim(NOW, 10)] == [due, waits]
        assert [one.id for one in unit.holding.claim(at(600), 1)] == [due, waits]
        assert [one.id for one in unit.holding.claim(at(600), 2)] == [due, waits, other]


def test_nothing_is_due_before_its_time(store: Store) -> None:
    waits = held(store, "U1")
    with store.write() as unit:
        unit.holding.wait({waits: at(1)})
    with store.read() as unit:
        assert not unit.holding.any_due(NOW)
        assert unit.holding.any_due(at(1))


def test_what_was_let_go_joins_its_lane_and_counts_as_sent(store: Store) -> None:
    first, along = held(store, "U1"), held(store, "U1")
    with store.write() as unit:
        unit.holding.release([first], NOW)
        unit.holding.merge({along: first}, NOW)
    with store.write() as unit:
        assert [one.id for one in unit.holding.lately(["U1"], at(-10))] == [first, along]
        assert unit.holding.lately(["U1"], NOW) == []
        assert [one.id for one in unit.holding.carried(first)] == [along]
        assert [one.id for one in unit.outbox.claim("r", 10, WALL)] == [first]


def test_what_was_dropped_counts_as_nothing_nor_does_what_it_carried(store: Store) -> None:
    first, along = held(store, "U1"), held(store, "U1")
    with store.write() as unit:
        unit.holding.release([first], NOW)
        unit.holding.merge({along: first}, NOW)
        (leased,) = unit.outbox.claim("r", 1, WALL)
        unit.outbox.drop(leased.id, leased.fence)
    with store.read() as unit:
        assert unit.holding.lately(["U1"], at(-10)) == []
    assert row(store, along).state is IntentState.DROPPED


def test_what_a_person_gives_up_counts_as_nothing_nor_does_what_it_carried(store: Store) -> None:
    first, along = held(store, "U_ANN"), held(store, "U_ANN")
    with store.write() as unit:
        unit.holding.release([first], NOW)
        unit.holding.merge({along: first}, NOW)
        (leased,) = unit.outbox.claim("here", 1, WALL)
        unit.outbox.park(first, leased.fence, "invalid_blocks")
        assert unit.outbox.give_up(first)
    assert {row(store, one).state for one in (first, along)} == {IntentState.DROPPED}


def test_what_was_settled_since_is_named_with_the_rows_it_may_concern(store: Store) -> None:
    before = held(store, "U1")
    settle = Effect(EffectKind.SETTLE_PINGS, "cell:1", {"clock": 1})
    with store.write() as unit:
        unit.outbox.add([Intent(settle, 1, 2), Intent(settle, 2, 2)], now=NOW)
    after = held(store, "U1")
    with store.write() as unit:
        assert unit.holding.settled_since([before, after]) == [(before, {"clock": 1})]
        unit.holding.release([before, after], NOW)
        assert unit.holding.settled_since([before, after]) == [(before, {"clock": 1})]


def test_what_a_message_left_out_was_not_heard_and_can_be_held_again(store: Store) -> None:
    """When it was sent, it was about other bursts alone."""
    with store.write() as unit:
        unit.apply(opening(plain_burst(1)), now=NOW)
    first, along, out = (held(store, "U1") for _ in range(3))
    with store.write() as unit:
        unit.holding.release([first], NOW)
        unit.holding.merge(dict.fromkeys((along, out), first), NOW)
        assert unit.holding.unheard(1) == []
        (leased,) = unit.outbox.claim("r", 1, WALL)
        assert unit.holding.unheard(1) == []
        unit.outbox.complete(first, leased.fence)
        for one in (first, along):
            unit.posts.record(PostRow(1, "ping", "{}", "U1", "D1", "1.0", one, 1))
    with store.write() as unit:
        assert [one.id for one in unit.holding.unheard(1)] == [out]
        unit.holding.hold_again([out], at(5))
    with store.write() as unit:
        assert [one.id for one in unit.holding.carried(first)] == [along]
        assert [one.id for one in unit.holding.claim(at(5), 10)] == [out]
        assert unit.holding.unheard(1) == []


def test_what_was_revived_is_settled_no_more(store: Store) -> None:
    waits = held(store, "U1")
    first: dict[str, str | int] = {"clock": 1, "set_aside": "first"}
    second = {**first, "set_aside": "second"}
    settles = [Effect(EffectKind.SETTLE_PINGS, "cell:1", subject) for subject in (first, second)]
    with store.write() as unit:
        unit.outbox.add([Intent(settle, 1, 2) for settle in settles], now=NOW)
        unit.outbox.add([Intent(Effect(EffectKind.REVIVE_PINGS, "cell:1", second), 1, 3)], now=NOW)
        assert unit.holding.settled_since([waits]) == [(waits, first)]
        unit.outbox.add([Intent(Effect(EffectKind.REVIVE_PINGS, "cell:1", first), 2, 3)], now=NOW)
        assert unit.holding.settled_since([waits]) == [(waits, first)]
        unit.outbox.add([Intent(Effect(EffectKind.REVIVE_PINGS, "cell:1", first), 1, 3)], now=NOW)
        assert unit.holding.settled_since([waits]) == []
        unit.outbox.add([Intent(settles[0], 1, 4)], now=NOW)
        assert unit.holding.settled_since([waits]) == [(waits, first)]


def test_what_nobody_heard_is_held_again(store: Store) -> None:
    unheard, sent, other = held(store, "U1"), held(store, "U2"), held(store, "U1", burst=2)
    with store.write() as unit:
        unit.holding.release([sent], NOW)
        (leased,) = unit.outbox.claim("here", 1, WALL)
        unit.outbox.complete(leased.id, leased.fence)
        unit.holding.drop([unheard, other])
        assert [one.id for one in unit.holding.unheard(1)] == [unheard]
        unit.holding.hold_again([unheard], at(5))
        assert unit.holding.unheard(1) == []
    assert (row(store, unheard).state, row(store, unheard).held_until) == (IntentState.HELD, at(5))


def test_nobody_heard_what_was_dropped_when_it_was_to_be_sent(store: Store) -> None:
    first, along = held(store, "U1"), held(store, "U1")
    with store.write() as unit:
        unit.holding.release([first], NOW)
        unit.holding.merge({along: first}, NOW)
        (leased,) = unit.outbox.claim("here", 1, WALL)
        unit.outbox.drop(first, leased.fence)
        assert [one.id for one in unit.holding.unheard(1)] == [first, along]
        unit.holding.hold_again([first], at(5))
        unit.holding.release([first], at(5))
        assert unit.holding.carried(first) == []


def test_what_a_person_gave_up_does_not_come_back(store: Store) -> None:
    given_up = held(store, "U1")
    with store.write() as unit:
        unit.holding.release([given_up], NOW)
        (leased,) = unit.outbox.claim("here", 1, WALL)
        unit.outbox.park(given_up, leased.fence, "invalid_blocks")
        assert unit.outbox.give_up(given_up)
        assert unit.holding.unheard(1) == []


def test_what_a_dropped_one_carried_goes_on_with_its_heir(store: Store) -> None:
    lead, heir, along = held(store, "U1"), held(store, "U1"), held(store, "U1")
    with store.write() as unit:
        unit.holding.release([lead], NOW)
        unit.holding.merge(dict.fromkeys([heir, along], lead), NOW)
        (leased,) = unit.outbox.claim("here", 1, WALL)
        assert unit.outbox.drop(lead, leased.fence, heir=heir)
    assert (row(store, heir).state, row(store, heir).carrier) == (IntentState.PENDING, None)
    assert (row(store, along).state, row(store, along).carrier) == (IntentState.MERGED, heir)


def test_severities_are_those_of_the_bursts_that_there_are(store: Store) -> None:
    burst = plain_burst(1)
    with store.write() as unit:
        unit.apply(opening(burst), now=NOW)
    with store.read() as unit:
        assert unit.holding.severities([1, 99]) == {1: burst.severity}


def test_reconsidering_a_burst_makes_all_that_is_held_about_it_due(store: Store) -> None:
    mine, other = held(store, "U1", burst=1), held(store, "U1", burst=2)
    with store.write() as unit:
        unit.holding.wait({mine: at(600), other: at(600)})
        unit.holding.reconsider(1, NOW)
    assert row(store, mine).held_until == NOW
    assert row(store, other).held_until == at(600)


def test_what_went_along_is_purged_with_its_carrier_and_not_before(store: Store) -> None:
    first, along = held(store, "U1"), held(store, "U1")
    with store.write() as unit:
        unit.holding.release([first], NOW)
        unit.holding.merge({along: first}, NOW)
    with store.write() as unit:
        assert unit.outbox.purge(NOW + timedelta(days=90)) == 0
        (leased,) = unit.outbox.claim("r", 1, WALL)
        unit.outbox.complete(leased.id, leased.fence)
    with store.write() as unit:
        assert unit.outbox.purge(NOW + timedelta(days=90)) == 2


@pytest.mark.parametrize("many", [10, 3_000])
def test_due_audiences_come_from_the_index_of_held_rows(sqlite: Database, many: int) -> None:
    with sqlite.opened() as store, store.write() as unit:
        delivered = [Intent(Effect(EffectKind.POST_NOTICE, f"burst:{n}"), n, 1) for n in range(many)]
        unit.outbox.add(delivered, now=NOW)

    found = plan(sqlite, HELD["sqlite"], {"now": NOW, "limit": 10})

    assert "SCAN outbox USING COVERING INDEX ix_outbox_held" in found
    assert "SEARCH o USING INTEGER PRIMARY KEY (rowid=?)" in found


def test_on_postgres_replicas_never_let_one_row_go_twice(postgres_store: Store) -> None:
    store = postgres_store
    wanted = sorted(held(store, f"U{number % 25}") for number in range(75))
    let_go: list[int] = []
    guard, failures = threading.Lock(), list[BaseException]()

    def release() -> None:
        try:
            while True:
                with store.write() as unit:
                    rows = unit.holding.claim(NOW, 4)
                    unit.holding.release([one.id for one in rows], NOW)
                with guard:
                    let_go.extend(one.id for one in rows)
                with store.read() as unit:
                    if not unit.holding.any_due(NOW):
                        return
        except BaseException as failure:
            failures.append(failure)
            raise

    replicas = [threading.Thread(target=release) for _ in range(4)]
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()

    assert failures == []
    assert sorted(let_go) == wanted


def test_on_postgres_a_person_is_in_the_hands_of_one_replica(postgres_store: Store) -> None:
    held(postgres_store, "U1")
    with postgres_store.write() as one:
        assert len(one.holding.claim(NOW, 10)) == 1
        held(postgres_store, "U1")
        with postgres_store.write() as other:
            assert other.holding.claim(NOW, 10) == []


def test_on_postgres_a_person_stays_in_one_hand_when_something_earlier_is_committed_meanwhile(
    postgres_store: Store,
) -> None:
    with postgres_store.write() as one:
        with postgres_store.write() as slow:
            subject: dict[str, str | int] = {"user": "U1", "rank": "reminder", "clock": 1}
            early = Effect(EffectKind.PING, "person:U1", subject, attention=Attention("U1"))
            slow.outbox.add([Intent(early, 1, 1)], now=NOW)
            later = held(postgres_store, "U1")
            assert [row.id for row in one.holding.claim(NOW, 10)] == [later]
        with postgres_store.write() as other:
            assert other.holding.claim(NOW, 10) == []


def test_the_oldest_is_what_was_made_first_and_still_waits(store: Store) -> None:
    with store.write() as unit:
        for after in (0, 60):
            ping = Effect(EffectKind.PING, "person:U1", {"user": "U1"}, attention=Attention("U1"))
            unit.outbox.add([Intent(ping, 1, 1)], now=at(after))
    with store.write() as unit:
        first, second = unit.holding.claim(at(60), 1)
        assert unit.holding.oldest() == NOW
        unit.holding.release([first.id], NOW)
        assert unit.holding.oldest() == at(60)
        unit.holding.drop([second.id])
        assert unit.holding.oldest() is None
