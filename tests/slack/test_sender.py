"""Whatever happens on the way, each intent takes effect once and its lane goes on."""

import json
from typing import Any

import pytest
import structlog

from bot.errors import StorageFault
from bot.slack.delivery import DELIVERIES, Job, Outcome
from bot.slack.sending import attempt, settlement, unrecorded
from bot.taskforce.effects import EffectKind
from storage.terms import IntentState
from tests.slack.fake_slack import Fault, rate_limited, refusal
from tests.slack.views.bursts import CLINICAL, OPEN, OWNER, RAISER, TECHNICAL
from tests.slack.world import HOMELESS, NAME, OPENING, World, here, to

CHANNEL = "C42BURST"
POST_CARD = here(EffectKind.POST_CARD)
FAULTS = {
    "too many calls": rate_limited(0),
    "refused for now": refusal("service_unavailable"),
    "broken before": Fault(status=500, body="{}"),
    "broken after": Fault(status=500, body="{}", after=True),
    "unclear before": refusal("internal_error"),
    "unclear after": Fault(body='{"ok": false, "error": "fatal_error"}', after=True),
    "dropped before": Fault(drop=True),
    "dropped after": Fault(drop=True, after=True),
    "no answer in time, before": Fault(hang=True),
    "no answer in time, after": Fault(hang=True, after=True),
    "nonsense before": Fault(body="<html>maintenance</html>"),
    "nonsense after": Fault(body="<html>maintenance</html>", after=True),
}


def test_a_burst_gets_its_channel_with_everything_in_it(world: World) -> None:
    world.stored(HOMELESS, *OPENING)
    report = world.drain()
    [made] = [channel for channel in world.slack.channels.values() if channel["name"] == NAME]
    card, checklist = world.slack.messages[made["id"]]
    assert report.delivered == len(OPENING)
    assert world.burst().place is not None
    assert set(world.slack.made("conversations.invite")[0]["users"].split(",")) == {
        OWNER,
        RAISER,
        CLINICAL,
        TECHNICAL,
    }
    assert world.slack.pins == [(made["id"], card["ts"])]
    assert checklist["thread_ts"] == card["ts"]
    assert world.slack.made("conversations.setTopic")[0]["topic"].startswith("BURST-42")
    assert [post.ts for post in world.posts("card")] == [card["ts"]]
    assert world.rows(IntentState.PENDING, IntentState.LEASED, IntentState.PARKED) == []
    assert world.settled[0] == ("open_channel", "done")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_card_appears_once_whatever_happens_to_the_call(world: World, fault: Fault) -> None:
    world.stored(OPEN, POST_CARD)
    world.slack.fail("chat.postMessage", fault, fault)
    world.drain()
    [card] = world.slack.messages[CHANNEL]
    assert [post.ts for post in world.posts("card")] == [card["ts"]]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_channel_is_made_once_whatever_happens_to_the_call(world: World, fault: Fault) -> None:
    world.stored(HOMELESS, OPENING[0])
    world.slack.fail("conversations.create", fault, fault)
    world.drain()
    [made] = [channel for channel in world.slack.channels.values() if "burst" in channel["name"]]
    place = world.burst().place
    assert place is not None
    assert place.channel == made["id"]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_ping_appears_once_whatever_happens_to_the_call(world: World, fault: Fault) -> None:
    world.known(OWNER)
    world.stored(OPEN, to(OWNER, "assigned", clock=1))
    world.slack.fail("conversations.open", fault)
    world.slack.fail("chat.postMessage", fault, fault)
    world.drain()
    assert len(world.slack.messages["D" + OWNER[1:]]) == 1


def test_killed_between_the_call_and_its_record_nothing_appears_twice(world: World) -> None:
    world.stored(HOMELESS, *OPENING)
    for _ in OPENING:
        with world.store.write() as unit:
            [row] = unit.outbox.claim("killed", 1, 4e9)
        attempt.attempt(row, world.sender._tools, tried=False)
        with world.store.write() as unit:
            unit.outbox.rescue(["killed"])
            [row] = unit.outbox.claim("restarted", 1, 4e9)
        settlement.settle(world.store, attempt.attempt(row, world.sender._tools, tried=True))
    [made] = [channel for channel in world.slack.channels.values() if "burst" in channel["name"]]
    assert len(world.slack.messages[made["id"]]) == 2
    assert {row.state for row in world.rows()} == {IntentState.DONE}


def test_a_first_attempt_looks_for_nothing(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    world.drain()
    assert world.slack.made("conversations.history") == []


def test_where_reading_is_not_allowed_an_essential_message_is_sent_rather_than_lost(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    world.slack.fail("chat.postMessage", Fault(drop=True))
    world.slack.always_fail("conversations.history", refusal("missing_scope"))
    world.drain()
    assert len(world.slack.messages[CHANNEL]) == 1


def test_a_refused_essential_is_parked_with_its_reason_and_the_lane_goes_on(world: World) -> None:
    world.stored(OPEN, POST_CARD, here(EffectKind.SET_TOPIC))
    world.slack.always_fail("chat.postMessage", refusal("invalid_blocks"))
    with structlog.testing.capture_logs() as logs:
        report = world.drain()
    [parked] = world.rows(IntentState.PARKED)
    assert (report.parked, report.delivered) == (1, 1)
    assert "invalid_blocks" in parked.parked_reason
    assert [entry["intent"] for entry in logs if entry["event"] == "intent_parked"] == [parked.id]


def test_a_parked_intent_can_be_sent_once_its_cause_is_mended(world: World) -> None:
    world.stored(OPEN, POST_CARD)
    world.slack.always_fail("chat.postMessage", refusal("invalid_blocks"))
    world.drain()
    world.slack.mend("chat.postMessage")
    with world.store.write() as unit:
        assert unit.outbox.retry(world.rows(IntentState.PARKED)[0].id)
    assert world.drain().delivered == 1
    assert len(world.slack.messages[CHANNEL]) == 1


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        (EffectKind.PIN_CARD, "pins.add"),
        (EffectKind.SET_TOPIC, "conversations.setTopic"),
        (EffectKind.INVITE, "conversations.invite"),
    ],
)
def test_a_refused_courtesy_is_noted_once_and_the_burst_goes_on(
    world: World, kind: EffectKind, method: str
) -> None:
    world.stored(OPEN, POST_CARD, here(kind), here(kind, again=1), here(EffectKind.POST_CHECKLIST))
    world.slack.always_fail(method, refusal("restricted_action"))
    assert world.drain().parked == 0
    assert world.burst().refusals == (f"{method}: restricted_action",)
    assert len(world.slack.messages[CHANNEL]) == 2


def test_an_unexpected_error_is_tried_again_and_then_parked_without_a_word_of_text(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(job: Job) -> Outcome:
        raise ValueError(job.burst.title)

    tries: list[int] = []

    def counted(job: Job) -> Outcome:
        tries.append(job.row.attempt)
        return broken(job)

    monkeypatch.setitem(DELIVERIES, EffectKind.POST_CARD, counted)
    world.stored(OPEN, POST_CARD, here(EffectKind.SET_TOPIC))
    with structlog.testing.capture_logs() as logs:
        report = world.drain()
    [parked] = world.rows(IntentState.PARKED)
    assert tries == [0, 1, 2]
    assert report.delivered == 1
    assert parked.parked_reason.startswith("ValueError at broken")
    assert OPEN.title not in json.dumps(logs) + parked.parked_reason


def test_a_database_that_cannot_be_read_is_no_reason_to_park(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [StorageFault("busy")] * 5
    deliver = DELIVERIES[EffectKind.POST_CARD]

    def flaky(job: Job) -> Outcome:
        if failures:
            raise failures.pop()
        return deliver(job)

    monkeypatch.setitem(DELIVERIES, EffectKind.POST_CARD, flaky)
    world.stored(OPEN, POST_CARD)
    assert world.drain().delivered == 1


def test_what_slack_has_shown_is_recorded_once_the_database_takes_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.stored(OPEN, POST_CARD)
    record, failures = settlement.settle, [OSError("disk full")] * 3

    def full(*arguments: Any) -> bool:
        if failures:
            raise failures.pop()
        return record(*arguments)

    monkeypatch.setattr(unrecorded, "settle", full)
    world.drain()
    assert world.posts("card") == []
    for _ in range(3):
        world.drain()
    assert len(world.slack.messages[CHANNEL]) == 1
    assert len(world.posts("card")) == 1
    assert world.rows(IntentState.LEASED) == []


def test_an_outcome_that_can_never_be_recorded_is_parked_in_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.stored(OPEN, POST_CARD, here(EffectKind.SET_TOPIC))

    def wrong(unit: object, row: object, facts: tuple[object, ...], **more: object) -> None:
        if facts:
            raise ValueError("no such fact")

    monkeypatch.setattr(settlement, "record", wrong)
    for _ in range(unrecorded.TRIES):
        world.drain()
    [parked] = world.rows(IntentState.PARKED)
    assert parked.kind is EffectKind.POST_CARD
    assert [row.kind for row in world.rows(IntentState.DONE)] == [EffectKind.SET_TOPIC]


def test_whoever_lost_the_lease_records_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.stored(OPEN, POST_CARD)
    deliver = DELIVERIES[EffectKind.POST_CARD]

    def slow(job: Job) -> Outcome:
        outcome = deliver(job)
        with world.store.write() as unit:
            if job.row.fence == 1:
                unit.outbox.rescue(["first"])
        return outcome

    monkeypatch.setitem(DELIVERIES, EffectKind.POST_CARD, slow)
    world.drain()
    assert len(world.slack.messages[CHANNEL]) == 1
    assert len(world.posts("card")) == 1


def test_a_dead_token_stops_everything_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.stored(HOMELESS, *OPENING)
    world.slack.always_fail("conversations.create", refusal("token_revoked"))
    world.slack.always_fail("auth.test", refusal("token_revoked"))
    world.drain()
    calls = len(world.slack.calls)
    assert "token_revoked" in world.sender.refused_credentials()
    world.drain()
    assert len(world.slack.calls) == calls
    monkeypatch.setattr(world.sender, "_ask_at", 0.0)
    world.drain()
    assert len(world.slack.calls) == calls + 1
    world.slack.mend("conversations.create")
    world.slack.mend("auth.test")
    monkeypatch.setattr(world.sender, "_ask_at", 0.0)
    assert world.drain().delivered == len(OPENING)
    assert world.sender.refused_credentials() == ""


def test_a_courtesy_does_not_hide_a_dead_token(world: World) -> None:
    world.stored(OPEN, here(EffectKind.SET_TOPIC))
    world.slack.always_fail("conversations.setTopic", refusal("invalid_auth"))
    world.drain()
    assert world.burst().refusals == ()
    assert world.rows(IntentState.PENDING) != []
