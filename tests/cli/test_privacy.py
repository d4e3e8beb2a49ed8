"""``burst privacy scan``: what the guard says of each line, without its values."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Installation

TEXT = "MRN 00482913 is stuck\nthe viewer is slow\n\nDOB\u202814/03/1957\na 92 year old\n"


@pytest.fixture
def report(bare: Installation) -> Path:
    file = bare.folder / "lines.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_people_get_the_lines_that_are_not_clean(bare: Installation, report: Path) -> None:
    result = bare.burst("privacy", "scan", report)

    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            "line 1: block: mrn",
            "line 4: block: dob",
            "line 5: warn: age_over_89",
            "5 lines: 2 to block, 1 in doubt, 2 clean.",
        ],
    )


def test_programs_get_an_object_for_each_line(bare: Installation, report: Path) -> None:
    result = bare.burst("privacy", "scan", "--json", report)

    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["line"] for one in told] == [1, 2, 3, 4, 5]
    assert [one["verdict"] for one in told] == ["block", "clean", "clean", "block", "warn"]
    assert told[0] == {"line": 1, "verdict": "block", "categories": ["mrn"]}
    assert result.exit_code == 1


def test_nothing_that_was_found_is_printed(bare: Installation, report: Path) -> None:
    printed = (
        bare.burst("privacy", "scan", report).output + bare.burst("privacy", "scan", "--json", report).output
    )

    assert {value for value in ("00482913", "14/03/1957", "92") if value in printed} == set()


def test_a_clean_file_ends_with_0(bare: Installation) -> None:
    file = bare.folder / "clean.txt"
    file.write_text("the viewer is slow", encoding="utf-8")

    assert bare.burst("privacy", "scan", file).stdout == "1 line: 0 to block, 0 in doubt, 1 clean.\n"
    assert bare.burst("privacy", "scan", file).exit_code == 0


def test_what_is_no_utf_8_hides_nothing(bare: Installation) -> None:
    file = bare.folder / "latin.txt"
    file.write_bytes(b"M\xfcller, MRN 00482913\r\n")

    assert bare.burst("privacy", "scan", file).exit_code == 1


def test_a_locale_narrows_what_is_looked_for(bare: Installation) -> None:
    file = bare.folder / "ssn.txt"
    file.write_text("SSN 219-09-9999", encoding="utf-8")

    assert bare.burst("privacy", "scan", "--locale", "UK", file).exit_code == 0
    assert bare.burst("privacy", "scan", "--locale", "UK", "--locale", "US", file).exit_code == 1


def test_a_domain_that_is_known_is_nobodys(bare: Installation) -> None:
    file = bare.folder / "mail.txt"
    file.write_text("write to m.calloway@ngh.example", encoding="utf-8")

    assert bare.burst("privacy", "scan", "--domain", "ngh.example", file).exit_code == 0
    assert bare.burst("privacy", "scan", "--domain", "other.example", file).exit_code == 1


def test_a_locale_that_does_not_exist_is_a_mistake_at_the_keyboard(bare: Installation, report: Path) -> None:
    assert bare.burst("privacy", "scan", "--locale", "XX", report).exit_code == 2
