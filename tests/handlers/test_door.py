"""The privacy guard at the door: every way in which words reach us, and that nothing that was found stays."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot import app
from bot.operations.office import Office
from bot.privacy import Category
from bot.slack.ids import Action, Block, Shortcut, View
from bot.taskforce.burst import Burst
from bot.taskforce.terms import EntryKind
from tests.handlers.workspace import RAISER, Heard, Workspace, words_of
from tests.store_fixtures import Database

NUMBER = "00451237"
IDENTIFYING = f"It fails for MRN {NUMBER} since noon"
DOUBTFUL = "It was first seen with a 92 year old in bed 14, and again after lunch"
CONFIRMED = {"confirm": ["not_patient"]}


def served(table: str) -> list[str]:
    """The keys of every handler module's table."""
    return sorted({str(key) for room in app._ROOMS for key in getattr(room, table, {})})


def page(callback: str) -> Mapping[str, Any]:
    """A page with one text on it."""
    element = {"type": "plain_text_input", "action_id": "text"}
    label = {"type": "plain_text", "text": "What?"}
    return {
        "type": "modal",
        "callback_id": callback,
        "title": label,
        "private_metadata": "burst:1",
        "blocks": [{"type": "input", "block_id": "text", "label": label, "element": element}],
    }


def updating(slack: Workspace, burst: Burst, text: str) -> Heard:
    """The modal "Post update", submitted."""
    slack.press(RAISER, Action.UPDATE, burst)
    return slack.submit(RAISER, slack.shown, {"text": text, "workaround": "partial"})


def confirmations(slack: Workspace) -> list[tuple[str, object]]:
    """Who confirmed what, as the log has it."""
    entries = [entry for entry in slack.log() if entry.kind is EntryKind.PRIVACY]
    return [(entry.actor, (entry.body or {})["confirmed"]) for entry in entries]


class TestWhatIdentifies:
    @pytest.mark.parametrize("word", [*served("COMMANDS"), "unknown", ""])
    def test_no_command_takes_it(self, slack: Workspace, working: Burst, word: str) -> None:
        heard = slack.command(RAISER, f"{word} {working.key} {IDENTIFYING} confirm:not-patient")

        assert "a patient or hospital number" in heard.words
        assert "has passed through Slack" in heard.words
        assert NUMBER not in heard.words
        assert (slack.burst(), slack.screens.views) == (working, [])

    @pytest.mark.parametrize("callback", served("SUBMISSIONS"))
    def test_no_page_takes_it(self, slack: Workspace, working: Burst, callback: str) -> None:
        heard = slack.submit(RAISER, page(callback), {"text": IDENTIFYING})

        assert set(heard.errors) == {"text"}
        assert "a patient or hospital number" in heard.words
        assert NUMBER not in heard.words
        assert slack.burst() == working

    def test_a_tick_does_not_let_it_in(self, slack: Workspace, working: Burst) -> None:
        asked = updating(slack, working, DOUBTFUL)

        heard = slack.submit(RAISER, asked.view, {"text": IDENTIFYING, **CONFIRMED})

        assert set(heard.errors) == {"text"}

    def test_every_message_that_is_pointed_at_loses_it(self, slack: Workspace, working: Burst) -> None:
        message = {"ts": "1795000000.000200", "user": "U01JONAH", "text": f"&lt;here&gt; {IDENTIFYING}"}
        for callback in (Shortcut.RAISE_MESSAGE, Shortcut.LOG_MESSAGE):
            slack.shortcut(RAISER, callback, message, channel={"id": "C0ELSEWHERE"})

        assert "<here> It fails for MRN [mrn removed] since noon" in words_of(slack.shown)

    def test_colleagues_who_are_mentioned_are_no_patients(self, slack: Workspace, working: Burst) -> None:
        heard = slack.command(RAISER, f"update {working.key} CT of <@U01JONAH|x> hangs, more at noon")

        assert "Posted." in heard.words


class TestWhatIsInDoubt:
    def test_a_command_is_asked_to_be_sent_again(self, slack: Workspace, working: Burst) -> None:
        heard = slack.command(RAISER, f"update {working.key} {DOUBTFUL}")

        assert "an age over 89" in heard.words
        assert "`confirm:not-patient`" in heard.words
        assert slack.burst() == working

    def test_with_the_confirmation_it_is_taken_and_that_is_logged(
        self, slack: Workspace, working: Burst
    ) -> None:
        slack.command(RAISER, f"update {working.key} confirm:not-patient {DOUBTFUL}")

        assert confirmations(slack) == [(RAISER, ["age_over_89"])]
        (update,) = [one for one in slack.log() if one.number == slack.burst().log_count - 1]
        assert (update.body or {})["text"] == DOUBTFUL

    def test_nothing_is_logged_when_there_was_no_doubt(self, slack: Workspace, working: Burst) -> None:
        slack.command(
            RAISER, f"update {working.key} The vendor looks at it, more at noon confirm:not-patient"
        )

        assert confirmations(slack) == []

    def test_a_page_is_asked_again_as_it_was(self, slack: Workspace, working: Burst) -> None:
        view = updating(slack, working, DOUBTFUL).view

        inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        assert view["callback_id"] == View.UPDATE
        assert inputs[Block.TEXT]["initial_value"] == DOUBTFUL
        assert inputs[Block.WORKAROUND]["initial_option"]["text"]["text"]
        assert inputs[Block.CONFIRM]["options"][0]["text"]["text"] == "This is not about a patient"
        assert slack.burst() == working

    def test_without_the_tick_it_is_asked_once_more_and_not_twice_on_one_page(
        self, slack: Workspace, working: Burst
    ) -> None:
        again = slack.submit(RAISER, updating(slack, working, DOUBTFUL).view).view

        blocks = [block.get("block_id") for block in again["blocks"]]
        assert (blocks.count("confirm"), blocks.count("doubt_text")) == (1, 1)

    def test_ticked_it_is_taken_and_that_is_logged(self, slack: Workspace, working: Burst) -> None:
        heard = slack.submit(RAISER, updating(slack, working, DOUBTFUL).view, CONFIRMED)

        assert heard.body == {}
        assert confirmations(slack) == [(RAISER, ["age_over_89"])]
        assert slack.burst().workaround == "partial"


def test_what_was_found_is_counted_by_category_and_outcome(office: Office) -> None:
    counted: list[tuple[str, tuple[Category, ...]]] = []
    slack = Workspace(_counting(office, counted))

    slack.command(RAISER, f"update {IDENTIFYING}")
    slack.command(RAISER, f"archive {DOUBTFUL}")

    assert counted == [("refused", (Category.MRN,)), ("asked", (Category.AGE_OVER_89,))]


def _counting(office: Office, counted: list[tuple[str, tuple[Category, ...]]]) -> Office:
    return Office(
        office.store,
        office.programme,
        office.team,
        noticed=lambda outcome, found: counted.append((outcome, tuple(found))) if found else None,
    )


def test_nothing_that_was_found_is_in_the_database_or_the_logs(
    slack: Workspace,
    working: Burst,
    offices_database: Database,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("DEBUG")
    for word in served("COMMANDS"):
        slack.command(RAISER, f"{word} {working.key} {IDENTIFYING}")
    for callback in served("SUBMISSIONS"):
        slack.submit(RAISER, page(callback), {"text": IDENTIFYING})
    for callback in (Shortcut.RAISE_MESSAGE, Shortcut.LOG_MESSAGE):
        slack.shortcut(RAISER, callback, {"ts": "1.2", "text": IDENTIFYING}, channel={"id": "C0ELSEWHERE"})

    kept = offices_database.kept()
    assert working.title.encode() in kept
    assert NUMBER.encode() not in kept
    assert NUMBER not in caplog.text + "".join(capfd.readouterr())
