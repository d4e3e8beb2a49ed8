"""Raising a blocker: what people are told on the way, and where it came from."""

from collections.abc import Mapping
from typing import Any

from bot.reports.labelling import labels_for
from bot.slack.ids import Shortcut
from bot.slack.views.card import card
from bot.taskforce.burst import Burst
from tests.handlers.test_opening import PAGE_1, PAGE_2, second_page
from tests.handlers.workspace import RAISER, Workspace, words_of

MESSAGE = {"ts": "1794000000.000100", "user": RAISER, "text": PAGE_1["workflow_impact"]}


def card_of(slack: Workspace, burst: Burst) -> str:
    """Everything that the burst's card says."""
    with slack.office.store.read() as unit:
        labels = labels_for(unit, slack.office.programme(), burst)
    return words_of(card(burst, labels, now=burst.opened_at).blocks)


def from_message(slack: Workspace, **other: Any) -> Mapping[str, Any]:
    """Page 2 of a blocker that is raised from a message."""
    slack.shortcut(RAISER, Shortcut.RAISE_MESSAGE, MESSAGE, channel={"id": "C0CHAT"}, **other)
    return slack.submit(RAISER, slack.shown, PAGE_1).view


def test_the_last_page_and_the_card_tell_what_the_answers_already_say(slack: Workspace) -> None:
    heard = slack.submit(RAISER, second_page(slack), {**PAGE_2, "f_actual": "A-ASSOCIATE-RJ 1/1/7"})

    for words in (words_of(heard.view), card_of(slack, slack.burst())):
        assert "sev2 high (impact 2, urgency 1)" in words
        assert "PACS administrator at NGH" in words
        assert "is Study Description, VR LO (at most 64 characters), VM 1" in words
        assert "the receiver does not answer to the called AE title" in words
    assert "ask for a remote session first" in words_of(heard.view)


def test_a_severity_that_an_answer_raised_says_so(slack: Workspace) -> None:
    slack.command(RAISER, "")
    low = slack.submit(RAISER, slack.shown, {**PAGE_1, "impact": "3", "urgency": "3"}).view

    heard = slack.submit(RAISER, low, {**PAGE_2, "f_symptom": "wrong_patient", "f_tag": "ImageComments"})

    assert "sev2 high (impact 3, urgency 3; raised from sev4: wrong patient risk)" in words_of(heard.view)


def test_page_2_shows_how_much_each_candidate_owns(slack: Workspace, opened: Burst) -> None:
    words = words_of(second_page(slack))

    assert "<@U01PRIYA> owns 1 open burst · PACS administrator at NGH" in words
    assert "<@U01LORETTA> owns no open bursts · lead of Interoperability" in words


def test_a_message_is_linked_from_the_burst_that_was_raised_from_it(slack: Workspace) -> None:
    slack.submit(RAISER, from_message(slack), PAGE_2)

    burst = slack.burst()
    assert burst.raised_from == "https://hospital.slack.com/archives/C0CHAT/p1794000000000100"
    assert f"Raised from <{burst.raised_from}|a message>" in card_of(slack, burst)
    opening = slack.log()[0].body
    assert opening is not None
    assert opening["raised_from"] == burst.raised_from


def test_a_message_of_which_slack_tells_too_little_is_not_linked(slack: Workspace) -> None:
    slack.submit(RAISER, from_message(slack, team={"id": "T01HOSPITAL"}), PAGE_2)

    assert slack.burst().raised_from == ""


def test_the_same_blocker_at_another_site_is_offered_with_what_they_share(
    slack: Workspace, opened: Burst
) -> None:
    slack.submit(RAISER, slack.submit(RAISER, second_page(slack), PAGE_2).view, {"similar": "open_anyway"})
    slack.command(RAISER, "")
    elsewhere = {**PAGE_1, "title": "MR layouts are mixed up", "sites": ["LKC"]}
    page = slack.submit(RAISER, slack.shown, elsewhere).view

    heard = slack.submit(RAISER, page, PAGE_2)

    assert heard.view["callback_id"] == "burst_open_similar"
    assert "Join BURST-2" in words_of(heard.view)
    assert "At NGH: same DICOM attribute(s)" in words_of(heard.view)
    assert "BURST-1" not in words_of(heard.view)


def test_the_most_alike_is_offered_first(slack: Workspace, opened: Burst) -> None:
    slack.submit(RAISER, slack.submit(RAISER, second_page(slack), PAGE_2).view, {"similar": "open_anyway"})

    page = slack.submit(RAISER, second_page(slack), PAGE_2).view

    words = words_of(page)
    assert words.index("Join BURST-2") < words.index("Join BURST-1")
