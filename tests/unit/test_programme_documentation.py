"""docs/programme.md tells what the code does: every section, every word to choose, the shipped promises."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.programme import Programme, check, load, starter
from bot.programme.overlay import laid_over
from bot.programme.schema.file import ProgrammeFile
from bot.programme.tree import parse_yaml
from bot.taskforce.family import FieldType
from bot.taskforce.predicates import Op
from bot.taskforce.terms import Notify, Severity
from tests.unit.programme_files import save

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEXT = (Path(__file__).parents[2] / "docs" / "programme.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture(name="shipped")
def starting_programme(tmp_path: Path) -> Programme:
    """The starter: the shipped default with next to nothing laid over it."""
    return load(save(tmp_path, starter()))


def test_there_are_examples() -> None:
    assert EXAMPLES != []


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_put_into_the_starter(tmp_path: Path, example: str) -> None:
    begun: Any = parse_yaml(starter()).value
    read = parse_yaml(example)
    assert read.problems == []
    path = save(tmp_path, yaml.safe_dump(laid_over(begun, read.value), sort_keys=False))
    assert check(path, at=NOON) == []


def test_every_section_is_told() -> None:
    assert {name for name in ProgrammeFile.model_fields if f"`{name}`" not in TEXT} == set()


@pytest.mark.parametrize("words", [FieldType, Op, Notify])
def test_every_word_that_may_be_chosen_is_told(words: type[FieldType | Op | Notify]) -> None:
    assert {word for word in words if f"`{word}`" not in TEXT} == set()


def test_as_much_is_shipped_as_is_told(shipped: Programme) -> None:
    numbers = {"five": 5, "six": 6, "eight": 8, "nineteen": 19}
    told = re.search(r"(\w+) workstreams, (\w+) stages, (\w+) roles, (\w+) families", TEXT)
    assert told is not None
    file = shipped.file
    counted = [len(part) for part in (file.workstreams, file.stages, file.roles, file.families)]
    assert [numbers[word] for word in told.groups()] == counted


@pytest.mark.parametrize("severity", list(Severity))
def test_the_response_times_are_the_shipped_ones(shipped: Programme, severity: Severity) -> None:
    terms = shipped.file.severity.policies.of(severity)
    (row,) = re.findall(rf"^\| `{severity}` \| (.*) \|$", TEXT, re.MULTILINE)
    promised = (terms.calendar, terms.accept, terms.first_update, terms.update_every)
    assert row.split(" | ") == [*promised, terms.workaround or "none", terms.resolve]
