"""A severity that goes there and back: whoever had not heard of a miss hears of it once, and nobody twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot import clock
from bot.operations.accept import accept
from bot.operations.change_severity import change_severity
from bot.operations.office import Office
from bot.operations.release import release_due
from bot.scheduling.sweep import ring_due
from bot.taskforce import clocks
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import ClockKind, EntryKind, Notify, Severity
from storage.outbox import OutboxRow
from storage.terms import IntentState
from tests.operations.story import OWNER, by, opened

MISSED_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class Story:
    """A sev2 that nobody accepted in time; nothing of that has reached anybody yet."""

    def __init__(self, office: Office, frozen: FrozenDateTimeFactory) -> None:
        self._office, self._frozen = office, frozen
        self.burst = opened(office)
        self.release()
        self.later(30)
        ring_due(office)
        accept_by = clocks.current(self.burst, ClockKind.ACCEPT).number
        about = [row for row in self.pings() if row.subject.get("clock") == accept_by]
        self.told = [row.id for row in about if row.created_at == MISSED_AT]
        assert self.told

    def later(self, minutes: float) -> None:
        self._frozen.tick(timedelta(minutes=minutes))

    def release(self) -> None:
        release_due(self._office, clock.now())

    def severity(self, impact: int, urgency: int) -> Burst:
        lead = self._office.programme().reach(self.burst, clock.now())[Notify.WORKSTREAM_LEAD][0]
        return change_severity(self._office, by(lead), self.burst.id, impact, urgency, "Seen anew")

    def there(self) -> None:
        self.later(1)
        assert self.severity(2, 2).severity is Severity.SEV3
        self.later(1)
        self.release()

    def back(self) -> None:
        self.later(1)
        assert self.severity(1, 2).severity is Severity.SEV2
        self.later(1)
        ring_due(self._office)
        self.release()

    def find_moot(self) -> None:
        """The sender comes to what was let go, and finds nothing to say."""
        with self._office.store.write() as unit:
            while rows := unit.outbox.claim("sender", 100, clock.wall()):
                for row in rows:
                    settle = unit.outbox.drop if row.id in self.told else unit.outbox.complete
                    assert settle(row.id, row.fence)

    def accept(self) -> None:
        accept(self._office, by(OWNER), self.burst.id)

    def pings(self) -> list[OutboxRow]:
        with self._office.store.read() as unit:
            found = unit.outbox.listed(tuple(IntentState), burst_id=self.burst.id, limit=1000)
        return [row for row in found if row.kind is EffectKind.PING]

    def in_state(self, *states: IntentState) -> list[int]:
        return [row.id for row in self.pings() if row.id in self.told and row.state in states]

    def misses(self) -> int:
        with self._office.store.read() as unit:
            entries = unit.log.entries(self.burst.id)
        return sum(
            entry.kind is EntryKind.MISSED and (entry.body or {})["kind"] == "accept" for entry in entries
        )


@pytest.fixture
def story(office: Office) -> Iterator[Story]:
    with freeze_time(MISSED_AT - timedelta(minutes=30)) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield Story(office, frozen)


def test_what_was_not_heard_before_the_change_is_told_after_it(story: Story) -> None:
    story.there()
    assert story.in_state(IntentState.DROPPED) == story.told
    story.back()
    assert story.in_state(IntentState.PENDING, IntentState.MERGED) == story.told
    assert story.misses() == 1


def test_what_was_let_go_and_not_sent_before_the_change_is_told_after_it(story: Story) -> None:
    """Slack was out of reach until it was milder."""
    story.release()
    story.there()
    story.find_moot()
    assert story.in_state(IntentState.DROPPED) == story.told
    story.back()
    assert story.in_state(IntentState.PENDING, IntentState.MERGED) == story.told


def test_what_was_heard_before_the_change_is_not_told_again(story: Story) -> None:
    story.release()
    known = {row.id for row in story.pings()}
    story.there()
    story.back()
    assert {row.id for row in story.pings()} == known
    assert story.misses() == 1


def test_what_still_waits_when_it_is_back_goes_on_waiting(story: Story) -> None:
    story.later(1)
    story.severity(2, 2)
    story.back()
    assert story.in_state(IntentState.PENDING, IntentState.MERGED) == story.told


def test_what_was_settled_for_another_reason_stays_dropped(story: Story) -> None:
    """The owner accepts while it is milder: that the sev2 is back asks nothing of them."""
    story.there()
    story.accept()
    story.back()
    assert story.in_state(IntentState.DROPPED) == story.told
