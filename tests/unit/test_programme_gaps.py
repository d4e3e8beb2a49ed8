"""Gaps about promises and decisions: what can be served and will hurt, told where it stands."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.programme import check, examine
from tests.unit.programme_files import save, written
from tests.unit.test_programme_people import serving

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def changed(**sections: Any) -> Callable[[dict[str, Any]], None]:
    return lambda content: content.update(sections)


@pytest.mark.parametrize(
    ("severity", "words"),
    [
        (
            {"policies": {"sev1": {"accept": "5h"}}},
            "sev1.accept: gap: would be due after 'resolve' on the calendar '24x7' at NGH",
        ),
        ({"policies": {"sev2": {"workaround": "9h"}}}, "sev2.workaround: gap: would be due after 'resolve'"),
        (
            {"overrides": [{"severities": ["sev4"], "terms": {"resolve": "400bd"}}]},
            "severity.overrides[1].terms.resolve: gap: would be due only on 2028-",
        ),
        (
            {"calendars": {"business": {"hours": "08:00-08:02", "holidays": "stop"}}},
            "sev3.first_update: gap: would be due only on 2027-",
        ),
    ],
)
def test_a_clock_that_no_calendar_can_meet_is_told(tmp_path: Path, severity: Any, words: str) -> None:
    told = check(written(tmp_path, changed(severity=severity)), at=NOON)
    assert [line for line in told if words in line], told


def test_a_promise_is_told_once_however_many_sites_cannot_keep_it(tmp_path: Path) -> None:
    sites = {code: {"name": code, "zone": "Europe/London"} for code in ("NGH", "LKC")}
    severity = {"policies": {"sev2": {"accept": "9h"}}}
    told = check(written(tmp_path, changed(sites=sites, severity=severity)), at=NOON)
    assert len([line for line in told if "sev2.accept" in line]) == 1


def test_a_site_where_nobody_answers_for_privacy_is_a_gap(tmp_path: Path) -> None:
    def with_a_second_site(content: dict[str, Any]) -> None:
        content["sites"]["LKC"] = {"name": "Lakeside", "zone": "Europe/London"}
        content["people"]["privacy"]["roles"] = {"priv": ["NGH"]}

    told = check(written(tmp_path, with_a_second_site), at=NOON)
    (line,) = [line for line in told if "patient data" in line]
    assert "sites.LKC: gap: nobody here fills priv, so patient data in a channel is a task for" in line


def test_a_vendor_s_promise_that_is_too_long_to_keep_ours_is_a_gap(tmp_path: Path) -> None:
    vendors = {"acme": {"name": "Acme", "promised": {"sev1": "8h", "sev2": "8h"}}}
    (told,) = check(written(tmp_path, changed(vendors=vendors)), at=NOON)
    assert "vendors.acme.promised.sev1: gap: '8h' is longer than 'resolve' (4h)" in told


def test_a_decision_that_the_register_does_not_have_is_a_gap(tmp_path: Path) -> None:
    told = check(written(tmp_path, changed(decision_rights={"go_live": None})), at=NOON)
    assert [line.partition(": ")[2] for line in told] == [
        "decision_rights.go_live: gap: a decision without a right: the steering cell has to take it"
    ]


def test_a_right_may_be_held_by_others_in_a_stage(tmp_path: Path) -> None:
    right = {
        "label": "Take an algorithm out of reading",
        "holder": "role:rad",
        "holder_by_stage": {"go_live": "role:safety"},
        "stages": ["validation", "go_live"],
    }
    programme = serving(tmp_path, decision_rights={"withdraw": right})
    held = {
        stage: programme.holders("withdraw", ["NGH"], NOON, stage).people
        for stage in (None, "validation", "go_live", "build")
    }
    assert held == {
        None: ("U01RADIOLOGIST",),
        "validation": ("U01RADIOLOGIST",),
        "go_live": ("U01SAFETY",),
        "build": ("U01CHAIR", "U01MANAGER"),
    }


def test_holders_in_a_stage_are_checked_like_any_other(tmp_path: Path) -> None:
    right = {"label": "X", "holder": "steering", "holder_by_stage": {"bild": "role:sefety"}}
    told = check(written(tmp_path, changed(decision_rights={"x": right})), at=NOON)
    assert [line for line in told if "did you mean build?" in line]
    assert [line for line in told if "did you mean safety?" in line]


def test_problems_and_gaps_are_told_apart(tmp_path: Path) -> None:
    found = examine(
        written(tmp_path, changed(administrators=["ghost"], decision_rights={"scope": None})), at=NOON
    )
    assert (len(found.problems), len(found.gaps)) == (1, 1)
    assert set(found.lines) == {*found.problems, *found.gaps}


def test_tabs_that_make_no_sense_leave_the_other_lines_to_be_checked(tmp_path: Path) -> None:
    text = "colour: blue\nsites:\n  NGH:\n    name: Northgate\n\t\t\tzone: Europe/London\nsteering: {quorum: many}\n"
    told = check(save(tmp_path, text), at=NOON)
    for words in (
        "programme.yml:1: colour: unknown key",
        "programme.yml:5: a tab in the indentation",
        "programme.yml:6: steering.quorum: found 'many'",
    ):
        assert [line for line in told if line.startswith(words)], told
