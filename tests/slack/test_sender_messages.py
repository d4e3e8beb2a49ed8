"""Cards, notices, pings, escalations and summaries: sent from the state of the moment, or not at all."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.operations.filing import file_away
from bot.slack.ids import Action
from bot.taskforce.burst import Burst, SignOff
from bot.taskforce.effects import Effect, EffectKind
from bot.taskforce.moot import is_moot
from bot.taskforce.terms import ClockState, EntryKind, Seat, State
from storage.terms import IntentState
from tests.slack.fake_slack import Fault, refusal
from tests.slack.views.bursts import (
    ACCEPTED,
    CLINICAL,
    CLOSED,
    LEAD,
    NOW,
    OPEN,
    OWNER,
    PAUSED,
    RAISER,
    RESOLVED,
)
from tests.slack.world import World, cell, here, to

CHANNEL = "C42BURST"
DM = "D" + OWNER[1:]
CARD = here(EffectKind.POST_CARD)
REFRESH = here(EffectKind.REFRESH_CARD)


def test_a_card_is_posted_once_for_a_place(world: World) -> None:
    world.stored(OPEN, CARD, here(EffectKind.POST_CARD, again=1))
    world.drain()
    assert len(world.slack.messages[CHANNEL]) == 1
    assert len(world.rows(IntentState.DROPPED)) == 1


def test_a_refreshed_card_shows_the_state_of_the_moment(world: World) -> None:
    world.stored(OPEN, CARD)
    world.drain()
    world.changed(OPEN.id, REFRESH, title="now it is the archive")
    world.drain()
    [card] = world.slack.messages[CHANNEL]
    assert "now it is the archive" in json.dumps(card["blocks"])
    assert world.posts("card")[0].version == world.burst().version


def test_a_card_that_is_newer_already_is_left_alone(world: World) -> None:
    world.stored(OPEN, CARD, REFRESH)
    world.drain()
    assert world.slack.made("chat.update") == []


def test_there_is_nothing_to_refresh_before_the_card_is_posted(world: World) -> None:
    world.stored(OPEN, REFRESH, here(EffectKind.PIN_CARD), here(EffectKind.REFRESH_CHECKLIST))
    world.drain()
    assert world.slack.calls == []


def test_a_card_that_somebody_deleted_comes_back(world: World) -> None:
    world.stored(OPEN, CARD)
    world.drain()
    world.slack.messages[CHANNEL].clear()
    world.changed(OPEN.id, REFRESH)
    world.drain()
    [card] = world.slack.messages[CHANNEL]
    assert world.posts("card")[-1].ts == card["ts"]


def test_a_deleted_checklist_comes_back_under_the_card(world: World) -> None:
    world.stored(OPEN, CARD, here(EffectKind.POST_CHECKLIST))
    world.drain()
    card = world.slack.messages[CHANNEL][0]
    del world.slack.messages[CHANNEL][1]
    world.changed(OPEN.id, here(EffectKind.REFRESH_CHECKLIST))
    world.drain()
    assert world.slack.messages[CHANNEL][1]["thread_ts"] == card["ts"]


def test_a_card_that_slack_will_not_change_is_parked(world: World) -> None:
    world.stored(OPEN, CARD)
    world.drain()
    world.changed(OPEN.id, REFRESH)
    world.slack.fail("chat.update", refusal("msg_too_long"))
    assert world.drain().parked == 1


def test_a_checklist_without_a_card_stands_by_itself(world: World) -> None:
    world.stored(OPEN, here(EffectKind.POST_CHECKLIST), here(EffectKind.POST_CHECKLIST, again=1))
    world.drain()
    [checklist] = world.slack.messages[CHANNEL]
    assert "thread_ts" not in checklist


def test_an_empty_checklist_is_not_posted(world: World) -> None:
    world.stored(replace(OPEN, checklist=()), here(EffectKind.POST_CHECKLIST))
    world.drain()
    assert world.slack.calls == []


def test_what_was_solved_before_is_named_once_and_opened_by_whoever_may_read_it(world: World) -> None:
    solved_before(world, private=False)
    world.stored(OPEN, here(EffectKind.POST_PRECEDENTS), here(EffectKind.POST_PRECEDENTS, again=1))
    world.drain()
    [shown] = world.slack.messages[CHANNEL]
    told = json.dumps(shown["blocks"])
    assert "BURST-7" in told
    assert Action.ARCHIVE_OPEN in told
    assert CLOSED.resolution is not None
    assert CLOSED.resolution.fix not in told  # a guest may be in the channel


def test_private_bursts_that_were_solved_are_not_shown_in_a_channel(world: World) -> None:
    solved_before(world, private=True)
    world.stored(OPEN, here(EffectKind.POST_PRECEDENTS))
    world.drain()
    assert world.slack.calls == []


def solved_before(world: World, *, private: bool) -> None:
    """An archived burst about the same blocker."""
    world.stored(replace(CLOSED, id=7, private=private))
    with world.store.write() as unit:
        found = unit.bursts.get(7)
        assert found is not None
        file_away(unit, found)


def test_a_notice_tells_its_entry_of_the_log(world: World) -> None:
    world.stored(OPEN)
    entry = world.logged(OPEN.id, EntryKind.UPDATE, text="the rule is found")
    world.changed(OPEN.id, here(EffectKind.POST_NOTICE, entry=entry))
    world.drain()
    [notice] = world.slack.messages[CHANNEL]
    assert "the rule is found" in json.dumps(notice["blocks"])


@pytest.mark.parametrize(("later", "told"), [(timedelta(minutes=1), False), (timedelta(), True)])
def test_evidence_that_waits_before_the_resolution_is_told_with_it(
    world: World, later: timedelta, *, told: bool
) -> None:
    world.stored(replace(RESOLVED, resolved_at=NOW + later))
    piece, fix = (
        world.logged(OPEN.id, kind, kind="header_dump", text="All five")
        for kind in (EntryKind.EVIDENCE, EntryKind.RESOLVED)
    )
    world.changed(OPEN.id, *(here(EffectKind.POST_NOTICE, entry=entry) for entry in (piece, fix)))
    world.drain()
    *before, resolved = world.slack.messages[CHANNEL]
    assert bool(before) is told
    assert "C-FIND of 20 studies" in json.dumps(resolved["blocks"])


@pytest.mark.parametrize("subject", [{"entry": 99}, {}])
def test_a_notice_of_no_entry_is_dropped(world: World, subject: dict[str, int]) -> None:
    world.stored(OPEN, here(EffectKind.POST_NOTICE, **subject))
    world.drain()
    assert world.slack.calls == []


def test_without_a_place_nothing_is_told(world: World) -> None:
    world.stored(replace(OPEN, place=None), CARD, REFRESH, here(EffectKind.SET_TOPIC))
    world.drain()
    assert world.slack.calls == []


def test_a_topic_is_not_forced_upon_a_channel_that_is_not_ours(world: World) -> None:
    assert OPEN.place is not None
    world.stored(replace(OPEN, place=replace(OPEN.place, ours=False)), here(EffectKind.SET_TOPIC))
    world.drain()
    assert world.slack.calls == []


def test_a_ping_arrives_in_the_dm_which_is_opened_once(world: World) -> None:
    world.known(OWNER)
    world.stored(OPEN, to(OWNER, "assigned", clock=1), to(OWNER, "reminder", clock=3))
    world.drain()
    assert world.words(DM)[0].startswith("You are the accountable owner of BURST-42.")
    assert len(world.words(DM)) == 2
    assert len(world.slack.made("conversations.open")) == 1


def test_a_person_whom_the_directory_does_not_know_is_reached_too(world: World) -> None:
    world.stored(OPEN, to(LEAD, "step", clock=1, step="accept_lead"))
    world.drain()
    assert len(world.slack.messages["D" + LEAD[1:]]) == 1


@pytest.mark.parametrize(
    ("burst", "effect"),
    [
        (ACCEPTED, to(OWNER, "assigned", clock=1)),
        (ACCEPTED, to(OWNER, "missed", clock=1)),
        (replace(OPEN, owner="U0NEW"), to(OWNER, "assigned", clock=1)),
        (PAUSED, to(OWNER, "reminder", clock=3)),
        (CLOSED, to(OWNER, "reminder", clock=3)),
        (ACCEPTED, to(CLINICAL, "asked", ask="sign_off")),
        (replace(RESOLVED, raiser_answer="works"), to(RAISER, "asked", ask="confirm")),
        (OPEN, to("", "reminder", clock=1)),
    ],
    ids=["accepted", "kept", "handed over", "paused", "closed", "sent back", "confirmed", "nobody"],
)
def test_a_ping_that_asks_for_nothing_any_more_is_dropped(world: World, burst: Burst, effect: Effect) -> None:
    world.stored(burst, effect)
    world.drain()
    assert world.slack.calls == []
    assert len(world.rows(IntentState.DROPPED)) == 1


def test_a_signature_answers_the_one_who_gave_it_until_it_is_voided() -> None:
    given = SignOff(Seat.CLINICAL_LEAD, CLINICAL, NOW)
    asked = {"rank": "asked", "ask": "sign_off", "user": CLINICAL}
    assert not is_moot(RESOLVED, asked)
    assert is_moot(replace(RESOLVED, sign_offs=(given,)), asked)
    assert not is_moot(replace(RESOLVED, sign_offs=(given,)), {**asked, "user": OWNER})
    assert not is_moot(replace(RESOLVED, sign_offs=(replace(given, voided_at=NOW),)), asked)


def test_a_ping_about_no_clock_stands_while_the_burst_lives() -> None:
    assert not is_moot(OPEN, {"rank": "reminder", "user": OWNER})


@pytest.mark.parametrize("code", ["user_disabled", "user_not_found"])
def test_a_person_who_cannot_be_reached_holds_nobody_up(world: World, code: str) -> None:
    world.stored(OPEN, to("U0GONE", "reminder", clock=1), to("U0GONE", "missed", clock=3))
    world.slack.always_fail("conversations.open", refusal(code))
    assert world.drain().parked == 0
    assert world.burst().refusals == (f"conversations.open: {code}",)


def test_a_ping_that_slack_cannot_read_is_parked(world: World) -> None:
    world.stored(OPEN, to(OWNER, "reminder", clock=1))
    world.slack.fail("chat.postMessage", refusal("invalid_blocks"))
    assert world.drain().parked == 1


def test_kept_promises_are_said_where_they_were_asked_for(world: World) -> None:
    world.stored(OPEN, to(OWNER, "assigned", clock=1), to(LEAD, "step", clock=1, step="accept_lead"))
    world.drain()
    met = (replace(OPEN.clocks[0], state=ClockState.MET, met_at=NOW), *OPEN.clocks[1:])
    world.changed(
        OPEN.id,
        cell(EffectKind.SETTLE_PINGS, clock=1),
        clocks=met,
        state=State.ACCEPTED,
        accepted_at=NOW,
    )
    world.drain()
    assert "in time" in world.words(DM)[0]
    assert "in time" in world.words("D" + LEAD[1:])[0]
    assert all(post.settled_at is not None for post in world.posts("ping"))


def test_pings_about_other_clocks_stay(world: World) -> None:
    world.stored(OPEN, to(OWNER, "reminder", clock=3))
    world.drain()
    world.changed(OPEN.id, cell(EffectKind.SETTLE_PINGS, clock=1))
    world.drain()
    assert world.slack.made("chat.update") == []


def test_whoever_answered_is_thanked_while_others_are_still_asked(world: World) -> None:
    world.stored(RESOLVED, *(to(user, "asked", ask="sign_off", clock=1) for user in ("U1", "U2")))
    world.drain()
    asked = {post.user for post in world.posts("ping")}
    world.changed(RESOLVED.id, cell(EffectKind.SETTLE_PINGS, clock=1, user="U1", ask="confirm"))
    world.drain()
    assert world.slack.made("chat.update") == []
    world.changed(RESOLVED.id, cell(EffectKind.SETTLE_PINGS, clock=1, user="U1", ask="sign_off"))
    world.drain()
    assert asked == {"U1", "U2"}
    assert [post.user for post in world.posts("ping") if post.settled_at is not None] == ["U1"]


def test_settling_waits_for_a_ping_that_is_on_its_way(world: World) -> None:
    world.stored(OPEN, to(OWNER, "reminder", clock=3))
    with world.store.write() as unit:
        [ping] = unit.outbox.claim("other", 1, 4e9)
    world.changed(OPEN.id, cell(EffectKind.SETTLE_PINGS, clock=3))
    assert world.drain().postponed == 1
    with world.store.write() as unit:
        unit.outbox.complete(ping.id, ping.fence)
    assert world.rows(IntentState.PENDING)[0].attempt == 0


def test_a_settled_ping_is_not_touched_again(world: World) -> None:
    world.stored(OPEN, to(OWNER, "reminder", clock=3))
    world.drain()
    for _ in range(2):
        world.changed(OPEN.id, cell(EffectKind.SETTLE_PINGS, clock=3))
        world.drain()
    assert len(world.slack.made("chat.update")) == 1


def test_settling_goes_on_past_a_ping_that_was_deleted_and_a_broken_call(world: World) -> None:
    people = ("U1", "U2", "U3")
    world.stored(OPEN, *(to(user, "reminder", clock=3) for user in people))
    world.drain()
    world.slack.messages["D1"].clear()
    world.slack.fail("chat.update", Fault(status=500, body="{}"))
    world.changed(OPEN.id, cell(EffectKind.SETTLE_PINGS, clock=3))
    world.drain()
    assert all(post.settled_at is not None for post in world.posts("ping"))
    assert len(world.slack.made("chat.update")) == 4


def test_a_refusal_that_is_about_the_message_stops_the_settling(world: World) -> None:
    world.stored(OPEN, to(OWNER, "reminder", clock=3))
    world.drain()
    world.slack.fail("chat.update", refusal("invalid_blocks"))
    world.changed(OPEN.id, cell(EffectKind.SETTLE_PINGS, clock=3))
    assert world.drain().parked == 1
