"""A page of a transcript shows every message of it, however long they are and whatever they hold."""

from bot.slack.views.lists import Page
from bot.slack.views.parts import Rendered
from bot.slack.views.transcript import PER_PAGE, transcript
from bot.taskforce.transcript import Gap, Message, SharedFile, Version
from tests.slack.views.bursts import CLOSED, LABELS
from tests.slack.views.slack_rules import assert_posts

HOSTILE = "<!channel> *b* `c` &<>\n" * 200


def page(*gaps: Gap) -> Rendered:
    """A full page of the longest messages."""
    messages = [
        Message(
            "C1",
            f"17640000{number:02}.000100",
            "1764000000.000100" if number else "",
            "B1",
            HOSTILE,
            "bot_message",
            f"number {number} {HOSTILE}",
            (SharedFile("F1", HOSTILE, "text/plain", 3),) * 9,
            "1764000099.000100",
            (Version(HOSTILE),) * 9,
        )
        for number in range(PER_PAGE)
    ]
    return transcript(CLOSED, messages, gaps, Page(1, 2, PER_PAGE + 1, "42"), LABELS)


def test_nothing_of_a_page_is_left_out() -> None:
    shown = repr(page().blocks)
    assert all(f"number {number} " in shown for number in range(PER_PAGE))
    assert "more on the next page" not in shown


def test_nobody_is_called_by_what_somebody_wrote() -> None:
    assert_posts(page(Gap("<!channel>")))
    assert "<!channel>" not in repr(page(Gap("<!channel>")).blocks)


def test_what_is_missing_is_said_on_the_first_page_alone() -> None:
    gap = Gap("missing_scope")
    first = page(gap)
    later = transcript(CLOSED, [], [gap], Page(2, 2, 13, "42"), LABELS)
    assert "missing_scope" in repr(first.blocks)
    assert "missing_scope" not in repr(later.blocks)
