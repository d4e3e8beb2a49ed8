"""Every kind of blocker that ships: its form opens, its answers are shown, its words come from the programme."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import bot.programme
from bot.programme.overlay import laid_over
from bot.programme.schema.file import ProgrammeFile
from bot.reports.labels import Labels
from bot.slack.ids import View, field_block
from bot.slack.views.card import card
from bot.slack.views.modals import closing, deciding, open_blocker, working
from bot.slack.views.modals.choices import cause_choices, open_choices, right_choices
from bot.slack.views.parts import escape
from bot.taskforce.burst import Answer
from bot.taskforce.family import Family, FieldType, FormField
from tests.slack.views.bursts import NOW, OPEN, OWNER, RESOLVED
from tests.slack.views.slack_rules import assert_opens, assert_posts

_DEFAULT = Path(bot.programme.__file__).parent / "defaults" / "imaging.json"
_HOSPITAL: dict[str, Any] = {
    "organisation": {"name": "Fictional Hospitals"},
    "sites": {"NGH": {"name": "Northgate General", "zone": "Europe/London"}},
    "people": {"olive": {"name": "Olive Owner", "slack": OWNER, "side": "technical"}},
    "steering": {"members": ["olive"], "channel": "C0STEER"},
    "archive": {"channel": "C0ARCH"},
}
PROGRAMME = ProgrammeFile.model_validate_json(
    json.dumps(laid_over(json.loads(_DEFAULT.read_text(encoding="utf-8")), _HOSPITAL))
)
each_family = pytest.mark.parametrize(
    "family", PROGRAMME.families.values(), ids=lambda family: str(family.id)
)


def an_answer(question: FormField) -> Answer:
    """Some answer of the question's type."""
    options = [option.id for option in question.options or ()]
    match question.type:
        case FieldType.SELECT:
            return options[0]
        case FieldType.MULTISELECT:
            return tuple(options[:2])
        case FieldType.NUMBER:
            return question.max or 7
        case FieldType.BOOLEAN:
            return True
        case FieldType.DATE:
            return "2026-12-01"
        case _:
            return "x" * (question.max or 60)


@each_family
def test_its_form_opens_empty_and_filled(family: Family) -> None:
    details = open_blocker.Details(OPEN.severity, "high", 2, 1, OWNER, "PACS administrator at NGH")
    filled = replace(details, answers={question.id: an_answer(question) for question in family.form})
    for view in (
        open_blocker.open_details("d1", family, details),
        open_blocker.open_details("d1", family, filled),
    ):
        assert_opens(view)
        asked = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
        assert asked == [*(field_block(question.id) for question in family.form), "workaround", "owner"]


@each_family
def test_what_was_chosen_before_is_chosen_again(family: Family) -> None:
    chosen = [question for question in family.form if question.options]
    answers = {question.id: an_answer(question) for question in chosen}
    view = open_blocker.open_details(
        "d1", family, open_blocker.Details(OPEN.severity, "high", 2, 1, answers=answers)
    )
    elements = {block.get("block_id"): block.get("element", {}) for block in view["blocks"]}
    for question in chosen:
        element = elements[field_block(question.id)]
        initial = element.get("initial_options") or [element["initial_option"]]
        wanted = 2 if question.type is FieldType.MULTISELECT else 1
        assert initial == element["options"][:wanted]


@each_family
def test_its_answers_stand_on_the_card_under_its_questions(family: Family) -> None:
    labels = Labels.of(PROGRAMME, family.id, {})
    answers = {question.id: an_answer(question) for question in family.form}
    message = card(replace(OPEN, answers=answers, family_label=family.label), labels, now=NOW)
    assert_posts(message)
    cells = [cell["text"] for block in message.blocks for cell in block.get("fields", [])]
    for question in family.form:
        assert any(cell.startswith(f"*{escape(question.label)}*\n") for cell in cells)


@each_family
def test_evidence_and_causes_can_be_chosen(family: Family) -> None:
    kinds = tuple((kind.id, kind.label, kind.type.value) for kind in family.evidence)
    burst = replace(RESOLVED, evidence_kinds=kinds)
    causes = cause_choices(PROGRAMME, family.id)
    assert [cause for cause, _ in causes[: len(family.delay_causes)]] == list(family.delay_causes)
    assert {cause for cause, _ in causes} == set(PROGRAMME.delay_causes)
    assert_opens(closing.resolve(burst, causes))
    assert_opens(working.evidence(burst))
    assert_opens(deciding.decide(burst, right_choices(PROGRAMME)))


def test_page_one_offers_what_the_programme_has() -> None:
    view = open_blocker.open_blocker("d1", open_choices(PROGRAMME))
    assert_opens(view)
    assert view["callback_id"] == View.OPEN
    options = {
        block["block_id"]: [option["value"] for option in block["element"]["options"]]
        for block in view["blocks"]
        if "options" in block["element"]
    }
    assert options["family"] == list(PROGRAMME.families)
    assert options["sites"] == ["NGH"]
    assert options["stage"] == list(PROGRAMME.stages)
    assert options["impact"] == options["urgency"] == ["1", "2", "3"]


def test_a_programme_without_decision_rights_still_knows_the_three() -> None:
    bare = PROGRAMME.model_copy(update={"decision_rights": {}})
    assert [right for right, _ in right_choices(bare)] == ["scope", "security", "go_live"]


def test_causes_of_a_family_that_is_gone_are_all_causes() -> None:
    assert [cause for cause, _ in cause_choices(PROGRAMME, "gone")] == list(PROGRAMME.delay_causes)


def test_ids_that_the_programme_no_longer_knows_are_shown_in_words() -> None:
    labels = Labels.of(PROGRAMME, "gone", {"U01": "Una"})
    assert labels.family is None
    assert labels.name(OWNER) == "Olive Owner"
    assert labels.name("U01") == "Una"
    assert labels.name("U99") == "U99"
    assert labels.name("system") == "Issue Burst"
    assert labels.site("NGH") == "Northgate General (NGH)"
    assert labels.site("OLD") == "OLD"
    assert labels.role("night_shift") == "Night shift"
    assert labels.stage("go_live") == PROGRAMME.stages["go_live"].label
    assert labels.cause("long_gone") == "Long gone"
    assert labels.workstream("interoperability") == "Interoperability"
    assert labels.right("colour_of_gowns") == "Colour of gowns"
