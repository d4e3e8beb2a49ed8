"""Channels: made, named, filled, noted on and archived as Slack allows, and not otherwise."""

import pytest
from slack_sdk import WebClient

from bot.sandbox.client import Person, SandboxClient
from tests.sandbox.support import fresh, refusal, refused


def test_the_app_is_creator_and_member_of_the_channel_it_makes(
    client: SandboxClient, slack: WebClient
) -> None:
    name = fresh("burst")
    made = slack.conversations_create(name=name)["channel"]
    bot = client.about()["bot_user_id"]
    assert (made["name"], made["creator"], made["is_member"]) == (name, bot, True)
    assert slack.conversations_members(channel=made["id"])["members"] == [bot]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("Upper", "invalid_name_specials"),
        ("two words", "invalid_name_specials"),
        ("---", "invalid_name_punctuation"),
    ],
)
def test_a_name_slack_does_not_take_is_refused_with_its_reason(
    slack: WebClient, name: str, code: str
) -> None:
    assert refusal(slack.conversations_create, name=name) == code


def test_an_archived_channel_keeps_its_name(slack: WebClient) -> None:
    name = fresh("burst")
    made = slack.conversations_create(name=name)["channel"]["id"]
    slack.conversations_archive(channel=made)
    assert refusal(slack.conversations_create, name=name) == "name_taken"


def test_a_name_taken_by_a_private_channel_is_taken_too(client: SandboxClient, slack: WebClient) -> None:
    name = fresh("hidden")
    client.add_channel(name, is_private=True)
    assert refusal(slack.conversations_create, name=name) == "name_taken"


def test_a_workspace_may_keep_apps_from_making_channels(client: SandboxClient, slack: WebClient) -> None:
    client.switch(refuse_channel_creation=True)
    assert refusal(slack.conversations_create, name=fresh("burst")) == "restricted_action"


def test_only_its_creator_may_rename_a_channel(
    client: SandboxClient, slack: WebClient, channel: str, ann: Person
) -> None:
    name = fresh("renamed")
    assert slack.conversations_rename(channel=channel, name=name)["channel"]["name"] == name
    theirs = client.add_channel(fresh("theirs"), members=[ann.name], app=True)
    assert refusal(slack.conversations_rename, channel=theirs["id"], name=fresh("x")) == "not_authorized"


def test_a_renamed_channel_frees_its_old_name(slack: WebClient) -> None:
    name = fresh("burst")
    made = slack.conversations_create(name=name)["channel"]["id"]
    slack.conversations_rename(channel=made, name=fresh("other"))
    assert slack.conversations_create(name=name)["ok"]


def test_archiving_is_done_once_and_only_by_members(
    client: SandboxClient, slack: WebClient, channel: str, ann: Person
) -> None:
    slack.conversations_archive(channel=channel)
    assert refusal(slack.conversations_archive, channel=channel) == "already_archived"
    theirs = client.add_channel(fresh("theirs"), members=[ann.name])
    assert refusal(slack.conversations_archive, channel=theirs["id"]) == "not_in_channel"


def test_a_workspace_may_keep_apps_from_archiving(
    client: SandboxClient, slack: WebClient, channel: str
) -> None:
    client.switch(refuse_archiving=True)
    assert refusal(slack.conversations_archive, channel=channel) == "restricted_action"


def test_the_general_channel_cannot_be_archived(slack: WebClient) -> None:
    general = next(c for c in slack.conversations_list()["channels"] if c["is_general"])["id"]
    slack.conversations_join(channel=general)
    assert refusal(slack.conversations_archive, channel=general) == "cant_archive_general"


def test_a_bot_token_cannot_unarchive(slack: WebClient, channel: str) -> None:
    assert refusal(slack.conversations_unarchive, channel=channel) == "not_archived"
    slack.conversations_archive(channel=channel)
    assert refusal(slack.conversations_unarchive, channel=channel) == "not_in_channel"


def test_an_archived_channel_takes_nothing_more(slack: WebClient, channel: str, ann: Person) -> None:
    posted = slack.chat_postMessage(channel=channel, text="last words")["ts"]
    slack.conversations_archive(channel=channel)
    assert refusal(slack.chat_postMessage, channel=channel, text="more") == "is_archived"
    assert refusal(slack.conversations_invite, channel=channel, users=ann.id) == "is_archived"
    assert refusal(slack.conversations_setTopic, channel=channel, topic="t") == "is_archived"
    assert refusal(slack.pins_add, channel=channel, timestamp=posted) == "is_archived"
    assert refusal(slack.reactions_add, channel=channel, timestamp=posted, name="eyes") == "is_archived"
    assert refusal(slack.conversations_join, channel=channel) == "is_archived"
    assert refusal(slack.chat_update, channel=channel, ts=posted, text="edit") == "is_inactive"


def test_people_are_invited_together(slack: WebClient, channel: str, ann: Person, ben: Person) -> None:
    slack.conversations_invite(channel=channel, users=[ann.id, ben.id])
    assert slack.conversations_members(channel=channel)["members"][1:] == [ann.id, ben.id]


def test_one_person_who_cannot_come_keeps_all_others_out(slack: WebClient, channel: str, ann: Person) -> None:
    answer = refused(slack.conversations_invite, channel=channel, users=[ann.id, "U404"])
    assert answer["error"] == "user_not_found"
    assert answer["errors"] == [{"user": "U404", "ok": False, "error": "user_not_found"}]
    assert ann.id not in slack.conversations_members(channel=channel)["members"]


def test_force_invites_those_who_can_come_and_names_the_others(
    slack: WebClient, channel: str, ann: Person
) -> None:
    answer = slack.conversations_invite(channel=channel, users=[ann.id, "U404"], force=True)
    assert answer["errors"] == [{"user": "U404", "ok": False, "error": "user_not_found"}]
    assert ann.id in slack.conversations_members(channel=channel)["members"]


def test_force_is_a_refusal_when_nobody_can_come(slack: WebClient, channel: str) -> None:
    assert (
        refusal(slack.conversations_invite, channel=channel, users=["U404"], force=True) == "user_not_found"
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"is_restricted": True}, "user_is_restricted"),
        ({"deleted": True}, "cant_invite"),
        ({"team_id": "T0PARTNER", "is_stranger": True}, "no_external_invite_permission"),
    ],
)
def test_some_people_cannot_be_invited_by_an_app(
    client: SandboxClient, slack: WebClient, channel: str, fields: dict[str, object], code: str
) -> None:
    someone = client.add_person(fresh("someone"), **fields)
    assert refusal(slack.conversations_invite, channel=channel, users=someone.id) == code


def test_a_single_channel_guest_who_has_a_channel_cannot_come(
    client: SandboxClient, slack: WebClient, channel: str
) -> None:
    guest = client.add_person(fresh("guest"), is_restricted=True, is_ultra_restricted=True)
    client.add_channel(fresh("only"), members=[guest.name])
    assert refusal(slack.conversations_invite, channel=channel, users=guest.id) == "ura_max_channels"


def test_the_app_and_members_are_not_invited_again(
    client: SandboxClient, slack: WebClient, channel: str, ann: Person
) -> None:
    slack.conversations_invite(channel=channel, users=ann.id)
    assert refusal(slack.conversations_invite, channel=channel, users=ann.id) == "already_in_channel"
    bot = client.about()["bot_user_id"]
    assert refusal(slack.conversations_invite, channel=channel, users=bot) == "cant_invite_self"


def test_at_most_a_hundred_are_invited_at_once(slack: WebClient, channel: str) -> None:
    crowd = [f"U{number}" for number in range(101)]
    assert refusal(slack.conversations_invite, channel=channel, users=crowd) == "too_many_users"


def test_only_members_invite(client: SandboxClient, slack: WebClient, ann: Person) -> None:
    theirs = client.add_channel(fresh("theirs"), members=[ann.name])
    assert refusal(slack.conversations_invite, channel=theirs["id"], users=ann.id) == "not_in_channel"


def test_somebody_is_removed_once(client: SandboxClient, slack: WebClient, channel: str, ann: Person) -> None:
    slack.conversations_invite(channel=channel, users=ann.id)
    slack.conversations_kick(channel=channel, user=ann.id)
    assert refusal(slack.conversations_kick, channel=channel, user=ann.id) == "not_in_channel"
    bot = client.about()["bot_user_id"]
    assert refusal(slack.conversations_kick, channel=channel, user=bot) == "cant_kick_self"


def test_the_app_joins_and_leaves_public_channels(
    client: SandboxClient, slack: WebClient, ann: Person
) -> None:
    theirs = client.add_channel(fresh("theirs"), members=[ann.name])["id"]
    assert slack.conversations_join(channel=theirs)["channel"]["is_member"]
    slack.conversations_leave(channel=theirs)
    assert slack.conversations_leave(channel=theirs)["not_in_channel"]


def test_the_last_member_cannot_leave_a_private_channel(slack: WebClient, private: str) -> None:
    assert refusal(slack.conversations_leave, channel=private) == "last_member"


def test_a_private_channel_does_not_exist_for_those_outside(
    client: SandboxClient, slack: WebClient, private: str, ann: Person
) -> None:
    theirs = client.add_channel(fresh("secret"), is_private=True, members=[ann.name])["id"]
    assert refusal(slack.conversations_info, channel=theirs) == "channel_not_found"
    assert refusal(slack.conversations_join, channel=theirs) == "channel_not_found"
    assert private not in [channel["id"] for channel in ann.channels()]


def test_topic_and_purpose_are_short(slack: WebClient, channel: str, ann: Person) -> None:
    slack.conversations_setTopic(channel=channel, topic="BURST-1 · sev2")
    slack.conversations_setPurpose(channel=channel, purpose="to resolve it")
    shown = ann.channel(channel)
    assert (shown["topic"]["value"], shown["purpose"]["value"]) == ("BURST-1 · sev2", "to resolve it")
    assert refusal(slack.conversations_setTopic, channel=channel, topic="t" * 251) == "too_long"


def test_a_workspace_may_keep_apps_from_setting_topics(
    client: SandboxClient, slack: WebClient, channel: str
) -> None:
    client.switch(refuse_topic=True)
    assert refusal(slack.conversations_setTopic, channel=channel, topic="t") == "restricted_action"


def test_lists_hold_only_what_was_asked_for(slack: WebClient, channel: str, private: str) -> None:
    slack.conversations_archive(channel=channel)
    ids = {c["id"] for c in slack.conversations_list(types="public_channel,private_channel")["channels"]}
    assert {channel, private} <= ids
    alive = {c["id"] for c in slack.conversations_list(exclude_archived=True)["channels"]}
    assert not {channel, private} & alive
    assert refusal(slack.conversations_list, types="rooms") == "invalid_types"


def test_long_lists_come_in_pages(slack: WebClient, channel: str, private: str) -> None:
    found = [
        c["id"]
        for page in slack.users_conversations(types="public_channel,private_channel", limit=1)
        for c in page["channels"]
    ]
    assert {channel, private} <= set(found)
    assert len(found) == len(set(found))
    assert refusal(slack.conversations_list, cursor="nonsense") == "invalid_cursor"
    assert refusal(slack.conversations_list, limit=1001) == "invalid_limit"


def test_a_direct_message_is_opened_once(slack: WebClient, ann: Person) -> None:
    opened = slack.conversations_open(users=[ann.id], return_im=True)["channel"]
    assert (opened["id"][0], opened["is_im"], opened["user"]) == ("D", True, ann.id)
    again = slack.conversations_open(users=ann.id)
    assert (again["channel"]["id"], again["already_open"]) == (opened["id"], True)


def test_a_group_message_has_at_most_eight_people(slack: WebClient, ann: Person, ben: Person) -> None:
    group = slack.conversations_open(users=[ann.id, ben.id], return_im=True)["channel"]
    assert group["is_mpim"]
    crowd = [f"U{number}" for number in range(9)]
    assert refusal(slack.conversations_open, users=crowd) == "too_many_users"


def test_a_deactivated_person_has_no_direct_messages(
    client: SandboxClient, slack: WebClient, ann: Person
) -> None:
    client.change_person(ann, deleted=True)
    assert refusal(slack.conversations_open, users=ann.id) == "user_disabled"
