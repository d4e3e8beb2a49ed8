"""The watchdog over its office: what two looks see is counted, told to each administrator once, and told again when it is over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot.operations import watchdog
from bot.operations.office import Office
from bot.operations.watchdog import Watchdog
from bot.programme import Programme
from bot.scheduling.sweep import ring_due
from bot.taskforce.auditing.watching import Alarm
from bot.taskforce.effects import EffectKind
from storage import Store
from storage.outbox import OutboxRow
from storage.terms import IntentState
from tests.operations.story import TEAM, opened

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def office(store: Store, programme: Programme) -> Office:
    """An office whose sweep may be broken, so that its rows prove nothing in the end."""
    return Office(store, lambda: programme, TEAM)


@pytest.fixture
def time() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(TUESDAY) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


def looks(dog: Watchdog, time: FrozenDateTimeFactory, times: int = 2) -> None:
    """So many looks, a minute apart."""
    for _ in range(times):
        time.tick(timedelta(minutes=1))
        dog.watch()


def alarms(office: Office) -> list[OutboxRow]:
    with office.store.read() as unit:
        rows = unit.outbox.listed([IntentState.PENDING], limit=1000)
    return [row for row in rows if row.kind is EffectKind.TELL_ADMINISTRATOR]


def test_a_sweep_that_keeps_up_gives_no_alarm(office: Office, time: FrozenDateTimeFactory) -> None:
    opened(office)
    dog = Watchdog(office, "first")
    for _ in range(40):
        ring_due(office)
        looks(dog, time, 1)
    assert alarms(office) == []
    assert dog.count(Alarm.NOT_FIRED) == dog.count(Alarm.NEVER_ARMED) == 0


def test_a_dead_sweep_is_found_at_the_second_look_and_told_once(
    office: Office, time: FrozenDateTimeFactory
) -> None:
    number = opened(office).id
    dog = Watchdog(office, "first")
    time.tick(timedelta(minutes=40))
    looks(dog, time, 1)
    assert alarms(office) == []
    looks(dog, time, 5)
    (row,) = alarms(office)
    assert row.subject["user"] == office.programme().administrators[0]
    assert row.subject["bursts"] == str(number)
    assert row.subject["not_fired"] == dog.count(Alarm.NOT_FIRED) > 0
    assert row.burst_id is None


def test_that_it_is_over_is_told_an_hour_later_at_the_earliest(
    office: Office, time: FrozenDateTimeFactory
) -> None:
    opened(office)
    dog = Watchdog(office, "first")
    time.tick(timedelta(minutes=40))
    looks(dog, time)
    ring_due(office)
    looks(dog, time)
    assert dog.count(Alarm.NOT_FIRED) == 0
    assert len(alarms(office)) == 1
    for _ in range(60):
        ring_due(office)
        looks(dog, time, 1)
    assert [row.subject["not_fired"] for row in alarms(office)][1:] == [0]


def test_a_restarted_bot_remembers_what_it_told(office: Office, time: FrozenDateTimeFactory) -> None:
    opened(office)
    time.tick(timedelta(minutes=40))
    looks(Watchdog(office, "first"), time)
    looks(Watchdog(office, "second"), time)
    assert len(alarms(office)) == 1


def test_a_row_that_would_sleep_for_ever_is_found(office: Office, time: FrozenDateTimeFactory) -> None:
    number = opened(office).id
    with office.store.write() as unit:
        unit.clocks.set_aside(number, 3, TUESDAY + timedelta(days=400))
    dog = Watchdog(office, "first")
    looks(dog, time)
    assert (dog.count(Alarm.NEVER_ARMED), dog.count(Alarm.NOT_FIRED)) == (1, 0)


def test_of_several_processes_one_looks(office: Office, time: FrozenDateTimeFactory) -> None:
    opened(office)
    with office.store.write() as unit:
        for name in ("first", "second"):
            unit.replicas.enter(name, TUESDAY)
    time.tick(timedelta(minutes=40))
    idle, busy = Watchdog(office, "second"), Watchdog(office, "first")
    looks(idle, time)
    assert alarms(office) == []
    with office.store.write() as unit:
        unit.replicas.leave("first")
    looks(idle, time)
    assert len(alarms(office)) == 1
    assert busy.count(Alarm.NOT_FIRED) == 0


def test_slices_see_every_burst_in_turn(
    office: Office, time: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        opened(office)
    whole, sliced = Watchdog(office, "first"), Watchdog(office, "first")
    time.tick(timedelta(minutes=40))
    looks(whole, time)
    monkeypatch.setattr(watchdog, "SLICE", 2)
    monkeypatch.setattr(watchdog, "AGAIN", 1)
    looks(sliced, time)
    assert 0 < sliced.count(Alarm.NOT_FIRED) < whole.count(Alarm.NOT_FIRED)
    looks(sliced, time, 4)
    assert sliced.count(Alarm.NOT_FIRED) == whole.count(Alarm.NOT_FIRED)


def test_its_age_is_that_of_the_last_look(office: Office, time: FrozenDateTimeFactory) -> None:
    dog = Watchdog(office, "first")
    time.tick(timedelta(seconds=90))
    assert dog.age() == pytest.approx(90, abs=1)
    dog.watch()
    assert dog.age() == pytest.approx(0, abs=1)
