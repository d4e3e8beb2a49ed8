"""A workspace as full as one gets in months: what a person waits for stays what it was."""

from playwright.sync_api import expect
from slack_sdk import WebClient

from bot import clock
from bot.sandbox.client import Person
from tests.browser.visitor import Visitor
from tests.sandbox.support import fresh

CHANNELS = 200
MESSAGES = 5_000
MOST_TIMES = 5
"""How many times as long as in an empty workspace anything may take; it is less than twice."""


def test_hundreds_of_channels_and_thousands_of_messages_are_no_burden(
    visitor: Visitor, ann: Person, slack: WebClient
) -> None:
    """Seconds depend on the machine: the same workspace with one channel and one message is the measure."""
    quiet = _room(ann, slack)
    ann.say(quiet, "Only this.")
    typed_alone, switched_alone = _waited_for(visitor, ann, quiet)

    busy, *others = [_room(ann, slack) for _ in range(CHANNELS)]
    for number in range(MESSAGES):
        ann.say(busy if number % 2 else others[number % len(others)], f"Message {number}")
    typed, switched = _waited_for(visitor, ann, busy)

    expect(visitor.message(f"Message {MESSAGES - 1}")).to_be_in_viewport()
    expect(visitor.page.locator("nav [aria-current=page]")).to_be_in_viewport()
    visitor.look("crowded")
    assert typed < MOST_TIMES * typed_alone
    assert switched < MOST_TIMES * switched_alone


def _room(ann: Person, slack: WebClient) -> str:
    channel = str(slack.conversations_create(name=fresh("crowded"))["channel"]["id"])
    ann.change_channel(channel, "join")
    return channel


def _waited_for(visitor: Visitor, ann: Person, channel: str) -> tuple[float, float]:
    """How long it took to type a line with a channel's name, and to go elsewhere and back; the best of three."""
    visitor.be(ann.name, channel)
    tries = [(_typed(visitor), _switched(visitor, channel)) for _ in range(3)]
    return min(typed for typed, _ in tries), min(switched for _, switched in tries)


def _typed(visitor: Visitor) -> float:
    composer = visitor.page.get_by_label("Message or command")
    began = clock.monotonic()
    composer.press_sequentially("#crowded and a few more words")
    return clock.monotonic() - began


def _switched(visitor: Visitor, channel: str) -> float:
    began = clock.monotonic()
    visitor.enter("Home")
    visitor.page.locator(f'nav a[href$="{channel}"]').click()
    expect(visitor.page.get_by_label("Message or command")).to_be_visible()
    return clock.monotonic() - began
