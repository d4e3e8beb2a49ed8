"""Which events reach the app: those it subscribes to, in conversations that it is in."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.sandbox.client import Person, SandboxClient, wait_for
from bot.sandbox.delivery.subscriptions import wanted
from bot.sandbox.manifest import Manifest
from bot.sandbox.workspace.conversations import Channel
from tests.sandbox.support import connected, fresh, puppet

Heard = Callable[[str, str], list[dict[str, Any]]]


@pytest.fixture
def heard(address: str, slack: WebClient, client: SandboxClient) -> Iterator[Heard]:
    """Return the bodies of events of a type that name an id or a text, waiting for the first."""
    app: App = puppet(slack)
    lock = threading.Lock()
    bodies: list[dict[str, Any]] = []

    @app.middleware
    def _(body: dict[str, Any], next_: Callable[[], object]) -> None:
        with lock:
            bodies.append(body)
        next_()

    @app.event({"type": "message"})
    @app.event("app_mention")
    def _() -> None:
        return

    def of(kind: str, about: str) -> list[dict[str, Any]]:
        def found() -> list[dict[str, Any]]:
            with lock:
                return [b for b in bodies if b["event"]["type"] == kind and about in repr(b["event"])]

        return wait_for(found, what=kind)

    with connected(address, app):
        yield of


def test_the_envelope_says_which_event_for_whom(
    heard: Heard, client: SandboxClient, channel: str, ann: Person
) -> None:
    ann.say(channel, "hello")
    body = wait_for(lambda: [b for b in heard("message", channel) if b["event"].get("text") == "hello"])[0]
    about = client.about()
    assert (body["type"], body["api_app_id"]) == ("event_callback", about["app_id"])
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["user_id"] == about["bot_user_id"]
    event = body["event"]
    assert (event["channel"], event["channel_type"], event["user"]) == (channel, "channel", ann.id)
    assert event["event_ts"] == event["ts"]


def test_edits_and_deletions_come_with_what_was_there_before(heard: Heard, channel: str, ann: Person) -> None:
    said = ann.say(channel, "before")
    ann.edit(said, "after")
    ann.delete(said)
    wait_for(lambda: [b for b in heard("message", channel) if b["event"].get("subtype") == "message_deleted"])
    by_subtype = {b["event"].get("subtype"): b["event"] for b in heard("message", channel)}
    changed, deleted = by_subtype["message_changed"], by_subtype["message_deleted"]
    assert changed["message"]["text"] == "after"
    assert changed["previous_message"]["text"] == "before"
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (said["ts"], "after")


def test_a_mention_is_an_event_of_its_own(
    heard: Heard, client: SandboxClient, channel: str, ann: Person
) -> None:
    ann.say(channel, f"<@{client.about()['bot_user_id']}> please")
    assert heard("app_mention", channel)[0]["event"]["user"] == ann.id


def test_joining_and_leaving_are_told(heard: Heard, channel: str, ann: Person) -> None:
    ann.change_channel(channel, "join")
    ann.change_channel(channel, "leave")
    left = heard("member_left_channel", channel)[0]["event"]
    assert (left["user"], left["channel"], left["channel_type"]) == (ann.id, channel, "C")
    joined = [body["event"]["user"] for body in heard("member_joined_channel", channel)]
    assert ann.id in joined


def test_what_people_do_to_channels_is_told(heard: Heard, channel: str, private: str, ann: Person) -> None:
    name = fresh("renamed")
    ann.change_channel(channel, "rename", name)
    ann.change_channel(channel, "archive")
    ann.change_channel(channel, "unarchive")
    ann.change_channel(channel, "delete")
    assert heard("channel_rename", channel)[0]["event"]["channel"]["name"] == name
    assert (
        heard("channel_archive", channel)[0]["event"] | {"user": ann.id}
        == heard("channel_archive", channel)[0]["event"]
    )
    assert heard("channel_unarchive", channel)[0]["event"]["channel"] == channel
    assert heard("channel_deleted", channel)[0]["event"]["channel"] == channel


def test_a_private_channels_events_are_named_group(
    heard: Heard, client: SandboxClient, slack: WebClient, private: str, ann: Person
) -> None:
    slack.conversations_invite(channel=private, users=ann.id)
    ann.change_channel(private, "archive")
    assert heard("group_archive", private)[0]["event"]["channel"] == private


def test_the_app_hears_that_it_was_removed(
    heard: Heard, client: SandboxClient, slack: WebClient, private: str, ann: Person
) -> None:
    slack.conversations_invite(channel=private, users=ann.id)
    ann.change_channel(private, "kick", "app")
    left = heard("member_left_channel", private)
    assert client.about()["bot_user_id"] in [body["event"]["user"] for body in left]
    assert heard("group_left", private)[0]["event"]["channel"] == private


def test_a_shared_channel_gets_another_id(heard: Heard, channel: str, ann: Person) -> None:
    new = ann.change_channel(channel, "share")["id"]
    event = heard("channel_id_changed", channel)[0]["event"]
    assert (event["old_channel_id"], event["new_channel_id"]) == (channel, new)


def test_people_and_groups_are_told_when_they_change(
    heard: Heard, client: SandboxClient, ann: Person
) -> None:
    client.change_person(ann, deleted=True)
    group = client.add_group(fresh("on-call"), [])
    client.post(f"/groups/{group['id']}", {"users": [ann.id]})
    assert heard("team_join", ann.id)[0]["event"]["user"]["id"] == ann.id
    assert heard("user_change", ann.id)[0]["event"]["user"]["deleted"]
    assert heard("subteam_updated", ann.id)[0]["event"]["subteam"]["users"] == [ann.id]


def test_marks_and_files_are_told(heard: Heard, channel: str, ann: Person) -> None:
    said = ann.say(channel, "look")
    ann.react(said, "pushpin")
    ann.react(said, "pushpin", remove=True)
    ann.pin(said)
    ann.upload(channel, "log.txt", "x")
    assert heard("reaction_added", channel)[0]["event"]["item"]["ts"] == said["ts"]
    assert heard("reaction_removed", channel)[0]["event"]["reaction"] == "pushpin"
    assert heard("pin_added", channel)[0]["event"]["pin_count"] == "1"
    assert heard("file_shared", channel)[0]["event"]["channel_id"] == channel


def test_what_happens_elsewhere_is_not_told(
    heard: Heard, client: SandboxClient, channel: str, ann: Person
) -> None:
    theirs = client.add_channel(fresh("theirs"), members=[ann.name])["id"]
    ann.say(theirs, "among us")
    ann.say(channel, "here")
    texts = wait_for(
        lambda: [b["event"]["text"] for b in heard("message", channel) if b["event"].get("text") == "here"]
    )
    assert texts == ["here"]
    assert "among us" not in [b["event"].get("text") for b in heard("message", channel)]


def test_an_event_needs_subscription_and_scope() -> None:
    event = {"type": "reaction_added", "user": "U1"}
    room = Channel("C1", "room", "public", "U1", ["B"])

    def reaches(scopes: set[str], events: set[str]) -> bool:
        manifest = Manifest("x", "x", frozenset(scopes), frozenset(events))
        return wanted(manifest, "B", event, room)

    assert reaches({"reactions:read"}, {"reaction_added"})
    assert not reaches(set(), {"reaction_added"})
    assert not reaches({"reactions:read"}, set())
