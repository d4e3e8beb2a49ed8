"""Fifteen reports as people would type them: each yields its people and severity, or is refused where it names a patient."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from freezegun import freeze_time

from bot import clock
from bot.slack.ids import Block, View, field_block
from bot.taskforce.burst import Burst
from tests.handlers.workspace import RAISER, Heard, Workspace
from tests.store_fixtures import Database
from tests.unit.imaging import demo, reports

CLEAN = [report for report in reports() if not report["phi"]["contains"]]
IDENTIFYING = [report for report in reports() if report["phi"]["contains"]]
HEADER_FIELDS = frozenset({"title", "workflow_impact"})
HARMLESS = "Readers have stopped using the affected studies since this morning; six of them wait."


def page_1(report: Mapping[str, Any]) -> dict[str, object]:
    """What is typed into page 1."""
    typed = {
        "family": report["family"],
        "title": report["title"],
        "sites": report["sites"],
        "stage": report["stage"],
        "impact": str(report["impact"]),
        "urgency": str(report["urgency"]),
        "workflow_impact": report["workflow_impact"],
    }
    if report["needed_in_days"] is not None:
        typed["needed_by"] = (clock.now() + timedelta(days=report["needed_in_days"])).date().isoformat()
    return typed


def page_2(report: Mapping[str, Any]) -> dict[str, object]:
    """What is typed into page 2: numbers as text, yes and no as the buttons send them."""
    answers = {field_block(name): _typed(answer) for name, answer in report["details"].items()}
    return {**answers, "workaround": report["workaround"]}


def _typed(answer: object) -> object:
    if isinstance(answer, bool):
        return str(answer).lower()
    return f"{answer:,}" if isinstance(answer, int) else answer


def raised(slack: Workspace, report: Mapping[str, Any], **header: object) -> Heard:
    """The answer to page 2, after page 1 was taken."""
    slack.command(RAISER, "")
    second = slack.submit(RAISER, slack.shown, {**page_1(report), **header})
    return slack.submit(RAISER, second.view, page_2(report))


def filled_by(burst: Burst, role: str) -> tuple[str, ...]:
    """Whoever fills a role at the burst's sites."""
    return demo().people_for(role, burst.sites, burst.opened_at)


@pytest.mark.parametrize("report", CLEAN, ids=lambda report: str(report["id"]))
@freeze_time("2026-11-24 12:00")
def test_a_report_opens_with_the_people_and_the_severity_that_it_must(
    slack: Workspace, report: dict[str, Any]
) -> None:
    heard = raised(slack, report)

    expected, burst = report["expected"], slack.burst()
    assert heard.view["callback_id"] == View.OPEN_DONE
    assert burst.owner_role == expected["owner"]
    assert burst.owner == filled_by(burst, expected["owner"])[0]
    assert burst.clinical_lead in filled_by(burst, expected["clinical_lead"])
    assert burst.technical_lead in filled_by(burst, expected["technical_lead"])
    assert burst.severity == report["severity"]
    conditionals = {one.id: one for one in demo().families[report["family"]].conditional}
    applying = [conditionals[name] for name in expected["conditional"]]
    assert [item.text for item in burst.checklist if item.source.startswith("conditional:")] == [
        one.task for one in applying if one.task is not None
    ]
    people = {person.user for person in burst.participants}
    for role in {role for one in applying for role in one.roles}:
        assert not filled_by(burst, role) or people & set(filled_by(burst, role))


@pytest.mark.parametrize("report", IDENTIFYING, ids=lambda report: str(report["id"]))
@freeze_time("2026-11-24 12:00")
def test_a_report_that_identifies_a_patient_is_refused_at_its_fields(
    slack: Workspace, report: dict[str, Any]
) -> None:
    named = set(report["phi"]["fields"])
    if named <= HEADER_FIELDS:
        slack.command(RAISER, "")
        heard = slack.submit(RAISER, slack.shown, page_1(report))
        assert set(heard.errors) == named
        heard = raised(slack, report, workflow_impact=HARMLESS)
        assert heard.view["callback_id"] == View.OPEN_DONE
        return

    heard = raised(slack, report)

    assert set(heard.errors) == {field_block(name) for name in named}
    assert slack.count() == 0
    for name in named:
        assert report["details"][name] not in heard.words


def test_nothing_of_a_refused_page_is_kept(slack: Workspace, offices_database: Database) -> None:
    (report,) = [one for one in IDENTIFYING if one["id"] == "migrated-study-wrong-banner"]
    slack.command(RAISER, "")
    slack.submit(RAISER, slack.shown, page_1(report))

    kept = offices_database.kept()
    assert b"counter" in kept  # so it was looked at
    assert b"RC-2291847" not in kept


DOUBTFUL = "Since Monday nobody can open prior studies; seen with a 92 year old in bed 14 today."


class TestDoubt:
    def first_page(self, slack: Workspace) -> Heard:
        slack.command(RAISER, "")
        typed = {**page_1(CLEAN[0]), "workflow_impact": DOUBTFUL}
        return slack.submit(RAISER, slack.shown, typed)

    def test_it_is_asked_about_on_the_same_page_with_everything_as_it_was(self, slack: Workspace) -> None:
        page = self.first_page(slack).view

        assert page["callback_id"] == View.OPEN
        inputs = {block["block_id"]: block for block in page["blocks"] if block["type"] == "input"}
        assert inputs[Block.WORKFLOW_IMPACT]["element"]["initial_value"] == DOUBTFUL
        assert inputs[Block.CONFIRM]["element"]["options"][0]["text"]["text"] == "This is not about a patient"

    def test_it_may_be_confirmed_and_that_is_logged_without_the_words(self, slack: Workspace) -> None:
        page = slack.submit(RAISER, self.first_page(slack).view, {"confirm": ["not_patient"]}).view
        slack.submit(RAISER, page, page_2(CLEAN[0]))

        (entry,) = [one for one in slack.log() if one.kind == "privacy"]
        assert entry.actor == RAISER
        assert entry.body is not None
        assert entry.body["confirmed"] == ["age_over_89"]

    def test_unconfirmed_it_is_asked_about_again(self, slack: Workspace) -> None:
        page = slack.submit(RAISER, self.first_page(slack).view).view

        assert page["callback_id"] == View.OPEN

    def test_an_answer_in_doubt_is_asked_about_where_it_stands(self, slack: Workspace) -> None:
        slack.command(RAISER, "")
        second = slack.submit(RAISER, slack.shown, page_1(CLEAN[0])).view
        typed = {**page_2(CLEAN[0]), "f_actual": "shown for a 92 year old", "workaround": "partial"}

        page = slack.submit(RAISER, second, typed).view

        blocks = [block.get("block_id") for block in page["blocks"]]
        doubt = page["blocks"][blocks.index("f_actual") + 1]
        assert "an age over 89" in doubt["elements"][0]["text"]
        heard = slack.submit(RAISER, page, {"confirm": ["not_patient"]})
        assert heard.view["callback_id"] == View.OPEN_DONE
        assert slack.burst().answers["actual"] == "shown for a 92 year old"

    def test_one_line_is_sent_again_with_the_confirmation(self, slack: Workspace) -> None:
        line = "open dicom_mapping site:NGH impact:2 urgency:1 Wrong age shown for a 92 year old"

        assert "confirm:not-patient" in slack.command(RAISER, line).words
        assert slack.count() == 0
        slack.command(RAISER, f"{line} confirm:not-patient")
        assert slack.burst().title == "Wrong age shown for a 92 year old"

    def test_something_else_cannot_be_confirmed(self, slack: Workspace) -> None:
        heard = slack.command(RAISER, "open dicom_mapping confirm:yes CT hangs")

        assert "confirm:not-patient" in heard.words


class TestCommandsThatNameAPatient:
    @pytest.mark.parametrize(
        "line",
        [
            "open dicom_mapping site:NGH impact:2 urgency:1 MRN 00451237 hangs with the wrong layout",
            "open dicom_mapping MRN 00451237 hangs with the wrong layout",
            "open MRN 00451237 hangs confirm:not-patient",
        ],
    )
    def test_they_are_refused_without_repeating_it(self, slack: Workspace, line: str) -> None:
        heard = slack.command(RAISER, line)

        assert "a patient or hospital number" in heard.words
        assert "00451237" not in heard.words
        assert slack.count() == 0
        assert slack.screens.views == []

    def test_a_message_is_taken_over_without_its_identifiers(self, slack: Workspace) -> None:
        message = {"ts": "1.2", "text": "Nobody can open the priors of MRN 00451237 since noon"}
        slack.shortcut(RAISER, "burst_raise_message", message, channel={"id": "C0CHAT"})

        assert "00451237" not in str(slack.shown)
        assert "[mrn removed]" in str(slack.shown)
