"""A burst's life through commands and buttons, the turns that it may take, and how few calls to Slack it makes."""

from datetime import timedelta

import pytest

from bot.demo.finishing import accept_when_asked, prove_by_commands, the_fix, tick_everything
from bot.demo.raising import arrived, first_page, joined_channel, key_in
from bot.demo.stage import ARCHIVE, Played, Stage
from bot.sandbox.client import texts_of, wait_for
from tests.e2e.acts import (
    answered,
    archived,
    closed_by_commands,
    finished_by_commands,
    opened,
    opened_in_a_line,
    owner_of,
    read,
    state_on_card,
    told_alone,
    wait_for_card,
)

pytestmark = pytest.mark.usually_on("http+sqlite")

A_DAY = timedelta(hours=25)
NOT_COUNTED = ("views.", "conversations.open", "files.", "apps.", "response_url")
MOST_CALLS = 25


def test_a_plain_life_takes_few_calls(stage: Stage) -> None:
    slack = stage.backstage.slack
    slack.forget()
    burst, blocker = opened(stage, "petra", "wan-saturated-prefetch")
    gudrun, petra = stage.cast["gudrun"], stage.cast["petra"]
    accept_when_asked(stage, gudrun, burst)
    wait_for_card(stage, "petra", burst, f"{gudrun.mention} (accepted)")
    for text in ("Prefetch runs at noon.", "A fix is in review.", "The fix is in."):
        stage.command(gudrun, f"/burst update {text}", burst.channel)
        read(stage, "petra", burst.channel, text)
    finished_by_commands(stage, burst, blocker, "gudrun", "ewan")
    read(stage, "stella", ARCHIVE, burst.key)
    stage.backstage.time.forward(A_DAY)
    wait_for(lambda: archived(petra, burst), 20)

    calls = [c["method"] for c in slack.calls() if not c["method"].startswith(NOT_COUNTED)]
    print(f"{len(calls)} calls: {', '.join(calls)}")  # noqa: T201 - the list is what is asked for
    assert len(calls) <= MOST_CALLS


def test_an_archived_burst_goes_on_in_a_new_channel(stage: Stage) -> None:
    burst, _ = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    petra = stage.cast["petra"]
    stage.command(petra, "/burst cancel withdrawn It went away.", burst.channel)
    stage.backstage.time.forward(A_DAY)
    wait_for(lambda: archived(petra, burst), 20)

    answer = answered(stage, "petra", f"/burst reopen {burst.key} It is back.")

    key = answer.split(" ")[0]
    assert key != burst.key
    found = wait_for(lambda: joined_channel(petra, f"{key.lower()}-"), 15)
    successor = Played(key, found["id"], found["name"])
    wait_for_card(stage, "petra", successor, f"Reopened from {burst.key}")
    stage.command(petra, "/burst cancel withdrawn Played to its end.", successor.channel)


def test_a_blocker_lives_through_commands(stage: Stage) -> None:
    burst, blocker = opened_in_a_line(stage, "hugo", "procedure-code-body-part")
    assert "1." in answered(stage, "hugo", "/burst checklist", burst.channel)
    owner = owner_of(stage, "hugo", burst)

    closed_by_commands(stage, burst, blocker, owner.name, "hugo")

    read(stage, "stella", ARCHIVE, burst.key)
    assert "signed off" in answered(stage, "hugo", f"/burst log {burst.key}").lower()
    assert burst.key in answered(stage, "stella", "/burst archive XRCHEST2V site:HVM")


def test_what_is_the_same_at_another_site_is_raised_there(stage: Stage) -> None:
    burst, blocker = opened(stage, "odile", "vpn-drops-large-studies")
    neil = stage.cast["neil"]
    accept_when_asked(stage, neil, burst)
    wait_for_card(stage, "neil", burst, f"{neil.mention} (accepted)")
    tick_everything(stage, neil, burst)
    prove_by_commands(stage, neil, burst, blocker.evidence)

    page = stage.command_page(neil, "/burst resolve", burst.channel)
    offered = stage.fill(neil, page, {**the_fix(blocker), "sites_same": "same"})
    kept = {key: value for key, value in first_page(stage, blocker).items() if key not in {"family", "title"}}
    details = stage.fill(neil, offered, {**kept, "sites": ["NGH"]})
    own = {key: blocker.typed[key] for key in ("f_source", "f_destination", "f_change_ref", "workaround")}
    there = arrived(stage, neil, key_in(stage, texts_of(stage.fill(neil, details, own))))

    wait_for_card(stage, "neil", there, f"The same as {burst.key}, at another site")
    wait_for_card(stage, "neil", burst, f"The same at other sites: {there.key}")
    for one in (burst, there):
        stage.command(neil, "/burst cancel withdrawn Played to its end.", one.channel)


def test_answers_to_the_one_who_asks_alone(stage: Stage) -> None:
    assert "/burst open" in answered(stage, "bea", "/burst help open")
    assert "list" in answered(stage, "bea", "/burst lsit")
    assert "BURST-9999" in answered(stage, "bea", "/burst status BURST-9999")


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


def test_a_closed_burst_is_reopened_in_its_channel(stage: Stage) -> None:
    burst, blocker = opened_in_a_line(stage, "petra", "ai-gateway-dns")
    closed_by_commands(stage, burst, blocker, "neil", "lena")
    read(stage, "petra", burst.channel, "Closed")

    assert "Open again" in answered(stage, "petra", f"/burst reopen {burst.key} It hangs again.")

    wait_for_card(stage, "petra", burst, "Working")
    read(stage, "petra", burst.channel, "It hangs again.")
    stage.command(stage.cast["neil"], "/burst cancel withdrawn Played to its end.", burst.channel)
