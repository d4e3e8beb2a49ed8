"""Where a burst lives when Slack lets us make no channel, or when its channel is gone."""

from dataclasses import replace

import pytest

from bot.operations.deliveries import Placed, PlaceLost, Posted, record
from bot.slack.delivery.fallback import ATTACH
from bot.slack.delivery.naming import channel_names
from bot.taskforce import lifecycle
from bot.taskforce.burst import Place
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind
from storage.terms import IntentState
from tests.slack.fake_slack import BOT_USER, Fault, refusal
from tests.slack.views.bursts import CLOSED, NOW, OPEN, OWNER
from tests.slack.world import HOMELESS, NAME, OPENING, STREAM, World, here, hurry

REFUSALS = [
    "restricted_action",
    "cannot_create_channel",
    "no_permission",
    "user_is_restricted",
    "missing_scope",
]


@pytest.mark.parametrize("code", REFUSALS)
def test_without_a_channel_the_burst_lives_in_a_thread_of_its_workstream(world: World, code: str) -> None:
    world.stored(HOMELESS, *OPENING)
    world.slack.always_fail("conversations.create", refusal(code))
    world.drain()
    card, checklist = world.slack.messages[STREAM]
    burst = world.burst()
    assert burst.place == Place(STREAM, card["ts"], ours=False)
    assert code in burst.place_lost
    assert checklist["thread_ts"] == card["ts"]
    assert world.rows(IntentState.PENDING, IntentState.PARKED) == []


def test_a_thread_in_somebody_elses_channel_is_not_furnished(world: World) -> None:
    world.stored(HOMELESS, *OPENING)
    world.slack.always_fail("conversations.create", refusal("restricted_action"))
    world.drain()
    assert world.slack.made("conversations.invite") == []
    assert world.slack.made("conversations.setTopic") == []
    assert world.slack.pins == []


def test_what_happens_later_is_told_in_the_thread(world: World) -> None:
    world.stored(HOMELESS, *OPENING)
    world.slack.always_fail("conversations.create", refusal("restricted_action"))
    world.drain()
    entry = world.logged(OPEN.id, EntryKind.UPDATE, text="found it")
    world.changed(OPEN.id, here(EffectKind.POST_NOTICE, entry=entry), here(EffectKind.REFRESH_CARD))
    world.drain()
    card, _, notice = world.slack.messages[STREAM]
    assert notice["thread_ts"] == card["ts"]
    assert [post.version for post in world.posts("card")] == [world.burst().version]


def test_the_fallback_card_appears_once_when_its_answer_is_lost(world: World) -> None:
    world.stored(HOMELESS, *OPENING)
    world.slack.always_fail("conversations.create", refusal("restricted_action"))
    world.slack.fail("chat.postMessage", Fault(drop=True, after=True))
    world.drain()
    assert len(world.slack.messages[STREAM]) == 2


@pytest.mark.parametrize("trouble", ["no channel", "not there"])
def test_with_nowhere_to_go_it_says_so_once_and_waits_for_a_person(world: World, trouble: str) -> None:
    world.stored(HOMELESS, *OPENING)
    world.slack.always_fail("conversations.create", refusal("restricted_action"))
    if trouble == "no channel":
        world.channels.streams.clear()
    else:
        world.slack.always_fail("chat.postMessage", refusal("channel_not_found"))
    world.drain()
    first = world.burst()
    assert first.place is None
    assert first.place_lost.endswith(ATTACH)
    hurry(world)
    world.drain()
    assert world.burst().version == first.version
    assert len(world.rows(IntentState.PENDING)) == len(OPENING)


def test_attached_to_a_channel_everything_that_waited_arrives_there(world: World) -> None:
    world.stored(HOMELESS, *OPENING)
    world.slack.always_fail("conversations.create", refusal("restricted_action"))
    world.channels.streams.clear()
    world.drain()
    with world.store.write() as unit:
        moved = lifecycle.move_to(world.burst(), Place("C0GIVEN", ours=False), "attached", now=NOW)
        unit.apply(moved, now=NOW)
    hurry(world)
    world.drain()
    card, checklist = world.slack.messages["C0GIVEN"]
    assert checklist["thread_ts"] == card["ts"]
    assert world.slack.pins == [("C0GIVEN", card["ts"])]
    assert world.slack.made("conversations.setTopic") == []
    assert world.rows(IntentState.PENDING) == []


def test_a_channel_that_slack_allows_after_all_is_made(world: World) -> None:
    world.stored(HOMELESS, *OPENING)
    world.channels.streams.clear()
    world.slack.fail("conversations.create", refusal("restricted_action"))
    world.drain()
    hurry(world)
    world.drain()
    place = world.burst().place
    assert place is not None
    assert world.slack.channels[place.channel]["name"] == NAME
    assert world.burst().place_lost == ""


def test_a_name_taken_by_others_gets_the_next_number(world: World) -> None:
    world.slack.add_channel("C0OTHER", NAME)
    world.stored(HOMELESS, OPENING[0])
    world.drain()
    place = world.burst().place
    assert place is not None
    assert world.slack.channels[place.channel]["name"] == f"{NAME}-2"


def test_an_old_channel_of_ours_with_posts_in_it_is_not_adopted(world: World) -> None:
    world.slack.add_channel("C0OLD", NAME, creator=BOT_USER)
    metadata = {"event_type": "issue_burst", "event_payload": {"op": "1"}}
    world.slack.messages["C0OLD"].append({"ts": "1900000000.000001", "text": "", "metadata": metadata})
    world.stored(HOMELESS, OPENING[0])
    world.drain()
    place = world.burst().place
    assert place is not None
    assert place.channel != "C0OLD"


def test_when_every_name_is_taken_the_burst_falls_back(world: World) -> None:
    for number, name in enumerate(channel_names(OPEN)):
        world.slack.add_channel(f"C0T{number}", name)
    world.stored(HOMELESS, *OPENING)
    world.drain()
    place = world.burst().place
    assert place is not None
    assert place.channel == STREAM


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "not_in_channel"])
def test_a_lost_channel_is_followed_by_another_with_a_fresh_card(world: World, code: str) -> None:
    world.stored(HOMELESS, *OPENING)
    world.drain()
    lost = world.burst().place
    assert lost is not None
    entry = world.logged(OPEN.id, EntryKind.UPDATE, text="found it")
    world.changed(OPEN.id, here(EffectKind.POST_NOTICE, entry=entry))
    world.slack.fail("chat.postMessage", refusal(code))
    world.drain()
    found = world.burst().place
    assert found is not None
    assert found.channel != lost.channel
    assert [post.channel for post in world.posts("card")] == [lost.channel, found.channel]
    assert world.rows(IntentState.PENDING, IntentState.PARKED) == []


def test_an_ended_burst_does_not_move_any_more(world: World) -> None:
    world.stored(CLOSED, here(EffectKind.POST_CARD), here(EffectKind.POST_CHECKLIST))
    world.slack.always_fail("chat.postMessage", refusal("is_archived"))
    world.drain()
    assert world.burst().place == CLOSED.place
    assert len(world.rows(IntentState.DROPPED)) == 2


def test_a_place_that_a_person_gave_meanwhile_is_kept(world: World) -> None:
    world.stored(OPEN, here(EffectKind.POST_CARD))
    row = world.rows()[0]
    with world.store.write() as unit:
        record(unit, row, (Placed(Place("C0LATE")), PlaceLost(Place("C0FORMER"), "gone")), now=NOW)
    assert world.burst().place == OPEN.place


def test_a_post_is_remembered_once_however_often_it_is_found(world: World) -> None:
    world.stored(OPEN, here(EffectKind.POST_CARD))
    with world.store.write() as unit:
        for _ in range(2):
            record(unit, world.rows()[0], (Posted("card", "C42BURST", "12.5", 1),), now=NOW)
    assert len(world.posts("card")) == 1


def test_a_fact_about_no_burst_is_an_error(world: World) -> None:
    world.stored(OPEN, here(EffectKind.POST_CARD))
    row = replace(world.rows()[0], burst_id=None)
    with world.store.read() as unit, pytest.raises(LookupError):
        record(unit, row, (Placed(Place("C0LATE")),), now=NOW)


@pytest.mark.parametrize(
    ("sites", "name"),
    [
        (("NGH",), NAME),
        (("NGH", "LKC"), "burst-42-dicom-mapping-multi"),
        (("N.G_H é",), "burst-42-dicom-mapping-n-g-h"),
    ],
)
def test_a_channel_is_named_after_number_family_and_site(sites: tuple[str, ...], name: str) -> None:
    assert channel_names(replace(OPEN, sites=sites))[0] == name


def test_every_name_fits_and_they_differ() -> None:
    names = channel_names(replace(OPEN, family="f" * 90))
    assert all(len(name) <= 80 for name in names)
    assert len(set(names)) == len(names)


def test_an_invitation_names_one_person_when_one_comes_later(world: World) -> None:
    world.stored(OPEN, here(EffectKind.INVITE, user=OWNER))
    world.drain()
    assert [call["users"] for call in world.slack.made("conversations.invite")] == [OWNER]


def test_whoever_left_is_not_invited_back(world: World) -> None:
    gone = replace(OPEN.participants[1], user="U09GONE", left_at=NOW)
    world.stored(replace(OPEN, participants=(*OPEN.participants, gone)), here(EffectKind.INVITE))
    world.drain()
    assert "U09GONE" not in world.slack.made("conversations.invite")[0]["users"]


def test_who_cannot_be_added_is_noted_once_for_each_reason(world: World) -> None:
    errors = [{"user": user, "error": "user_is_restricted"} for user in ("U1", "U2")]
    world.stored(OPEN, here(EffectKind.INVITE))
    world.slack.fail("conversations.invite", refusal("user_is_restricted", errors=errors))
    world.drain()
    assert world.burst().refusals == ("conversations.invite: user_is_restricted",)


def test_a_channel_of_ours_is_archived_at_the_end_and_only_then(world: World) -> None:
    world.slack.add_channel("C42BURST", NAME, creator=BOT_USER)
    world.stored(CLOSED, here(EffectKind.ARCHIVE_CHANNEL))
    world.drain()
    assert world.slack.channels["C42BURST"]["is_archived"]


@pytest.mark.parametrize(
    "burst",
    [OPEN, replace(CLOSED, place=Place("C42BURST", ours=False)), replace(CLOSED, place=None)],
    ids=["reopened", "not ours", "nowhere"],
)
def test_no_other_channel_is_archived(world: World, burst: object) -> None:
    world.stored(burst, here(EffectKind.ARCHIVE_CHANNEL))  # type: ignore[arg-type]
    world.drain()
    assert world.slack.made("conversations.archive") == []
