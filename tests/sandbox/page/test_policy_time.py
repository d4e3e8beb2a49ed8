"""Policy time is read from the file that the app reads, and moved by it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from bot import clock
from bot.sandbox.page.policy_time import PolicyTime

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock.json"


def test_without_a_file_it_is_the_machines_and_cannot_be_moved() -> None:
    time = PolicyTime(None)
    with freeze_time(NOON):
        assert time.now() == NOON
    with pytest.raises(ValueError, match="no file"):
        time.forward(timedelta(minutes=1))


def test_what_the_page_moves_is_what_the_app_reads(file: Path) -> None:
    time = PolicyTime(file)
    with freeze_time(NOON) as machine:
        time.forward(timedelta(minutes=15))
        time.run(60)
        machine.tick(timedelta(minutes=1))
        expected = NOON + timedelta(minutes=15 + 60)
        assert time.now() == expected
        assert clock.read_shift(file).applied_to(clock.machine()) == expected


def test_it_never_goes_back(file: Path) -> None:
    time = PolicyTime(file)
    with pytest.raises(ValueError, match="only moves forward"):
        time.forward(timedelta(minutes=-1))
    with pytest.raises(ValueError, match="at least as fast"):
        time.run(0)


def test_what_happened_keeps_the_time_at_which_it_happened(file: Path) -> None:
    time = PolicyTime(file)
    with freeze_time(NOON) as machine:
        file.write_text(json.dumps({"offset_seconds": 3600.0, "rate": 1.0, "since": None}))
        assert time.refresh()
        assert not time.refresh()
        machine.tick(timedelta(minutes=5))
        time.forward(timedelta(days=1))
        machine.tick(timedelta(minutes=5))
        assert time.at(NOON + timedelta(minutes=1)) == NOON + timedelta(hours=1, minutes=1)
        assert time.at(NOON + timedelta(minutes=8)) == NOON + timedelta(days=1, hours=1, minutes=8)
