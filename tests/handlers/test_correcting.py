"""Corrections of the log: by command, and by the button beside one's own entries."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.operations.office import Office
from bot.slack.ids import Action, ButtonValue, PageValue
from bot.taskforce.burst import Burst, Correction
from bot.taskforce.terms import EntryKind
from tests.handlers.workspace import BYSTANDER, RAISER, Workspace, clinical_of, owner_of, said, words_of

TRUE = "The header dump has arrived; the next update is at two."


def told(slack: Workspace, burst: Burst) -> int:
    """The number of the update that the owner posted."""
    return next(one.number for one in slack.log() if one.kind is EntryKind.UPDATE)


def fix_of(slack: Workspace) -> str:
    """What fixed it, as the burst has it now."""
    resolution = slack.burst().resolution
    assert resolution is not None
    return resolution.fix


def buttons(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """The values of the buttons "Correct"."""
    found = [block["accessory"] for block in blocks if "accessory" in block]
    return [one["value"] for one in found if one["action_id"] == Action.CORRECT]


def test_a_command_corrects_and_the_old_entry_says_so(slack: Workspace, working: Burst) -> None:
    number = told(slack, working)

    heard = slack.command(owner_of(working), f"correct {working.key} {number} {TRUE}")

    last = slack.log()[-1]
    assert f"Entry {number} is corrected." in heard.words
    assert (last.kind, last.body) == (EntryKind.CORRECTION, {"entry": number, "text": TRUE})
    assert slack.burst().corrections == (Correction(number, last.number),)
    shown = slack.command(RAISER, f"log {working.key}").words
    assert f"posted an update (corrected by entry {last.number})" in shown
    assert "The header dump is on its way" in shown
    assert f"corrected entry {number}" in shown


def test_ones_own_entries_can_be_corrected_beside_them(slack: Workspace, working: Burst) -> None:
    number = told(slack, working)
    (beside,) = buttons(slack.command(owner_of(working), f"log {working.key}").body["blocks"])
    assert beside == str(ButtonValue(working.id, working.version, str(number)))

    assert slack.click(owner_of(working), Action.CORRECT, beside) is None
    heard = slack.submit(owner_of(working), slack.shown, {"text": TRUE})

    assert heard.body == {}
    assert slack.log()[-1].body == {"entry": number, "text": TRUE}


def test_the_page_begins_with_what_was_said(slack: Workspace, working: Burst) -> None:
    number = told(slack, working)
    slack.press(owner_of(working), Action.CORRECT, working, str(number))

    (field,) = (block["element"] for block in slack.shown["blocks"] if block["type"] == "input")
    assert field["initial_value"] == (slack.log()[number - 1].body or {})["text"]


def test_another_page_of_the_log_has_the_buttons_too(slack: Workspace, working: Burst) -> None:
    turned = slack.click(owner_of(working), "log_page", PageValue(1, "1"))

    assert turned is not None
    assert len(buttons(turned.message.blocks)) == 1


def test_others_get_no_button_and_no_page(slack: Workspace, working: Burst) -> None:
    number = told(slack, working)

    entries = slack.command(BYSTANDER, f"log {working.key}").body["blocks"]
    refused = slack.press(BYSTANDER, Action.CORRECT, working, str(number))

    assert buttons(entries) == []
    assert "Only whoever logged it" in said(refused)
    assert slack.screens.views == []


def test_what_fixed_it_reads_as_corrected_also_when_that_is_corrected_again(
    slack: Workspace, resolved: Burst
) -> None:
    number = next(one.number for one in slack.log() if one.kind is EntryKind.RESOLVED)
    slack.command(owner_of(resolved), f"correct {resolved.key} {number} {TRUE}")
    assert fix_of(slack) == TRUE

    slack.command(owner_of(resolved), f"correct {resolved.key} {len(slack.log())} At three, in fact.")

    assert fix_of(slack) == "At three, in fact."


def test_what_fixed_it_before_it_was_sent_back_changes_nothing_that_holds(
    slack: Workspace, resolved: Burst
) -> None:
    first = next(one.number for one in slack.log() if one.kind is EntryKind.RESOLVED)
    slack.command(clinical_of(resolved), f"sendback {resolved.key} It is back.")
    slack.press(owner_of(resolved), Action.RESOLVE, slack.burst())
    slack.submit(owner_of(resolved), slack.shown, {"fix": "This time for good.", "sites_same": "different"})
    assert fix_of(slack) == "This time for good."

    slack.command(owner_of(resolved), f"correct {resolved.key} {first} {TRUE}")

    assert fix_of(slack) == "This time for good."


def test_evidence_reads_as_corrected(slack: Workspace, resolved: Burst) -> None:
    given = [one.number for one in slack.log() if one.kind is EntryKind.EVIDENCE]
    slack.command(owner_of(resolved), f"correct {resolved.key} {given[0]} {TRUE}")

    texts = [piece.text for piece in slack.burst().evidence]

    assert texts == [TRUE, *(piece.text for piece in resolved.evidence[1:])]


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        ("", "which entry of the log is wrong"),
        ("3", "which entry of the log is wrong"),
        ("It began at nine", "which entry of the log is wrong"),
        (f"0 {TRUE}", "which entry of the log is wrong"),
        (f"99 {TRUE}", "has no entry 99; the last one is"),
        (f"{10**17} {TRUE}", "has no entry"),
    ],
)
def test_what_cannot_be_corrected_is_said(slack: Workspace, working: Burst, rest: str, why: str) -> None:
    assert why in slack.command(owner_of(working), f"correct {working.key} {rest}".strip()).words
    assert slack.burst() == working


def test_what_the_bot_wrote_is_not_corrected(slack: Workspace, working: Burst) -> None:
    number = next(one.number for one in slack.log() if one.actor == "system")

    assert (
        "the bot wrote that entry"
        in slack.command(owner_of(working), f"correct {working.key} {number} {TRUE}").words
    )


def test_what_was_erased_is_not_said_again(slack: Workspace, office: Office, working: Burst) -> None:
    number = told(slack, working)
    with office.store.write() as unit:
        unit.log.erase(working.id, number)

    assert "was erased" in slack.command(owner_of(working), f"correct {working.key} {number} {TRUE}").words
    assert buttons(slack.command(owner_of(working), f"log {working.key}").body["blocks"]) == []


def test_patients_are_refused_in_a_correction(slack: Workspace, working: Burst) -> None:
    number = told(slack, working)

    heard = slack.command(owner_of(working), f"correct {working.key} {number} It was MRN 00451237")

    assert "00451237" not in heard.words
    assert slack.burst() == working


@pytest.mark.parametrize("value", ["1:1", "1:1:x", "1:1:0"])
def test_a_button_without_an_entry_is_not_ours(slack: Workspace, working: Burst, value: str) -> None:
    assert "could not read" in said(slack.click(owner_of(working), Action.CORRECT, value))


def test_the_summary_says_what_was_corrected(slack: Workspace, proven: Burst) -> None:
    entry = next(one.number for one in slack.log() if one.kind is EntryKind.EVIDENCE)
    slack.command(owner_of(proven), f"correct {proven.key} {entry} Thirty studies, not twenty")
    slack.command(owner_of(proven), f"cancel {proven.key} withdrawn Nobody needs it any more.")

    shown = words_of(slack.command(RAISER, f"show {proven.key}").body)

    assert f"corrected entry {entry}" in shown
