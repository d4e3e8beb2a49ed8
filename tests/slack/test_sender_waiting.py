"""Waiting costs nobody anything: neither the drain, nor other lanes, nor what was sent before."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from bot import clock
from bot.slack import sender as sender_module
from bot.slack.delivery import DELIVERIES, Job, Outcome
from bot.slack.pacing import TIERS, Limit, Pacer
from bot.slack.sending import attempt
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind
from storage.terms import IntentState
from tests.slack.fake_slack import FakeSlack, Fault, rate_limited
from tests.slack.views.bursts import OPEN, OWNER
from tests.slack.world import QUICK, World, here, hurry, to

CHANNEL = "C42BURST"
POST_CARD = here(EffectKind.POST_CARD)


def test_a_short_wait_keeps_the_lease_and_is_over_within_the_drain(world: World) -> None:
    tiers = dict.fromkeys(TIERS, Limit(1e6, 10_000))
    world.sender = world.new_sender("paced", pacer=Pacer(tiers=tiers, channel=Limit(300, 1)))
    world.stored(OPEN, POST_CARD, here(EffectKind.POST_CHECKLIST))
    report = world.drain()
    assert report.delivered == 2
    assert report.postponed == 0


def test_a_long_wait_goes_back_to_the_database_and_is_not_taken_for_an_attempt(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    world.pacer.pause("chat.postMessage", 60.0)
    assert world.drain().postponed == 1
    [row] = world.rows(IntentState.PENDING)
    assert row.attempt == 0
    assert row.not_before_wall > clock.wall() + 50
    with world.store.write() as unit:
        [row] = unit.outbox.claim("first", 1, 4e9)
        unit.outbox.postpone(row.id, row.fence, not_before_wall=0.0, attempt=0)
    assert world.slack.calls == []


def test_who_gave_it_back_untouched_does_not_look_for_it(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    world.slack.fail("chat.postMessage", rate_limited(0))
    assert world.drain().delivered == 1
    assert world.slack.made("conversations.history") == []


def test_who_finds_it_given_back_by_another_does(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    world.slack.fail("chat.postMessage", rate_limited(0))
    with world.store.write() as unit:
        unit.outbox.claim("killed", 1, 4e9)
    world.sender = world.new_sender("second")
    assert world.drain().delivered == 1
    assert len(world.slack.made("conversations.history")) == 2


def test_retry_after_outlives_the_process(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    world.slack.fail("chat.postMessage", rate_limited(60))
    world.drain()
    world.new_sender("restarted")
    assert world.pacer.ready("chat.postMessage") > 50
    assert world.pacer.ready("chat.update") == 0.0


def test_a_very_long_retry_after_is_kept_to_without_asking_again_and_again(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    world.slack.fail("chat.postMessage", rate_limited(1800))
    assert world.drain().postponed == 1
    hurry(world)
    assert world.drain().postponed == 1
    assert len(world.slack.made("chat.postMessage")) == 1
    world.new_sender("restarted")
    assert world.pacer.ready("chat.postMessage") > 1700


@pytest.mark.parametrize("back_by", [600, 7200])
def test_a_clock_that_was_set_back_makes_no_pause_longer_than_slack_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch, back_by: float
) -> None:
    world.stored(OPEN, POST_CARD)
    world.slack.fail("chat.postMessage", rate_limited(60))
    world.drain()
    before = clock.wall()
    monkeypatch.setattr(clock, "wall", lambda: before - back_by)
    world.new_sender("restarted")
    assert 0.0 < world.pacer.ready("chat.postMessage") <= 60


def test_a_call_that_hangs_holds_up_neither_the_drain_nor_other_lanes(world: World) -> None:
    world.sender = world.new_sender("patient", timeout=10)
    world.known(OWNER, channel="D01")
    world.stored(OPEN, POST_CARD, to(OWNER, "assigned", clock=1))
    world.slack.fail("conversations.history", Fault(hang=True))
    world.slack.fail("chat.postMessage", Fault(hang=True))
    first = world.sender.drain(timedelta(seconds=0.5))
    later = world.sender.drain(timedelta(seconds=0))
    assert first.delivered + later.delivered == 1
    assert len(world.rows(IntentState.LEASED)) == 1


def test_one_drain_delivers_all_of_several_lanes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver, others_done = DELIVERIES[EffectKind.POST_CARD], Event()

    def slow(job: Job) -> Outcome:
        others_done.wait(5)
        return deliver(job)

    def last(job: Job) -> Outcome:
        others_done.set()
        return deliver_ping(job)

    deliver_ping = DELIVERIES[EffectKind.PING]
    monkeypatch.setitem(DELIVERIES, EffectKind.POST_CARD, slow)
    monkeypatch.setitem(DELIVERIES, EffectKind.PING, last)
    world.stored(OPEN, POST_CARD, here(EffectKind.POST_CHECKLIST), to(OWNER, "reminder", clock=1))
    assert world.drain().delivered == 3


def test_a_lane_keeps_its_order(world: World) -> None:
    burst = world.stored(OPEN)
    numbers = [world.logged(burst.id, EntryKind.UPDATE, text=f"update {n}") for n in range(5)]
    world.changed(burst.id, *(here(EffectKind.POST_NOTICE, entry=number) for number in numbers))
    world.slack.fail("chat.postMessage", Fault(drop=True), Fault(drop=True, after=True))
    world.drain()
    shown = [json.dumps(message["blocks"]) for message in world.slack.messages[CHANNEL]]
    assert [f"update {n}" in words for n, words in enumerate(shown)] == [True] * 5


def test_an_intent_of_a_burst_that_is_gone_is_dropped(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    with world.store.write() as unit:
        [row] = unit.outbox.claim("first", 1, 4e9)
    lost = attempt.attempt(replace(row, burst_id=999), world.sender._tools, tried=False)
    assert lost.state is IntentState.DROPPED


def test_closing_gives_back_what_waits_and_lets_running_calls_finish(world: World) -> None:
    tiers = dict.fromkeys(TIERS, Limit(1e6, 10_000))
    world.sender = world.new_sender("paced", pacer=Pacer(tiers=tiers, channel=Limit(15, 1)))
    world.stored(OPEN, POST_CARD, here(EffectKind.POST_CHECKLIST))
    world.sender.drain(timedelta(seconds=0.3))
    assert len(world.rows(IntentState.LEASED)) == 1
    world.sender.close()
    [waiting] = world.rows(IntentState.PENDING)
    assert (waiting.kind, waiting.attempt) == (EffectKind.POST_CHECKLIST, 0)
    assert world.sender.drain(QUICK).delivered == 0


def test_waits_double_up_to_five_minutes() -> None:
    waits = [attempt.wait_after(attempts) for attempts in (0, 1, 5, 7, 8, 400)]
    limits = [2.0, 4.0, 64.0, 256.0, 300.0, 300.0]
    assert all(limit / 2 <= wait <= limit for wait, limit in zip(waits, limits, strict=True))


def test_no_more_wait_here_than_can_be_kept_in_mind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_module, "MOST_HELD", 1)
    tiers = dict.fromkeys(TIERS, Limit(1e6, 10_000)) | {"conversations.open": Limit(15, 1)}
    world.sender = world.new_sender("paced", pacer=Pacer(tiers=tiers))
    world.stored(OPEN, *(to(f"U{n}", "reminder", clock=1) for n in range(9)))
    world.sender.drain(timedelta(seconds=0.3))
    assert len(world.rows(IntentState.LEASED)) < 9 - 1


def test_the_dead_are_taken_over_from_and_the_living_share_the_limits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.stored(OPEN, POST_CARD)
    now = [0.0]
    monkeypatch.setattr(type(world.store), "exclusive", False)
    monkeypatch.setattr("bot.slack.sending.life.clock.monotonic", lambda: now[0])
    with world.store.write() as unit:
        unit.replicas.enter("other", OPEN.opened_at)
        unit.outbox.claim("other", 1, 4e9)
    world.sender.beat()
    assert world.pacer.replicas == 2
    now[0] += 60.0
    world.sender.beat()
    assert world.pacer.replicas == 1
    assert world.rows(IntentState.PENDING) != []


def test_where_others_may_be_at_work_a_start_takes_nothing_from_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.stored(OPEN, POST_CARD)
    with world.store.write() as unit:
        unit.outbox.claim("other", 1, 4e9)
    monkeypatch.setattr(type(world.store), "exclusive", False)
    world.new_sender("second")
    assert len(world.rows(IntentState.LEASED)) == 1


def test_alone_on_the_database_a_start_takes_over_at_once(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    with world.store.write() as unit:
        unit.replicas.enter("killed", OPEN.opened_at)
        unit.outbox.claim("killed", 1, 4e9)
    world.sender = world.new_sender("restarted")
    world.sender.beat()
    assert world.drain().delivered == 1
    with world.store.read() as unit:
        assert set(unit.replicas.beats()) == {"restarted"}


def test_whoever_was_taken_for_dead_comes_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(world.store), "exclusive", False)
    with world.store.write() as unit:
        unit.replicas.leave("first")
    world.sender.beat()
    with world.store.read() as unit:
        assert "first" in unit.replicas.beats()


def test_nothing_is_claimed_while_nothing_is_due(world: World, slack: FakeSlack) -> None:
    report = world.drain()
    assert (report.delivered, report.postponed, len(slack.calls)) == (0, 0, 0)
