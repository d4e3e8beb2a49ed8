"""What people wrote into the log comes back in notices, logs, summaries and search results: harmless."""

from datetime import timedelta

import pytest

from bot.errors import Refused
from bot.operations.searching import Missing
from bot.reports.durations import site_zone
from bot.reports.labels import Labels
from bot.reports.summary import summarise
from bot.slack.ids import Action, parse_button, parse_page
from bot.slack.views import refusals
from bot.slack.views.archive_results import archive_results, nothing_found
from bot.slack.views.escalation import escalation
from bot.slack.views.help import help_for
from bot.slack.views.lists import Page
from bot.slack.views.notice import notice
from bot.slack.views.parts import Rendered
from bot.slack.views.status import log, status
from bot.slack.views.summary import archived, whole
from bot.taskforce.decision import Detail
from bot.taskforce.terms import EntryKind
from tests.slack.views.bursts import CLOSED, HOSTILE, MISSED, NAMES, NOW, OWNER, STAGES, Logged, told_with
from tests.slack.views.hits import hit
from tests.slack.views.slack_rules import assert_posts

hostile = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))

_WRITTEN = (
    "text", "reason", "question", "fix", "note", "title", "why", "method", "code", "link", "author", "reference",
    "verdict", "option", "clinical_impact", "technical_impact", "answer_by", "right", "severity", "from", "to", "user", "via", "kind", "outcome", "workaround", "until", "seat", "channel",
)  # fmt: skip


def entries_with(text: str) -> list[Logged]:
    """An entry of every kind, hostile in every detail; one of them erased."""
    body: dict[str, Detail] = dict.fromkeys(_WRITTEN, text)
    body |= {
        "reached": [text, text],
        "asked": [text, text],
        "options": [text, text],
        "recommended": 2,
        "quorum": 2,
    }
    body |= {"votes": [{"by": text, "verdict": text, "option": text}] * 2}
    body |= {"late_seconds": 9_000, "number": 1, "item": 1, "request": 1}
    entries = [Logged(number, kind, OWNER, NOW, body) for number, kind in enumerate(EntryKind, start=1)]
    return [*entries, Logged(99, EntryKind.UPDATE, "system", NOW, None)]


def labels_with(text: str) -> Labels:
    return Labels(names=dict.fromkeys(NAMES, text), causes={"fragmented_communication": text})


@hostile
def test_notices_of_hostile_entries_are_taken_and_call_nobody(text: str) -> None:
    for entry in entries_with(text):
        for stage in STAGES.values():
            assert_posts(
                notice(told_with(text, stage), entry, labels_with(text), now=NOW + timedelta(hours=2))
            )


@hostile
def test_an_escalation_after_hostile_entries_is_taken_and_calls_nobody(text: str) -> None:
    subject: dict[str, str | int] = {"clock": 3, "step": "resolve_missed"}
    burst, entries = told_with(text, MISSED), entries_with(text)
    assert_posts(escalation(burst, subject, labels_with(text), now=NOW, since=entries))


@hostile
def test_a_log_of_hostile_entries_is_taken_page_by_page(text: str) -> None:
    burst = told_with(text, CLOSED)
    assert_posts(log(burst, entries_with(text), Page(2, 5, 60, "42"), labels_with(text)))
    assert_posts(status(burst, entries_with(text), labels_with(text), now=NOW))


@hostile
@pytest.mark.parametrize("stage", STAGES)
def test_a_summary_of_a_hostile_burst_is_taken_and_calls_nobody(text: str, stage: str) -> None:
    summary = summarise(told_with(text, STAGES[stage]), entries_with(text), labels_with(text), now=NOW)
    assert_posts(whole(summary))
    assert_posts(archived(summary))


@hostile
def test_search_results_of_hostile_summaries_are_taken(text: str) -> None:
    found = [
        hit(number, title=text, family=text, sites=(text,) * 9, cause=text, fix=text)
        for number in range(1, 11)
    ]
    message = archive_results(
        found, Page(1, 9, 90, "search-7"), labels_with(text), site_zone(CLOSED), more=True
    )
    assert_posts(message)
    assert_posts(nothing_found([Missing(text, text)] * 5, together=True))
    assert pressed(message, Action.ARCHIVE_OPEN) == [str(number) + ":0" for number in range(1, 11)]


@hostile
def test_refusals_and_help_about_hostile_words_are_taken(text: str) -> None:
    assert_posts(refusals.refused(Refused("code", text)))
    assert_posts(help_for(text))


def pressed(message: Rendered, action: Action) -> list[str]:
    """The values of the message's buttons with that action, each of which handlers can read back."""
    values = [
        element["value"]
        for block in message.blocks
        for element in (*block.get("elements", []), block.get("accessory", {}))
        if element.get("action_id") == action
    ]
    assert all(parse_button(value) or parse_page(value) for value in values)
    return values
