"""Turns that a burst may take: declined, pressed by the wrong person, reopened before and after the archive."""

from datetime import timedelta

from bot.demo.raising import joined_channel
from bot.demo.stage import ARCHIVE, Played, Stage
from bot.sandbox.client import wait_for
from tests.e2e.acts import (
    answered,
    archived,
    closed_by_commands,
    opened_in_a_line,
    owner_of,
    read,
    resolve_by_command,
    state_on_card,
    told_alone,
    wait_for_card,
)


def test_an_owner_declines_and_the_next_in_line_is_asked(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "noor", "night-readers-no-role")
    amara, yusuf = stage.cast["amara"], stage.cast["yusuf"]
    asked = stage.direct(amara, f"You are the accountable owner of {burst.key}", "burst_decline")

    stage.write(amara, asked, "burst_decline", "I am on leave from tonight.")

    stage.direct(yusuf, f"You are the accountable owner of {burst.key}", "burst_accept")
    assert "I am on leave from tonight." in answered(stage, "noor", f"/burst log {burst.key}")
    stage.command(yusuf, "/burst accept", burst.channel)
    wait_for_card(stage, "noor", burst, f"{yusuf.mention} (accepted)")
    stage.command(yusuf, "/burst cancel withdrawn It was a drill of ours.", burst.channel)


def test_a_button_is_not_for_everybody_and_works_once(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "noor", "ct-chest-layout")
    noor = stage.cast["noor"]
    owner = owner_of(stage, "noor", burst)
    card = stage.card(noor, burst, "burst_accept")

    noor.click(card, "burst_accept")
    told_alone(stage, "noor", burst.channel, "owner")
    assert f"{owner.mention} (has not accepted yet)" in state_on_card(stage, "noor", burst)

    owner.click(card, "burst_accept")
    owner.click(card, "burst_accept")
    told_alone(stage, owner.name, burst.channel, "already")
    stage.command(owner, "/burst cancel mistake Raised to try it out.", burst.channel)


def test_a_closed_burst_is_reopened_in_its_channel_and_an_archived_one_in_a_new_one(stage: Stage) -> None:
    burst, blocker = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    petra = stage.cast["petra"]
    closed_by_commands(stage, burst, blocker, "neil", "lena")
    read(stage, "petra", burst.channel, "Closed")
    assert "Open again" in answered(stage, "petra", f"/burst reopen {burst.key} It hangs again.")
    wait_for_card(stage, "petra", burst, "Working")
    read(stage, "petra", burst.channel, "It hangs again.")

    resolve_by_command(stage, "neil", burst, blocker)
    stage.command(stage.cast["lena"], "/burst signoff", burst.channel)
    read(stage, "stella", ARCHIVE, burst.key)
    stage.backstage.time.forward(timedelta(hours=25))
    wait_for(lambda: archived(petra, burst), 20)
    answer = answered(stage, "petra", f"/burst reopen {burst.key} It is back.")

    key = answer.split(" ")[0]
    assert key != burst.key
    found = wait_for(lambda: joined_channel(petra, f"{key.lower()}-"), 15)
    successor = Played(key, found["id"], found["name"])
    wait_for_card(stage, "petra", successor, f"Reopened from {burst.key}")
    stage.command(petra, "/burst cancel withdrawn Played to its end.", successor.channel)
