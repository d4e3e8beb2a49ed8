"""Corrections of the log."""

from bot.errors import Refused
from bot.operations.correct_entry import correct_entry, entry_to_correct
from bot.operations.office import Office
from bot.slack.answers import Answer, Show
from bot.slack.command_text import Line, take_word
from bot.slack.exchange import about, asked, done, noted, pressed
from bot.slack.ids import Action, Block, View, parse_number
from bot.slack.requests import Click, Malformed, Submission
from bot.slack.views.modals.correct import correct


def correct_command(office: Office, line: Line) -> Answer:
    """``/burst correct [KEY] <entry> <text>``."""
    burst_id = line.needs_burst()
    first, text = take_word(line.rest)
    number = parse_number(first)
    if number is None or not text:
        raise Refused(
            "missing_text",
            "Please say which entry of the log is wrong, by its number, and what is right: "
            "`/burst correct BURST-42 17 <text>`. `/burst log` shows the numbers.",
        )
    return done(correct_entry(office, asked(line), burst_id, number, text), f"Entry {number} is corrected.")


def correct_click(office: Office, click: Click) -> Answer:
    """The button "Correct" beside an entry asks what is right."""
    value = pressed(click)
    return Show(correct(*entry_to_correct(office, asked(click), value.burst_id, _number(value.detail))))


def correct_submission(office: Office, submission: Submission) -> Answer:
    """The page "Correct"."""
    number = _number(noted(submission).detail)
    correct_entry(office, asked(submission), about(submission), number, submission.text(Block.TEXT))
    return None


def _number(detail: str | None) -> int:
    number = parse_number(detail or "")
    if number is None:
        raise Malformed("entry")
    return number


COMMANDS = {"correct": correct_command}
CLICKS = {Action.CORRECT: correct_click}
SUBMISSIONS = {View.CORRECT: correct_submission}
