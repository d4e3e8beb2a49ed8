"""``burst programme``: a start, and a verdict that tells what cannot be served from what can."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import clock
from tests.cli.conftest import Installation
from tests.unit.imaging import DEMO
from tests.unit.programme_files import written

BLOCKER = (
    "programme",
    "explain",
    "--family",
    "dicom_mapping",
    "--site",
    "NGH",
    "--impact",
    "2",
    "--urgency",
    "1",
)


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


def test_a_blocker_is_explained_in_the_site_s_time(bare: Installation) -> None:
    bare.environment["BURST_PROGRAMME"] = str(DEMO)
    result = bare.burst(*BLOCKER, "--at", "2026-07-01T10:00")
    assert result.exit_code == 0
    assert "opened Wed 1 Jul 2026 10:00 BST" in result.stdout
    assert "Owner: Priya Raman (pacs_admin): PACS administrator at NGH" in result.stdout


@pytest.fixture
def in_2031(bare: Installation) -> Iterator[Installation]:
    """An installation whose bot is shown another time than the machine's."""
    shift, path = (
        clock.Shift(offset_for=datetime(2031, 5, 1, tzinfo=UTC) - clock.now()),
        bare.folder / "clock",
    )
    clock.write_shift(path, shift)
    bare.environment |= {"BURST_CLOCK_FILE": str(path), "SLACK_API_URL": "http://127.0.0.1:1/api/"}
    bare.environment["BURST_PROGRAMME"] = str(DEMO)
    yield bare
    clock.use_shift_file(None)


def test_now_is_the_bot_s_time(in_2031: Installation) -> None:
    assert str(in_2031.told(*BLOCKER)["at"]).startswith("2031-05-01 00:00:")


def test_a_stage_that_was_not_given_is_named_with_the_others(bare: Installation) -> None:
    bare.environment["BURST_PROGRAMME"] = str(DEMO)
    taken = bare.burst(*BLOCKER).stdout.splitlines()[0]
    assert taken == (
        "--stage was not given: go_live, as `/burst open` in one line takes. "
        "Others: initiation, design, build, validation."
    )
    assert "--stage" not in bare.burst(*BLOCKER, "--stage", "build").stdout


def test_programs_get_an_explanation_as_data(bare: Installation) -> None:
    told = bare.told(
        *BLOCKER, "--file", DEMO, "--at", "2026-07-01T10:00+02:00", "--answer", "symptom=wrong_patient"
    )
    assert (told["at"], told["owner"]["who"]) == ("2026-07-01 08:00:00+00:00", "Priya Raman")
    assert told["tasks"][0]["severity_at_least"] == "sev2"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--at", "noon"), "--at: found 'noon'; allowed is a time such as 2026-12-24T16:30"),
        (("--at", "9999-12-31T23:00"), "--at: found '9999-12-31T23:00'; allowed is a time such as"),
        (("--at", "2026-03-29T01:30"), "clocks at NGH jump over it"),
        (("--answer", "symptom"), "--answer: found 'symptom'; allowed is FIELD=VALUE"),
        (
            ("--answer", "symptom=Duplicate or changed UIDs"),
            "symptom: give one of these:\n  association_refused   Association refused",
        ),
        (("--stage", "bild"), "did you mean build?"),
        (("--site", "NGX"), "there is no site 'NGX'"),
    ],
)
def test_what_cannot_be_explained_is_said_in_words(
    bare: Installation, more: tuple[str, ...], words: str
) -> None:
    result = bare.burst(*BLOCKER, "--file", DEMO, *more)
    assert (result.exit_code, words in result.stderr) == (1, True)


def test_an_explanation_needs_a_programme(bare: Installation) -> None:
    result = bare.burst(*BLOCKER)
    assert (result.exit_code, "--file FILE, or BURST_PROGRAMME" in result.stderr) == (1, True)
