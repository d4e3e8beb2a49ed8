"""Pins, reactions and bookmarks."""

import pytest
from slack_sdk import WebClient

from bot.sandbox.client import Person, SandboxClient
from tests.sandbox.support import refusal


@pytest.fixture
def posted(slack: WebClient, channel: str) -> str:
    """The `ts` of a message of the app."""
    return str(slack.chat_postMessage(channel=channel, text="card")["ts"])


def test_a_message_is_pinned_once(slack: WebClient, channel: str, posted: str, ann: Person) -> None:
    slack.pins_add(channel=channel, timestamp=posted)
    assert refusal(slack.pins_add, channel=channel, timestamp=posted) == "already_pinned"
    assert slack.pins_list(channel=channel)["items"][0]["message"]["ts"] == posted
    assert ann.channel(channel)["pins"][0]["message"]["text"] == "card"


def test_a_pin_is_removed_once(slack: WebClient, channel: str, posted: str) -> None:
    slack.pins_add(channel=channel, timestamp=posted)
    slack.pins_remove(channel=channel, timestamp=posted)
    assert refusal(slack.pins_remove, channel=channel, timestamp=posted) == "no_pin"


def test_only_messages_that_exist_are_pinned(slack: WebClient, channel: str) -> None:
    assert refusal(slack.pins_add, channel=channel, timestamp="1.000001") == "message_not_found"


def test_a_workspace_may_keep_apps_from_pinning(
    client: SandboxClient, slack: WebClient, channel: str, posted: str
) -> None:
    client.switch(refuse_pins=True)
    assert refusal(slack.pins_add, channel=channel, timestamp=posted) == "restricted_action"


def test_a_reaction_is_given_and_taken_back_once(slack: WebClient, channel: str, posted: str) -> None:
    slack.reactions_add(channel=channel, timestamp=posted, name="eyes")
    code = refusal(slack.reactions_add, channel=channel, timestamp=posted, name="eyes")
    assert code == "already_reacted"
    slack.reactions_remove(channel=channel, timestamp=posted, name="eyes")
    code = refusal(slack.reactions_remove, channel=channel, timestamp=posted, name="eyes")
    assert code == "no_reaction"


def test_everybodys_reactions_are_counted(slack: WebClient, channel: str, posted: str, ann: Person) -> None:
    slack.reactions_add(channel=channel, timestamp=posted, name="eyes")
    ann.react({"channel": channel, "ts": posted}, "eyes")
    found = slack.reactions_get(channel=channel, timestamp=posted)["message"]["reactions"]
    assert [(reaction["name"], reaction["count"]) for reaction in found] == [("eyes", 2)]


def test_a_reaction_has_a_name(slack: WebClient, channel: str, posted: str) -> None:
    code = refusal(slack.reactions_add, channel=channel, timestamp=posted, name=":eyes:")
    assert code == "invalid_name"


def test_a_bookmark_is_added_changed_and_removed(slack: WebClient, channel: str, ann: Person) -> None:
    link = "https://tickets.hospital.example/1"
    added = slack.bookmarks_add(channel_id=channel, title="Ticket", type="link", link=link)
    bookmark = added["bookmark"]["id"]
    slack.bookmarks_edit(channel_id=channel, bookmark_id=bookmark, title="The ticket")
    assert ann.channel(channel)["bookmarks"][0]["title"] == "The ticket"
    slack.bookmarks_remove(channel_id=channel, bookmark_id=bookmark)
    assert slack.bookmarks_list(channel_id=channel)["bookmarks"] == []
    code = refusal(slack.bookmarks_remove, channel_id=channel, bookmark_id=bookmark)
    assert code == "not_found"


@pytest.mark.parametrize("link", ["ftp://archive.example", "/burst", ""])
def test_a_bookmark_leads_to_the_web(slack: WebClient, channel: str, link: str) -> None:
    code = refusal(slack.bookmarks_add, channel_id=channel, title="x", type="link", link=link)
    assert code == "invalid_link"
