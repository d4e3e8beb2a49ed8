"""`/burst log`: the whole log or one type of it, a page at a time; facts and actions are added to it."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.slack.ids import PageValue
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind
from tests.handlers.workspace import BYSTANDER, RAISER, Workspace, said, words_of

QUEUE = "The queue of the second gateway stands at 240 cases"


def updates(slack: Workspace, burst: Burst, count: int) -> None:
    """So many more updates."""
    for number in range(count):
        slack.command(RAISER, f"update {burst.key} The dump of scanner number {number} has arrived at last")


def turning(blocks: list[Mapping[str, Any]]) -> list[str]:
    """Where the paging buttons lead."""
    return [
        element["value"] for block in blocks if block["type"] == "actions" for element in block["elements"]
    ]


@pytest.mark.parametrize(("word", "kind"), [("fact", EntryKind.FACT), ("action", EntryKind.ACTION)])
def test_a_fact_or_an_action_is_logged_and_shown(
    slack: Workspace, working: Burst, word: str, kind: EntryKind
) -> None:
    heard = slack.command(RAISER, f"log {working.key} {word} {QUEUE}")

    last = slack.log()[-1]
    assert "Logged." in heard.words
    assert (last.kind, last.actor, (last.body or {})["text"]) == (kind, RAISER, QUEUE)
    assert {"entry": last.number} in [i.subject for i in slack.intents() if i.kind is EffectKind.POST_NOTICE]
    assert (
        f"logged {'a fact' if word == 'fact' else 'an action'}"
        in slack.command(RAISER, f"log {working.key}").words
    )


def test_neither_keeps_the_promise_of_an_update(slack: Workspace, working: Burst) -> None:
    slack.command(RAISER, f"log {working.key} fact {QUEUE}")

    assert slack.burst().clocks == working.clocks


@pytest.mark.parametrize("word", ["update", "decision", "evidence", "system"])
def test_other_types_have_commands_of_their_own(slack: Workspace, working: Burst, word: str) -> None:
    assert "commands of their own" in slack.command(RAISER, f"log {working.key} {word} {QUEUE}").words
    assert slack.burst() == working


@pytest.mark.parametrize("rest", ["joke", QUEUE, "3 something"])
def test_what_is_no_type_is_answered_with_the_types(slack: Workspace, working: Burst, rest: str) -> None:
    heard = slack.command(RAISER, f"log {working.key} {rest}")

    assert "`decision`" in heard.words
    assert slack.burst() == working


def test_whoever_does_not_take_part_adds_nothing(slack: Workspace, working: Burst) -> None:
    assert "Join it first" in slack.command(BYSTANDER, f"log {working.key} fact {QUEUE}").words


def test_one_type_is_shown_without_the_others(slack: Workspace, working: Burst) -> None:
    slack.command(RAISER, f"log {working.key} fact {QUEUE}")

    heard = slack.command(RAISER, f"log {working.key} facts")

    assert "Log of BURST-1: facts" in heard.words
    assert QUEUE in heard.words
    assert "1 entry" in heard.words
    assert "posted an update" not in heard.words


def test_a_type_of_which_there_is_nothing(slack: Workspace, working: Burst) -> None:
    assert "Nothing of this type is logged yet." in slack.command(RAISER, f"log {working.key} pauses").words


def test_the_pages_of_a_type_stay_with_it(slack: Workspace, working: Burst) -> None:
    updates(slack, working, 13)

    newest = slack.command(RAISER, f"log {working.key} updates")
    (earlier,) = turning(newest.body["blocks"])
    assert earlier == str(PageValue(1, "1:update"))
    turned = slack.click(RAISER, "log_page", earlier)

    assert "14 entries · page 2 of 2" in newest.words
    assert "number 12 has arrived" in newest.words
    first = words_of(turned.message.blocks if turned else "")
    assert "The header dump is on its way" in first
    assert "logged" not in first


def test_an_entry_is_found_by_its_number(slack: Workspace, working: Burst) -> None:
    updates(slack, working, 30)

    assert "`13`" in slack.command(RAISER, f"log {working.key} 14").words
    assert "page 2 of" in slack.command(RAISER, f"log {working.key} 24").words
    assert f"`{slack.log()[-1].number}`" in slack.command(RAISER, f"log {working.key} 9999").words


@pytest.mark.parametrize("value", ["1:1:joke", "1:x:fact", "1::fact"])
def test_a_page_that_is_not_ours(slack: Workspace, working: Burst, value: str) -> None:
    assert "could not read" in said(slack.click(RAISER, "log_page", value))
