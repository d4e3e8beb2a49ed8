"""A blocker's whole life through commands, and how few calls to Slack a plain life takes."""

from datetime import timedelta

from bot.demo.finishing import accept_when_asked
from bot.demo.stage import ARCHIVE, Stage
from bot.sandbox.client import wait_for
from tests.e2e.acts import (
    answered,
    archived,
    closed_by_commands,
    finished_by_commands,
    opened,
    opened_in_a_line,
    owner_of,
    read,
    wait_for_card,
)

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


def test_a_blocker_lives_through_commands(stage: Stage) -> None:
    burst, blocker = opened_in_a_line(stage, "hugo", "procedure-code-body-part")
    assert "1." in answered(stage, "hugo", "/burst checklist", burst.channel)
    owner = owner_of(stage, "hugo", burst)

    closed_by_commands(stage, burst, blocker, owner.name, "hugo")

    read(stage, "stella", ARCHIVE, burst.key)
    assert "signed off" in answered(stage, "hugo", f"/burst log {burst.key}").lower()
    assert burst.key in answered(stage, "stella", "/burst archive XRCHEST2V site:HVM")


def test_answers_to_the_one_who_asks_alone(stage: Stage) -> None:
    assert "/burst open" in answered(stage, "bea", "/burst help open")
    assert "list" in answered(stage, "bea", "/burst lsit")
    assert "BURST-9999" in answered(stage, "bea", "/burst status BURST-9999")
