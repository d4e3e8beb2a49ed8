"""Answers to the one person who asked: why not, and what now; never a stack trace, never their text."""

from bot.errors import Refused
from bot.slack.views.parts import SECTION_LIMIT, Rendered, escaped, section

MALFORMED = "Slack sent something that Issue Burst could not read. Nothing was changed; please try again."


def plain(words: str) -> Rendered:
    """Our own plain words as a message; ``words`` may hold what a person typed, it is escaped."""
    safe = escaped(words, SECTION_LIMIT)
    return Rendered(text=safe, blocks=[section(safe)])


def refused(refusal: Refused) -> Rendered:
    """What a refusal says, to the person who asked."""
    return plain(refusal.message)


def failed(error_id: str) -> str:
    """What a person hears when something broke: an id that the administrator finds in the log."""
    return (
        f"Something went wrong on our side (error {error_id}). Nothing was changed. Try again; "
        "if it stays, give this number to your administrator."
    )


def not_shown(error_id: str) -> Rendered:
    """When a modal could not be opened, mostly because Slack's three seconds had passed."""
    return plain(f"Slack did not open the window in time (error {error_id}). Please press once more.")
