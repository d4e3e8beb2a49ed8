"""What nobody had heard when a promise was put off comes to them once it holds again, and once only."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot import clock
from bot.operations.change_severity import change_severity
from bot.operations.office import Office
from bot.operations.pause import pause
from bot.operations.release import release_due
from bot.operations.resume import resume
from bot.operations.take_up import take_up
from bot.scheduling.sweep import ring_due
from bot.slack.delivery import Tools
from bot.slack.delivery.job import Job
from bot.slack.delivery.parts import Parts, parts_of
from bot.slack.sending.attempt import attempt
from bot.slack.sending.settlement import settle
from bot.taskforce import clocks
from bot.taskforce.effects import Attention, Effect, EffectKind, person_lane
from bot.taskforce.terms import ClockKind, Notify, PauseReason, Rank
from storage.outbox import Intent, OutboxRow
from storage.terms import IntentState
from tests.lives.slack import BOT, Slack
from tests.operations.story import OWNER, accepted, by, stored

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DUE = 4e9  # real seconds, far ahead: whatever waits to be tried again is due


class Story:
    """An accepted sev2 whose time to resolve it is over: that has rung, and reached nobody yet."""

    def __init__(self, office: Office, frozen: FrozenDateTimeFactory) -> None:
        self._office, self._frozen, self.slack = office, frozen, Slack()
        self.number = accepted(office).id
        self.promise = clocks.current(stored(office, self.number), ClockKind.RESOLVE)
        self.deliver()
        self.go_to(self.promise.due_at)
        ring_due(office)
        self.unheard = {row.id for row in self.pings() if row.state is IntentState.HELD}
        assert self.unheard

    def go_to(self, at: datetime) -> None:
        self._frozen.move_to(at)

    def later(self, minutes: float) -> None:
        self._frozen.tick(timedelta(minutes=minutes))

    def release(self) -> None:
        release_due(self._office, clock.now())

    def deliver(self) -> None:
        self.release()
        self.send()

    def send(self) -> None:
        """Everything that was let go, by a sender that works."""
        tools = Tools(self.slack.gateway(), self._office.store, self._office.programme, BOT)
        while True:
            with self._office.store.write() as unit:
                rows = unit.outbox.claim("sender", 10, DUE)
            for row in rows:
                tried = row.fence > 1 or row.attempt > 0
                settle(self._office.store, attempt(row, tools, tried=tried))
            if not rows:
                return

    def pause(self) -> None:
        until = clock.now() + timedelta(hours=3)
        pause(self._office, by(OWNER), self.number, PauseReason.AWAITING_REQUESTER, until, "")

    def resume(self) -> None:
        resume(self._office, by(OWNER), self.number)

    def severity(self, impact: int, urgency: int) -> None:
        burst = stored(self._office, self.number)
        lead = self._office.programme().reach(burst, clock.now())[Notify.WORKSTREAM_LEAD][0]
        change_severity(self._office, by(lead), self.number, impact, urgency, "Seen anew")

    def ring(self) -> None:
        ring_due(self._office)

    @property
    def is_paused(self) -> bool:
        return stored(self._office, self.number).pause is not None

    def answer(self) -> str:
        """Somebody whom a step has asked takes it up; who."""
        burst = stored(self._office, self.number)
        asked = clocks.by_number(burst, self.promise.number).fired[-1].reached
        take_up(self._office, by(asked[0]), self.number)
        return asked[0]

    def pings(self) -> list[OutboxRow]:
        """Everything about the time to resolve it that is told to a person."""
        with self._office.store.read() as unit:
            found = unit.outbox.listed(tuple(IntentState), burst_id=self.number, limit=1000)
        return [
            row
            for row in found
            if row.kind is EffectKind.PING and row.subject.get("clock") == self.promise.number
        ]

    def heard(self) -> set[int]:
        """What of the unheard somebody has a message about."""
        with self._office.store.read() as unit:
            return {id_ for id_ in self.unheard if unit.posts.by_outbox(id_) is not None}

    def about_it(self, user: str | None = None) -> set[str]:
        """The messages, to this person or anybody, that speak of it."""
        with self._office.store.read() as unit:
            posts = unit.posts.find(self.number, "ping", user=user)
        return {one.ts for one in posts if json.loads(one.subject)["clock"] == self.promise.number}

    def remind(self, user: str) -> int:
        """Let this person be told of the news that are due, too; the ping."""
        burst = stored(self._office, self.number)
        number = clocks.current(burst, ClockKind.UPDATE).number
        subject: dict[str, str | int] = {"user": user, "rank": "reminder", "clock": number}
        told = Effect(EffectKind.PING, person_lane(user), subject, attention=Attention(user))
        with self._office.store.write() as unit:
            unit.outbox.add([Intent(told, burst.id, burst.version)], now=clock.now())
            return max(row.id for row in unit.outbox.listed([IntentState.HELD]))

    def was_told(self, intent_id: int) -> bool:
        with self._office.store.read() as unit:
            return unit.posts.by_outbox(intent_id) is not None


@pytest.fixture
def story(office: Office) -> Iterator[Story]:
    with freeze_time(MORNING) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield Story(office, frozen)


HOW_FAR: dict[str, Callable[[Story], object]] = {"held": lambda _story: None, "let go": Story.release}


@pytest.mark.parametrize("far", HOW_FAR.values(), ids=HOW_FAR)
class TestOfAPausedPromise:
    """However far it had come when the clock was paused."""

    def test_it_is_told_when_the_clock_goes_on(self, story: Story, far: Callable[[Story], object]) -> None:
        far(story)
        story.pause()
        story.later(1)
        story.deliver()
        assert story.heard() == set()
        story.later(30)
        story.resume()
        story.deliver()
        assert story.heard() == story.unheard

    def test_it_is_told_when_the_pause_ends_by_itself(
        self, story: Story, far: Callable[[Story], object]
    ) -> None:
        far(story)
        story.pause()
        story.deliver()
        story.later(181)
        story.ring()
        story.deliver()
        assert story.heard() == story.unheard

    def test_it_is_told_when_a_sev1_ends_the_pause(
        self, story: Story, far: Callable[[Story], object]
    ) -> None:
        far(story)
        story.pause()
        story.deliver()
        story.later(30)
        story.severity(1, 1)
        story.deliver()
        assert story.heard() == story.unheard

    def test_nobody_is_told_twice(self, story: Story, far: Callable[[Story], object]) -> None:
        far(story)
        for _ in range(2):
            story.pause()
            story.deliver()
            story.later(30)
            story.resume()
            story.deliver()
        assert len(story.about_it(OWNER)) == 1

    def test_what_is_answered_meanwhile_is_not_asked(
        self, story: Story, far: Callable[[Story], object]
    ) -> None:
        far(story)
        story.pause()
        story.deliver()
        answered_by = story.answer()
        story.later(30)
        story.resume()
        story.deliver()
        assert story.about_it(answered_by) == set()


def test_what_was_heard_before_the_pause_is_not_told_again(story: Story) -> None:
    story.deliver()
    told = story.about_it()
    assert told
    story.pause()
    story.later(30)
    story.resume()
    story.deliver()
    assert story.about_it() == told


def test_what_goes_along_is_told_though_the_clock_of_its_message_is_paused(story: Story) -> None:
    """The clock for news does not pause."""
    (asked, *_) = (row.audience for row in story.pings() if row.subject["rank"] == Rank.STEP)
    along = story.remind(str(asked))
    story.release()
    story.pause()
    story.send()
    assert story.was_told(along)
    assert story.heard() == set()
    story.later(30)
    story.resume()
    story.deliver()
    assert story.heard() == story.unheard


@pytest.mark.parametrize("then", ["resumed", "stays paused"])
def test_a_clock_that_goes_on_while_the_message_is_made(story: Story, then: str) -> None:
    """The sender has looked at the paused clock, and is not done when it is resumed."""
    story.release()
    story.pause()

    def looked(job: Job) -> Parts:
        parts = parts_of(job)
        if then == "resumed" and story.is_paused:
            story.resume()
        return parts

    with patch("bot.slack.delivery.pings.parts_of", looked):
        story.deliver()
        story.later(11)
        story.deliver()
    assert story.heard() == (story.unheard if then == "resumed" else set())


@pytest.mark.parametrize("far", HOW_FAR.values(), ids=HOW_FAR)
def test_what_was_dropped_under_another_severity_is_told_when_that_is_over(
    story: Story, far: Callable[[Story], object]
) -> None:
    far(story)
    story.severity(2, 2)
    story.deliver()
    assert story.heard() == set()
    story.later(1)
    story.severity(2, 1)
    story.ring()
    story.deliver()
    assert story.heard() == story.unheard
