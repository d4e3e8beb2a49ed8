"""Intents are delivered lane by lane, under leases that can be lost but never shared."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot import clock
from bot.taskforce.effects import COALESCED, Effect, EffectKind, burst_lane, person_lane
from storage import Store
from storage.outbox import Intent, OutboxRow
from storage.terms import IntentState
from tests.storage.bursts import NOW, at, change, opening, plain_burst, stored

WALL = 1_800_000_000.0
ONE, TWO = burst_lane(1), burst_lane(2)
ME, OTHER = "replica-a", "replica-b"


@pytest.fixture(autouse=True)
def _real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "wall", lambda: WALL)


def effect(
    kind: EffectKind = EffectKind.POST_NOTICE,
    lane: str = ONE,
    subject: Mapping[str, str | int] | None = None,
    delay_for: timedelta = timedelta(),
) -> Effect:
    return Effect(kind, lane, subject or {}, delay_for)


def put(store: Store, *effects: Effect) -> None:
    with store.write() as unit:
        unit.outbox.add([Intent(one, 1, 1) for one in effects], now=NOW)


def claim(store: Store, *, holder: str = ME, limit: int = 10, wall: float = WALL) -> list[OutboxRow]:
    with store.write() as unit:
        return unit.outbox.claim(holder, limit, wall)


def complete(store: Store, row: OutboxRow) -> bool:
    with store.write() as unit:
        return unit.outbox.complete(row.id, row.fence)


def state(store: Store, intent_id: int) -> IntentState:
    with store.read() as unit:
        row = unit.outbox.get(intent_id)
    assert row is not None
    return row.state


def kinds(store: Store) -> list[EffectKind]:
    with store.read() as unit:
        return [row.kind for row in unit.outbox.listed(IntentState)]


def test_a_decision_leaves_its_effects_with_burst_and_version(store: Store) -> None:
    ping = effect(EffectKind.PING, person_lane("U_OWNER"), {"user": "U_OWNER", "clock": 1})
    first = stored(store, opening(plain_burst()))
    stored(store, change(first, effects=[ping]))

    (row,) = claim(store)

    assert (row.burst_id, row.version, row.kind, row.lane) == (1, 2, EffectKind.PING, "person:U_OWNER")
    assert row.subject == {"user": "U_OWNER", "clock": 1}
    assert (row.state, row.holder, row.fence, row.attempt) == (IntentState.LEASED, ME, 1, 0)
    assert row.created_at == NOW


def test_every_kind_of_effect_can_be_stored(store: Store) -> None:
    put(store, *(effect(kind) for kind in EffectKind))

    assert kinds(store) == list(EffectKind)


def test_a_lane_is_in_order_one_at_a_time(store: Store) -> None:
    put(store, effect(subject={"entry": 1}), effect(subject={"entry": 2}))

    (first,) = claim(store)
    assert claim(store) == []
    assert complete(store, first)
    (second,) = claim(store)

    assert [first.subject["entry"], second.subject["entry"]] == [1, 2]


def test_lanes_run_in_parallel_oldest_first_up_to_the_limit(store: Store) -> None:
    put(store, effect(lane=TWO), effect(lane=ONE), effect(lane=TWO), effect(lane="person:U_A"))

    assert [row.lane for row in claim(store, limit=2)] == [TWO, ONE]
    assert [row.lane for row in claim(store)] == ["person:U_A"]


def test_a_head_that_is_not_due_yet_holds_its_lane_and_no_other(store: Store) -> None:
    put(store, effect(delay_for=timedelta(seconds=2)), effect(), effect(lane=TWO))

    assert [row.lane for row in claim(store)] == [TWO]
    assert claim(store, wall=WALL + 1.9) == []
    assert [row.lane for row in claim(store, wall=WALL + 2.0)] == [ONE]


def test_a_waiting_time_from_before_the_clock_was_set_back_does_not_hold_forever(store: Store) -> None:
    put(store, effect())
    (row,) = claim(store)
    with store.write() as unit:
        unit.outbox.postpone(row.id, row.fence, not_before_wall=WALL + 300, attempt=1)

    assert claim(store, wall=WALL + 200) == []
    assert len(claim(store, wall=WALL - 3600)) == 1


def test_a_look_tells_whether_a_claim_would_find_something(store: Store) -> None:
    with store.read() as unit:
        assert not unit.outbox.any_due(WALL)
    put(store, effect(delay_for=timedelta(seconds=2)))

    with store.read() as unit:
        assert not unit.outbox.any_due(WALL)
        assert unit.outbox.any_due(WALL + 2)


def test_who_lost_the_lease_changes_nothing(store: Store) -> None:
    put(store, effect())
    (lost,) = claim(store)
    with store.write() as unit:
        assert unit.outbox.rescue([ME]) == 1
    (held,) = claim(store, holder=OTHER)

    assert held.fence == lost.fence + 1
    with store.write() as unit:
        late = (
            unit.outbox.complete(lost.id, lost.fence),
            unit.outbox.drop(lost.id, lost.fence),
            unit.outbox.park(lost.id, lost.fence, "invalid_blocks"),
            unit.outbox.postpone(lost.id, lost.fence, not_before_wall=0.0, attempt=1),
        )
    assert late == (False, False, False, False)
    assert state(store, lost.id) is IntentState.LEASED
    assert complete(store, held)


def test_who_was_rescued_but_not_replaced_changes_nothing_either(store: Store) -> None:
    put(store, effect())
    (lost,) = claim(store)
    with store.write() as unit:
        unit.outbox.rescue([ME])

    assert not complete(store, lost)
    assert state(store, lost.id) is IntentState.PENDING


def test_what_is_done_cannot_be_done_again(store: Store) -> None:
    put(store, effect())
    (row,) = claim(store)

    assert complete(store, row)
    assert not complete(store, row)


def test_only_the_dead_lose_their_leases(store: Store) -> None:
    put(store, effect(lane=ONE), effect(lane=TWO))
    (mine,) = claim(store, limit=1)
    (theirs,) = claim(store, holder=OTHER)

    with store.write() as unit:
        assert unit.outbox.rescue_others([ME]) == 1

    assert state(store, mine.id) is IntentState.LEASED
    assert state(store, theirs.id) is IntentState.PENDING


def test_a_postponed_row_stays_the_head_of_its_lane(store: Store) -> None:
    put(store, effect(subject={"entry": 1}), effect(subject={"entry": 2}))
    (row,) = claim(store)
    with store.write() as unit:
        assert unit.outbox.postpone(row.id, row.fence, not_before_wall=WALL + 30, attempt=3)

    assert claim(store, wall=WALL + 29) == []
    (again,) = claim(store, wall=WALL + 30)
    assert (again.id, again.attempt, again.fence) == (row.id, 3, 2)


@pytest.mark.parametrize("way", ["park", "drop", "complete"])
def test_what_is_settled_never_holds_its_lane(store: Store, way: str) -> None:
    put(store, effect(subject={"entry": 1}), effect(subject={"entry": 2}))
    (row,) = claim(store)
    with store.write() as unit:
        match way:
            case "park":
                assert unit.outbox.park(row.id, row.fence, "invalid_blocks")
            case "drop":
                assert unit.outbox.drop(row.id, row.fence)
            case _:
                assert unit.outbox.complete(row.id, row.fence)

    assert [found.subject for found in claim(store)] == [{"entry": 2}]


def test_a_parked_row_waits_for_a_person_who_may_send_it_again(store: Store) -> None:
    put(store, effect())
    (row,) = claim(store)
    with store.write() as unit:
        assert not unit.outbox.retry(row.id)
        unit.outbox.park(row.id, row.fence, "invalid_blocks")
    with store.read() as unit:
        (parked,) = unit.outbox.listed([IntentState.PARKED])
        assert unit.outbox.counts() == {
            IntentState.HELD: 0,
            IntentState.PENDING: 0,
            IntentState.LEASED: 0,
            IntentState.PARKED: 1,
        }
    assert parked.parked_reason == "invalid_blocks"

    with store.write() as unit:
        assert unit.outbox.retry(row.id)

    (again,) = claim(store)
    assert (again.id, again.attempt, again.parked_reason) == (row.id, 0, "")


def test_a_parked_row_may_be_given_up(store: Store) -> None:
    put(store, effect())
    (row,) = claim(store)
    with store.write() as unit:
        assert not unit.outbox.give_up(row.id)
        unit.outbox.park(row.id, row.fence, "invalid_blocks")
        assert unit.outbox.give_up(row.id)

    assert state(store, row.id) is IntentState.DROPPED


@pytest.mark.parametrize("kind", sorted(COALESCED))
def test_a_waiting_refresh_covers_the_next_one(store: Store, kind: EffectKind) -> None:
    put(store, effect(kind), effect(kind))
    put(store, effect(kind))

    assert kinds(store) == [kind]


@pytest.mark.parametrize("kind", sorted(set(EffectKind) - COALESCED))
def test_everything_else_is_said_as_often_as_it_happened(store: Store, kind: EffectKind) -> None:
    put(store, effect(kind))
    put(store, effect(kind))

    assert kinds(store) == [kind, kind]


def test_a_refresh_that_is_being_delivered_covers_nothing(store: Store) -> None:
    put(store, effect(EffectKind.REFRESH_CARD))
    claim(store)
    put(store, effect(EffectKind.REFRESH_CARD))
    put(store, effect(EffectKind.REFRESH_CARD))

    assert kinds(store) == [EffectKind.REFRESH_CARD] * 2


@pytest.mark.parametrize(
    "other",
    [
        effect(EffectKind.REFRESH_ESCALATION, ONE, {"clock": 2}),
        effect(EffectKind.REFRESH_ESCALATION, TWO, {"clock": 1}),
        effect(EffectKind.REFRESH_CARD, ONE, {"clock": 1}),
    ],
    ids=["subject", "lane", "kind"],
)
def test_a_refresh_covers_only_its_like(store: Store, other: Effect) -> None:
    put(store, effect(EffectKind.REFRESH_ESCALATION, ONE, {"clock": 1}))
    put(store, other)

    assert len(kinds(store)) == 2


def test_a_refresh_that_is_settled_covers_nothing(store: Store) -> None:
    put(store, effect(EffectKind.REFRESH_CARD))
    (row,) = claim(store)
    complete(store, row)
    put(store, effect(EffectKind.REFRESH_CARD))

    assert len(claim(store)) == 1


def test_only_what_was_settled_long_ago_is_purged(store: Store) -> None:
    put(store, effect(subject={"entry": 1}), effect(subject={"entry": 2}))
    (row,) = claim(store)
    complete(store, row)

    with store.write() as unit:
        assert unit.outbox.purge(NOW) == 0
        assert unit.outbox.purge(at(1)) == 1

    assert [found.subject for found in claim(store)] == [{"entry": 2}]


def test_ids_are_never_used_again(store: Store) -> None:
    put(store, effect())
    (first,) = claim(store)
    complete(store, first)
    with store.write() as unit:
        unit.outbox.purge(at(1))
    put(store, effect())

    (second,) = claim(store)
    assert second.id > first.id


def test_rows_are_listed_for_one_burst_oldest_first(store: Store) -> None:
    with store.write() as unit:
        unit.outbox.add([Intent(effect(), number, 1) for number in (1, 2, 1)], now=NOW)

    with store.read() as unit:
        assert [row.burst_id for row in unit.outbox.listed([IntentState.PENDING], burst_id=1)] == [1, 1]
        assert len(unit.outbox.listed([IntentState.PENDING], limit=2)) == 2
