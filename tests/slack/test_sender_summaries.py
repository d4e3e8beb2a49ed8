"""What reaches the steering cell, the archive and the home tab."""

import json
from dataclasses import replace
from datetime import timedelta

from bot.taskforce.effects import Effect, EffectKind
from bot.taskforce.terms import ClockState, EntryKind, Standing, State
from storage.directory import Person
from storage.outbox import Intent
from storage.terms import IntentState
from tests.slack.fake_slack import Fault, refusal
from tests.slack.views.bursts import (
    CLINICAL,
    CLOSED,
    LEAD,
    MISSED,
    NOW,
    OPEN,
    OWNER,
    RAISER,
)
from tests.slack.world import ARCHIVE, STEERING, World, cell, here, to

CHANNEL = "C42BURST"
DM = "D" + OWNER[1:]
CARD = here(EffectKind.POST_CARD)
REFRESH = here(EffectKind.REFRESH_CARD)


def test_an_escalation_reaches_the_cell_with_what_the_person_wrote(world: World) -> None:
    world.stored(MISSED)
    world.logged(OPEN.id, EntryKind.ESCALATED, clock=3, step="resolve_missed", reason="the vendor is silent")
    world.changed(OPEN.id, cell(EffectKind.POST_ESCALATION, clock=3, step="resolve_missed"))
    world.drain()
    [card] = world.slack.messages[STEERING]
    assert "the vendor is silent" in json.dumps(card["blocks"])


def test_an_escalation_card_follows_the_burst_to_its_end(world: World) -> None:
    world.stored(MISSED, cell(EffectKind.POST_ESCALATION, clock=3, step="resolve_missed"))
    world.drain()
    world.changed(
        OPEN.id, cell(EffectKind.REFRESH_ESCALATION, clock=3, step="resolve_missed"), taken_up_by=LEAD
    )
    world.drain()
    [card] = world.slack.messages[STEERING]
    assert LEAD in json.dumps(card["blocks"])
    world.changed(OPEN.id, cell(EffectKind.REFRESH_ESCALATION), state=State.CLOSED)
    world.drain()
    assert "steering_take" not in json.dumps(card["blocks"])


def test_an_escalation_card_tells_what_was_done_about_it_since(world: World) -> None:
    world.stored(MISSED)
    world.logged(OPEN.id, EntryKind.ACTION, actor=LEAD, extended=3, reason="earlier")
    world.logged(OPEN.id, EntryKind.ESCALATED, clock=3, step="resolve_missed")
    world.changed(OPEN.id, cell(EffectKind.POST_ESCALATION, clock=3, step="resolve_missed"))
    world.drain()
    world.logged(OPEN.id, EntryKind.ACTION, actor=OWNER, text="the vendor was called")
    world.logged(OPEN.id, EntryKind.ACTION, actor=LEAD, extended=3, kind="resolve")
    world.logged(OPEN.id, EntryKind.MISSED, actor="system", clock=9, kind="take_up")
    world.changed(OPEN.id, cell(EffectKind.REFRESH_ESCALATION))
    world.drain()
    [card] = world.slack.messages[STEERING]
    (done,) = (text for block in card["blocks"] if "What was done" in (text := json.dumps(block)))
    assert done.count("extended the time") == 1
    assert "logged an action" not in done
    assert "Answer to the escalation: the time was missed" in done


def test_an_escalation_card_that_is_up_to_date_or_gone_is_left(world: World) -> None:
    world.stored(
        MISSED,
        cell(EffectKind.POST_ESCALATION, clock=3, step="resolve_missed"),
        cell(EffectKind.REFRESH_ESCALATION),
    )
    world.drain()
    assert world.slack.made("chat.update") == []
    world.slack.messages[STEERING].clear()
    world.changed(OPEN.id, cell(EffectKind.REFRESH_ESCALATION))
    assert world.drain().parked == 0
    world.changed(OPEN.id, cell(EffectKind.REFRESH_ESCALATION))
    world.slack.fail("chat.update", refusal("invalid_blocks"))
    assert world.drain().parked == 1


def test_nobody_is_asked_to_decide_about_an_ended_burst(world: World) -> None:
    world.stored(CLOSED, cell(EffectKind.POST_ESCALATION, clock=3, step="resolve_missed"))
    world.drain()
    assert world.slack.calls == []


def test_without_a_steering_channel_the_escalation_waits_for_the_administrator(world: World) -> None:
    world.stored(MISSED, cell(EffectKind.POST_ESCALATION, clock=3, step="resolve_missed"))
    world.slack.fail("chat.postMessage", refusal("channel_not_found"))
    assert world.drain().parked == 1
    with world.store.write() as unit:
        unit.outbox.retry(world.rows(IntentState.PARKED)[0].id)
    world.drain()
    assert len(world.slack.messages[STEERING]) == 1


def test_people_are_named_as_slack_names_them_even_when_they_are_not_on_the_burst(world: World) -> None:
    with world.store.write() as unit:
        person = Person("U0CELL", "T0", "cell", "Sam Steering", "", "", "", Standing.MEMBER, NOW)
        unit.directory.put(person)
    world.stored(OPEN)
    entry = world.logged(OPEN.id, EntryKind.DECISION, actor="U0CELL", text="go", right="scope")
    world.changed(OPEN.id, here(EffectKind.POST_NOTICE, entry=entry))
    world.drain()
    assert "Sam Steering" in json.dumps(world.slack.messages[CHANNEL][0]["blocks"])


def test_the_summary_of_a_closed_burst_goes_to_the_archive(world: World) -> None:
    world.stored(CLOSED, here(EffectKind.POST_SUMMARY))
    world.drain()
    summary, _pdf = world.slack.messages[ARCHIVE]
    assert summary["text"] == "BURST-42 · Resolved"
    assert len(world.posts("summary")) == 1


def test_of_a_private_burst_the_archive_shows_its_key_and_its_readers_get_the_rest(world: World) -> None:
    world.stored(replace(CLOSED, private=True), here(EffectKind.POST_SUMMARY))
    world.drain()
    assert world.words(ARCHIVE) == ["BURST-42 · closed"]
    for user in (RAISER, OWNER, CLINICAL, LEAD):
        [message] = world.slack.messages["D" + user[1:]]
        assert "worklist" in json.dumps(message["blocks"])


def test_readers_are_told_once_though_one_cannot_be_reached_and_a_call_is_lost(world: World) -> None:
    world.stored(replace(CLOSED, private=True), here(EffectKind.POST_SUMMARY))
    lost = Fault(drop=True, after=True)
    world.slack.fail("conversations.open", refusal("user_disabled"))
    world.slack.fail("chat.postMessage", lost, lost, lost)
    world.drain()
    told = [len(messages) for channel, messages in world.slack.messages.items() if channel.startswith("D")]
    assert set(told) == {1}
    assert world.words(ARCHIVE) == ["BURST-42 · closed"]


def test_a_burst_that_was_reopened_has_no_summary_yet(world: World) -> None:
    world.stored(OPEN, here(EffectKind.POST_SUMMARY))
    world.drain()
    assert world.slack.calls == []


def test_a_home_tab_shows_ones_own_and_no_secrets_of_others(world: World) -> None:
    world.stored(replace(OPEN, id=7, title="mine and private", private=True))
    world.stored(
        replace(
            OPEN,
            id=8,
            raiser="U1",
            owner="U1",
            clinical_lead=None,
            technical_lead=None,
            participants=(),
            title="somebody else's secret",
            private=True,
        )
    )
    world.stored(
        replace(
            OPEN,
            id=9,
            raiser="U1",
            owner="U1",
            clinical_lead=None,
            technical_lead=None,
            participants=(),
            title="somebody else's",
        )
    )
    with world.store.write() as unit:
        effect = Effect(EffectKind.PUBLISH_HOME, f"person:{OWNER}", {"user": OWNER})
        unit.outbox.add([Intent(effect, None, 0)], now=NOW)
    world.drain()
    shown = json.dumps(world.slack.homes[OWNER])
    assert "mine and private" in shown
    assert "secret" not in shown
    assert "somebody else's" in shown


def test_an_intent_that_needs_a_burst_and_has_none_is_parked_in_the_end(world: World) -> None:
    with world.store.write() as unit:
        unit.outbox.add([Intent(Effect(EffectKind.POST_CARD, "burst:0", {}), None, 0)], now=NOW)
    assert world.drain().parked == 1


def test_late_answers_are_told_with_policy_time(world: World) -> None:
    world.stored(OPEN, to(OWNER, "assigned", clock=1))
    world.drain()
    late = NOW + timedelta(hours=2)
    met = (replace(OPEN.clocks[0], state=ClockState.MET, met_at=late), *OPEN.clocks[1:])
    world.changed(OPEN.id, cell(EffectKind.SETTLE_PINGS, clock=1), clocks=met)
    world.drain()
    assert "late" in world.words(DM)[0]
