"""Policy time can be moved by a file, and by nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from bot import clock
from bot.clock import Shift

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def shift_file(tmp_path: Path) -> Iterator[Path]:
    """A clock file in use for one test."""
    file = tmp_path / "clock.json"
    clock.use_shift_file(file)
    yield file
    clock.use_shift_file(None)


@freeze_time(NOON)
def test_without_a_file_policy_time_is_the_machines() -> None:
    """Aware and in UTC."""
    assert clock.now() == NOON


@freeze_time(NOON)
def test_a_file_that_is_not_there_yet_moves_nothing(shift_file: Path) -> None:
    """The demo writes it when it first moves time."""
    assert not shift_file.exists()
    assert clock.now() == NOON


@freeze_time(NOON)
def test_an_offset_moves_policy_time_at_once(shift_file: Path) -> None:
    """A running process sees it without a restart."""
    clock.write_shift(shift_file, Shift(timedelta(hours=2)))
    assert clock.now() == NOON + timedelta(hours=2)
    clock.write_shift(shift_file, Shift(timedelta(days=1)))
    assert clock.now() == NOON + timedelta(days=1)


def test_a_rate_lets_policy_time_run_faster(shift_file: Path) -> None:
    """Sixty times as fast: a minute of the machine is an hour of promises."""
    clock.write_shift(shift_file, Shift(rate=60.0, since=NOON))
    with freeze_time(NOON + timedelta(minutes=1)):
        assert clock.now() == NOON + timedelta(hours=1)


def test_a_shift_survives_being_written_and_read(shift_file: Path) -> None:
    """Nothing is rounded away."""
    shift = Shift(timedelta(seconds=-90), 2.5, NOON)
    clock.write_shift(shift_file, shift)
    assert clock.read_shift(shift_file) == shift
