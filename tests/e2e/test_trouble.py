"""When Slack, people or the machine get in the way: no burst is lost, and nothing is half done."""

from collections.abc import Iterator

import pytest

from bot.demo.finishing import accept_when_asked
from bot.demo.raising import joined_channel
from bot.demo.stage import ARCHIVE, Played, Shown, Stage, newest
from bot.sandbox.client import Person, texts_of, wait_for
from tests.e2e.acts import (
    answered,
    closed_by_commands,
    opened_in_a_line,
    read,
    wait_for_card,
)

STREAM = "stream-infrastructure"
COURTESIES = ("refuse_topic", "refuse_pins", "refuse_bookmarks", "refuse_invitations", "refuse_archiving")


@pytest.fixture
def strict(stage: Stage) -> Iterator[Stage]:
    """A stage on which a story may refuse things; afterwards nothing is refused any more."""
    yield stage
    everything = ("refuse_channel_creation", *COURTESIES)
    stage.backstage.slack.switch(**dict.fromkeys(everything, False))


def test_a_bot_killed_at_rest_goes_on_where_it_was(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    neil = stage.cast["neil"]
    asked = stage.direct(neil, f"You are the accountable owner of {burst.key}", "burst_accept")

    stage.backstage.kill_bot()
    assert neil.click(asked, "burst_accept")["outcome"] != "acknowledged"
    stage.backstage.start_bot()

    stage.press(neil, asked, "burst_accept")
    wait_for_card(stage, "petra", burst, f"{neil.mention} (accepted)")
    stage.command(neil, "/burst cancel withdrawn Played to its end.", burst.channel)


def test_a_channel_deleted_by_hand_is_followed_by_another(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    petra = stage.cast["petra"]

    petra.change_channel(burst.channel, "delete")

    found = wait_for(
        lambda: (c := joined_channel(petra, f"{burst.key.lower()}-")) and c["id"] != burst.channel and c, 15
    )
    again = Played(burst.key, found["id"], found["name"])
    accept_when_asked(stage, stage.cast["neil"], again)
    wait_for_card(stage, "petra", again, "(accepted)")
    stage.command(stage.cast["neil"], "/burst cancel withdrawn Played to its end.", again.channel)


def test_without_channels_a_burst_lives_in_a_thread_until_somebody_brings_one(strict: Stage) -> None:
    slack, neil = strict.backstage.slack, strict.cast["neil"]
    slack.switch(refuse_channel_creation=True)
    key = answered(
        strict,
        "petra",
        "/burst open network_provisioning site:NGH impact:2 urgency:2 No route to the archive",
    ).split(" ")[0]
    card = wait_for(
        lambda: newest(neil.messages(STREAM), f"{key} ·", "burst_accept"), 15, "a card in the stream"
    )
    assert "Slack did not let the bot make a channel" in texts_of(card)
    strict.press(neil, card, "burst_accept")

    room = slack.add_channel("a-room-of-our-own", members=["petra", "neil"], app=True)
    answered(strict, "petra", f"/burst attach {key}", room["id"])

    home = Played(key, room["id"], room["name"])
    wait_for_card(strict, "petra", home, "(accepted)")
    strict.command(neil, "/burst update The room is found.", home.channel)
    read(strict, "petra", home.channel, "The room is found.")
    strict.command(neil, "/burst cancel withdrawn Played to its end.", home.channel)


def test_a_workspace_that_refuses_every_courtesy_still_gets_it_resolved(strict: Stage) -> None:
    strict.backstage.slack.switch(**dict.fromkeys(COURTESIES, True))
    petra = strict.cast["petra"]
    blocker = strict.blockers["ai-gateway-dns"]
    key = answered(
        strict, "petra", f"/burst open {blocker.family} site:NGH impact:2 urgency:2 {blocker.title}"
    ).split(" ")[0]
    neil = strict.cast["neil"]
    asked = strict.direct(neil, f"You are the accountable owner of {key}", "burst_accept")

    assert asked
    found = wait_for(lambda: _channel(petra, f"{key.lower()}-"), 15)
    burst = Played(key, found["id"], found["name"])
    wait_for_card(strict, "petra", burst, "Slack refused")
    closed_by_commands(strict, burst, blocker, "neil", "lena")
    read(strict, "stella", ARCHIVE, key)


def test_a_guest_cannot_open_search_or_read(stage: Stage) -> None:
    burst, blocker = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    teddy = stage.cast["teddy"]

    assert "full members" in answered(stage, "teddy", "/burst open")
    for line in ("/burst archive gateway", f"/burst status {burst.key}", f"/burst join {burst.key}"):
        assert blocker.title not in answered(stage, "teddy", line)
    assert teddy.id not in stage.cast["petra"].channel(burst.channel)["members"]
    stage.command(stage.cast["petra"], "/burst cancel withdrawn Played to its end.", burst.channel)


def _channel(person: Person, start: str) -> Shown:
    """A channel whose name starts like this, whoever is in it."""
    return next((c for c in person.channels() if str(c.get("name", "")).startswith(start)), {})
