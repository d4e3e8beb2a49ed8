"""docs/programme.md holds what the code does: every key is told, every example loads, every message is ours."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.programme import Programme, check, load, starter
from bot.programme.overlay import laid_over
from bot.programme.schema.file import ProgrammeFile
from bot.programme.schema.people import Archive, Person, Steering, Vendor
from bot.programme.schema.places import Organisation, Site, StageMilestone, Workstream
from bot.programme.tree import parse_yaml
from bot.taskforce.family import Family, FieldType, Role
from bot.taskforce.intake import Header, parse_form
from bot.taskforce.policy import Frozen
from bot.taskforce.predicates import Op
from bot.taskforce.seating import Seating, seat
from bot.taskforce.terms import Notify, Severity
from tests.unit.programme_files import save

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEXT = (Path(__file__).parents[2] / "docs" / "programme.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
TOLD = re.findall(r"^programme\.yml:\d+: (.*)$", TEXT, re.MULTILINE)


def over_the_starter(folder: Path, *changes: Any) -> Path:
    """The starter with changes laid over it, as a file."""
    content: Any = parse_yaml(starter()).value
    for change in changes:
        content = laid_over(content, change)
    return save(folder, yaml.safe_dump(content, sort_keys=False, allow_unicode=True))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split(":")[0])
def test_an_example_can_be_put_into_the_starter(tmp_path: Path, example: str) -> None:
    read = parse_yaml(example)
    assert read.problems == []
    assert check(over_the_starter(tmp_path, read.value), at=NOON) == []


@pytest.mark.parametrize(
    "model",
    [ProgrammeFile, Organisation, Site, Person, Role, Workstream, Steering, Archive, Vendor, StageMilestone],
)
def test_every_key_of_a_section_is_told(model: type[Frozen]) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"id"}
    assert {key for key in keys if f"`{key}`" not in TEXT} == set()


@pytest.mark.parametrize("words", [FieldType, Op, Notify])
def test_every_word_that_may_be_chosen_is_told(words: type[FieldType | Op | Notify]) -> None:
    assert {word for word in words if f"`{word}`" not in TEXT} == set()


def test_every_shipped_role_is_told(tmp_path: Path) -> None:
    roles = load(over_the_starter(tmp_path)).roles
    assert {role for role in roles if f"`{role}`" not in TEXT} == set()


@pytest.mark.parametrize("severity", list(Severity))
def test_the_response_times_are_the_shipped_ones(tmp_path: Path, severity: Severity) -> None:
    terms = load(over_the_starter(tmp_path)).file.severity.policies.of(severity)
    (row,) = re.findall(rf"^\| `{severity}` \| (.*) \|$", TEXT, re.MULTILINE)
    promised = (terms.calendar, terms.accept, terms.first_update, terms.update_every)
    assert row.split(" | ") == [*promised, terms.workaround or "none", terms.resolve]


def test_the_messages_are_what_check_tells(tmp_path: Path) -> None:
    mistakes = {
        "contacts": [{"role": "fse", "text": "desk"}, {"role": "vendor", "text": "desk"}],
        "people": {"pacs": {"side": "techincal"}},
        "families": {"ai_routing": {"workstream": "imaging_operation"}},
        "steering": {"quorum": 3},
    }
    told = check(over_the_starter(tmp_path, mistakes), at=NOON)
    assert TOLD != []
    assert [text for text in TOLD if not any(line.endswith(text) for line in told)] == [], told


@pytest.fixture(name="ninth")
def programme_with_a_ninth_family(tmp_path: Path) -> Programme:
    """The starter and the family that the document adds."""
    (example,) = [example for example in EXAMPLES if "display_quality:" in example]
    return load(over_the_starter(tmp_path, parse_yaml(example).value))


def seated(programme: Programme, **answers: str) -> Seating:
    family: Family = programme.families["display_quality"]
    typed = {"room": "Reading room 2", "displays": 6, "seen": "The pattern has steps", **answers}
    form = parse_form(family, typed, programme.intake)
    assert form.problems == {}
    header = Header(
        title="Displays differ in reading room 2",
        sites=("MAIN",),
        stage="go_live",
        impact=3,
        urgency=3,
        workflow_impact="Two readers cannot use the room since this morning.",
    )
    return seat(family, form.answers, header, programme.roster(family, header.sites, NOON))


def test_the_ninth_family_finds_its_people_without_any_code(ninth: Programme) -> None:
    found = seated(ninth, problem="calibration")
    assert (found.owner, found.owner_reason) == (
        "U0ENGINEER",
        "Biomedical/clinical engineering at MAIN",
    )
    assert (found.clinical_lead, found.technical_lead) == ("U0RADIOLOGIST", "U0PACS")
    assert seated(ninth, problem="resolution").owner == "U0NETWORK"


def test_the_ninth_family_pulls_people_in_by_its_predicates(ninth: Programme) -> None:
    found = seated(ninth, problem="resolution")
    assert [conditional.id for conditional in found.conditionals] == ["many_displays"]
    assert found.assignees["many_displays"] == "U0SAFETY"
    assert found.severity is Severity.SEV2
