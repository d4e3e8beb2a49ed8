"""Bursts are found by where they live, by what they wait for, and by whom they concern."""

from dataclasses import replace

from bot.taskforce.burst import Burst, Participant
from bot.taskforce.terms import ClockKind, ClockState, Severity, State
from storage import Store
from storage.finding import BurstFilter
from tests.storage.bursts import (
    NOW,
    at,
    clock,
    full_burst,
    opening,
    plain_burst,
)


def everything(_burst: Burst) -> bool:
    return True


def found(store: Store, wanted: BurstFilter) -> list[int]:
    with store.read() as unit:
        return [burst.id for burst in unit.bursts.find(wanted, readable=everything, limit=50)]


def test_the_latest_burst_of_a_channel_is_found_but_not_one_in_a_thread_of_it(store: Store) -> None:
    place = full_burst().place
    assert place is not None
    own = replace(place, thread_ts=None)
    with store.write() as unit:
        unit.apply_all(
            [
                opening(plain_burst(1, place=own)),
                opening(plain_burst(2, place=own)),
                opening(plain_burst(3, place=place)),
            ],
            now=NOW,
        )

    with store.read() as unit:
        in_channel = unit.bursts.by_channel(place.channel)
        in_thread = unit.bursts.by_channel(place.channel, place.thread_ts)
        assert unit.bursts.by_channel("C_OTHER") is None
    assert in_channel is not None
    assert in_channel.id == 2
    assert in_thread is not None
    assert in_thread.id == 3


def test_open_bursts_are_listed_by_their_most_urgent_running_clock(store: Store) -> None:
    late = clock(1, due_at=at(1), state=ClockState.MET)
    with store.write() as unit:
        unit.apply_all(
            [
                opening(plain_burst(1, clocks=(clock(1, due_at=at(300)),))),
                opening(plain_burst(2, clocks=(late, clock(2, due_at=at(200)), clock(3, due_at=at(900))))),
                opening(plain_burst(3, clocks=())),
                opening(plain_burst(4, clocks=(clock(1, due_at=at(100)),))),
                opening(plain_burst(5, state=State.CLOSED, clocks=(clock(1, due_at=at(1)),))),
            ],
            now=NOW,
        )

    assert found(store, BurstFilter()) == [4, 2, 1, 3]


def test_a_list_is_narrowed_by_person_site_family_and_severity(store: Store) -> None:
    gone = Participant("U_HELPER", "joined", NOW, left_at=at(1))
    here = Participant("U_HELPER", "joined", NOW)
    with store.write() as unit:
        unit.apply_all(
            [
                opening(plain_burst(1, participants=(here,))),
                opening(plain_burst(2, participants=(gone,))),
                opening(plain_burst(3, clinical_lead="U_HELPER", sites=("LKC", "RCH"))),
                opening(plain_burst(4, family="hl7_orders", sites=("LKC_2",))),
                opening(plain_burst(5, severity=Severity.SEV1)),
            ],
            now=NOW,
        )

    assert found(store, BurstFilter(mine="U_HELPER")) == [1, 3]
    assert found(store, BurstFilter(mine="U_OWNER")) == [1, 2, 3, 4, 5]
    assert found(store, BurstFilter(site="LKC")) == [3]
    assert found(store, BurstFilter(site="lkc")) == []
    assert found(store, BurstFilter(family="hl7_orders")) == [4]
    assert found(store, BurstFilter(severity=Severity.SEV1)) == [5]
    assert found(store, BurstFilter(states=frozenset({State.CLOSED}))) == []


def test_so_many_are_found_as_may_be_read_and_are_wanted(store: Store) -> None:
    with store.write() as unit:
        unit.apply_all([opening(plain_burst(number)) for number in range(1, 131)], now=NOW)

    with store.read() as unit:
        some = unit.bursts.find(BurstFilter(), readable=lambda burst: burst.id % 2 == 0, limit=30)
        every = unit.bursts.find(BurstFilter(), readable=lambda burst: burst.id % 2 == 0, limit=300)
    assert [burst.id for burst in some] == list(range(2, 61, 2))
    assert [burst.id for burst in every] == list(range(2, 131, 2))


def test_closed_bursts_are_archivable_once_their_grace_is_over(store: Store) -> None:
    with store.write() as unit:
        unit.apply_all(
            [
                opening(plain_burst(1, state=State.CLOSED, archive_at=at(30))),
                opening(plain_burst(2, state=State.CLOSED, archive_at=at(10))),
                opening(plain_burst(3, state=State.CLOSED, archive_at=at(31))),
                opening(plain_burst(4, state=State.ARCHIVED, archive_at=at(10))),
            ],
            now=NOW,
        )

    with store.read() as unit:
        assert unit.bursts.archivable(at(30), 10) == [2, 1]
        assert unit.bursts.archivable(at(30), 1) == [2]


def test_bursts_with_something_to_follow_are_found_after_their_end(store: Store) -> None:
    to_follow = (clock(1, kind=ClockKind.FOLLOW_UP),)
    done = (clock(1, kind=ClockKind.FOLLOW_UP, state=ClockState.MET, wake_at=None),)
    with store.write() as unit:
        unit.apply_all(
            [
                opening(plain_burst(1, state=State.ARCHIVED, clocks=to_follow)),
                opening(plain_burst(2, state=State.CLOSED, clocks=done)),
                opening(plain_burst(3)),
                opening(plain_burst(4, state=State.CLOSED, clocks=to_follow)),
            ],
            now=NOW,
        )

    with store.read() as unit:
        assert unit.bursts.with_follow_ups() == [1, 4]
        assert unit.bursts.promised_after(0, 10) == [1, 3, 4]
        assert unit.bursts.promised_after(1, 1) == [3]
