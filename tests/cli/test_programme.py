"""``burst programme``: a start, and a verdict that tells what cannot be served from what can."""

import json
from typing import Any

from tests.cli.conftest import Installation
from tests.unit.programme_files import written


def _broken(file: dict[str, Any]) -> None:
    file["steering"]["members"].append("nobody")


def _with_a_gap(file: dict[str, Any]) -> None:
    del file["people"]["radiologist"]


def test_the_starter_can_be_served_as_it_is(bare: Installation) -> None:
    file = bare.folder / "programme.yml"
    assert bare.burst("programme", "init", file).exit_code == 0
    result = bare.burst("programme", "check", file)
    assert (result.exit_code, result.stdout) == (0, f"{file} can be served.\n")


def test_init_overwrites_nothing(bare: Installation) -> None:
    file = written(bare.folder)
    before = file.read_text(encoding="utf-8")
    result = bare.burst("programme", "init", file)
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (1, before)


def test_a_problem_ends_with_1_and_names_its_line(bare: Installation) -> None:
    result = bare.burst("programme", "check", written(bare.folder, _broken))
    assert result.exit_code == 1
    assert "there is no person 'nobody'" in result.stdout
    assert "cannot be served: 1 problem, " in result.stdout


def test_a_gap_can_be_served(bare: Installation) -> None:
    result = bare.burst("programme", "check", written(bare.folder, _with_a_gap))
    assert (result.exit_code, "can be served, with " in result.stdout) == (0, True)


def test_strict_takes_no_gap(bare: Installation) -> None:
    assert bare.burst("programme", "check", "--strict", written(bare.folder, _with_a_gap)).exit_code == 1
    assert bare.burst("programme", "check", "--strict", written(bare.folder)).exit_code == 0


def test_programs_get_problems_and_gaps_apart(bare: Installation) -> None:
    told = bare.told("programme", "check", written(bare.folder, _with_a_gap))
    assert (told["ok"], told["problems"]) == (True, [])
    assert all("gap: " in line for line in told["gaps"])
    assert told["gaps"]
    broken = bare.burst("programme", "check", "--json", written(bare.folder, _broken))
    assert (broken.exit_code, json.loads(broken.stdout)["ok"]) == (1, False)


def test_a_file_that_is_not_there_is_a_mistake_at_the_keyboard(bare: Installation) -> None:
    assert bare.burst("programme", "check", bare.folder / "none.yml").exit_code == 2
