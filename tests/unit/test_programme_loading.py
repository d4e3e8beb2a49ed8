"""Loading: the shipped files load, a hospital's file lies over the default, YAML is read plainly."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ProgrammeError
from bot.programme import check, load, starter
from bot.programme.tree import parse_yaml
from bot.taskforce.intake import Header, parse_form
from bot.taskforce.seating import seat
from bot.taskforce.terms import Severity
from tests.unit.imaging import DEMO
from tests.unit.programme_files import save, written

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_demonstration_s_programme_has_neither_problems_nor_gaps() -> None:
    assert check(DEMO, at=NOON) == []


def test_the_starter_loads_as_it_is(tmp_path: Path) -> None:
    path = save(tmp_path, starter())
    assert check(path, at=NOON) == []
    assert list(load(path).sites) == ["MAIN"]


def test_the_starter_s_commented_examples_load_too(tmp_path: Path) -> None:
    lines = starter().splitlines()
    opened = [line.replace("# ", "", 1) if _is_example(line) else line for line in lines]
    path = save(tmp_path, "\n".join(opened))
    assert check(path, at=NOON) == []
    assert list(load(path).file.rotations) == ["pacs_on_call"]


def _is_example(line: str) -> bool:
    return line.startswith(("# rotations:", "# stages:", "# severity:", "#   "))


def test_the_smallest_file_is_complete(tmp_path: Path) -> None:
    assert check(written(tmp_path), at=NOON) == []


def test_what_a_hospital_names_lies_over_the_default_and_the_rest_stays(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["severity"] = {"policies": {"sev1": {"accept": "10m"}}}
        content["roles"] = {"pacs_admin": {"aliases": ["PACS associate"]}}

    file = load(written(tmp_path, change)).file
    assert (file.severity.policies.sev1.accept, file.severity.policies.sev1.resolve) == ("10m", "4h")
    assert file.roles["pacs_admin"].aliases == ("PACS associate",)
    assert file.roles["pacs_admin"].label == "PACS administrator"


def test_a_list_replaces_the_default_s_list(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["severity"] = {"policies": {"sev3": {"warn_at": [0.5]}}}

    assert load(written(tmp_path, change)).file.severity.policies.sev3.warn_at == (0.5,)


def test_a_family_given_as_null_is_taken_away(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["families"] = {"ai_routing": None}

    assert "ai_routing" not in load(written(tmp_path, change)).families


def test_the_ninth_family_of_the_documentation_needs_no_code(tmp_path: Path) -> None:
    documentation = (Path(__file__).parents[2] / "docs" / "programme.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(families:.*?)```", documentation, re.DOTALL)

    def change(content: dict[str, Any]) -> None:
        content["families"] = parse_yaml(example).value["families"]

    path = written(tmp_path, change)
    assert check(path, at=NOON) == []
    programme = load(path)
    assert len(programme.families) == 9
    family = programme.families["display_quality"]
    form = parse_form(family, {"use": "primary_reading", "displays": 3}, programme.intake)
    head = Header("Displays too dark", ("NGH",), "build", 3, 3, "Three displays fail the monthly check.")
    seating = seat(family, form.answers, head, programme.roster(family, ["NGH"], NOON))
    assert (seating.owner_role, seating.severity, [c.id for c in seating.conditionals]) == (
        "htm",
        Severity.SEV2,
        ["primary"],
    )


def test_a_programme_with_gaps_can_be_served_and_check_tells_them(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        del content["people"]["safety"]
        del content["sponsor"]

    path = written(tmp_path, change)
    assert load(path).file.sponsor is None
    assert all(": gap: " in line for line in check(path, at=NOON))
    assert len(check(path, at=NOON)) > 0


def test_a_programme_with_problems_is_refused_with_all_of_them(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["administrators"] = ["ghost"]
        content["steering"]["quorum"] = 9

    with pytest.raises(ProgrammeError) as refused:
        load(written(tmp_path, change))
    assert [line.partition(": ")[2].split(":")[0] for line in refused.value.problems] == [
        "administrators[1]",
        "steering.quorum",
    ]


def test_a_file_that_is_not_there_is_a_problem_in_words(tmp_path: Path) -> None:
    assert check(tmp_path / "none.yml") == ["none.yml:1: the file cannot be read: No such file or directory"]


def test_a_file_that_is_no_text_is_a_problem_in_words(tmp_path: Path) -> None:
    path = tmp_path / "programme.yml"
    path.write_bytes(b"sites: \xff\xfe")
    assert check(path) == ["programme.yml:1: this is no UTF-8 text: byte 8 is wrong"]


def test_an_empty_file_says_how_to_begin(tmp_path: Path) -> None:
    (line,) = check(save(tmp_path, "# nothing yet\n"))
    assert "burst programme init" in line


def test_a_file_without_keys_at_its_top_is_refused(tmp_path: Path) -> None:
    assert check(save(tmp_path, "- one\n- two\n")) == [
        "programme.yml:1: the file must hold keys and values at its top"
    ]


@pytest.mark.parametrize(
    ("written_as", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("08:30", "08:30"),
        ("12:30", "12:30"),
        ("2026-12-01", "2026-12-01"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("15", 15),
        ("-3", -3),
        ("0.8", 0.8),
        ("'15'", "15"),
    ],
)
def test_only_few_words_are_special(written_as: str, value: object) -> None:
    found = parse_yaml(f"key: {written_as}").value["key"]
    assert (found, type(found)) == (value, type(value))


def test_every_value_knows_its_line() -> None:
    tree = parse_yaml("sites:\n  NGH:\n    name: Northgate\n  list:\n    - a\n    - b\n")
    assert tree.lines[("sites", "NGH", "name")] == 3
    assert tree.lines[("sites", "list", 1)] == 6


def test_what_repeats_itself_without_end_is_refused() -> None:
    layers = "\n".join(f"a{n}: &a{n} [{', '.join(f'*a{n - 1}' for _ in range(9))}]" for n in range(1, 9))
    tree = parse_yaml(f"a0: &a0 [x, x, x, x, x, x, x, x, x]\n{layers}\n")
    assert any("too much" in problem.message for problem in tree.problems)


def test_a_value_that_holds_itself_is_refused() -> None:
    tree = parse_yaml("a: &a\n  b: *a\n")
    assert any("holds itself" in problem.message for problem in tree.problems)


def test_what_is_nested_too_deeply_is_refused() -> None:
    tree = parse_yaml("a: " + "[" * 1000 + "]" * 1000)
    assert [problem.message for problem in tree.problems] == ["the file is nested too deeply to be read"]
