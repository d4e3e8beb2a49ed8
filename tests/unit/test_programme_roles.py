"""Whom ``role:<id>`` means in a ladder: whoever is first in line for it at each of the burst's sites, at that moment."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.explanation import lines
from bot.programme import Programme
from bot.programme.explaining import Question, explain
from bot.taskforce.burst import Burst
from tests.unit.imaging import demo
from tests.unit.test_programme_people import NOON, burst, covering, on_leave, serving, weekly

STEPS = [
    {
        "id": "half",
        "trigger": {"clock": "resolve", "at": "fraction 0.5"},
        "notify": ["role:pacs_admin", "role:fse"],
        "answer": "all",
        "answer_within": "20m",
        "repeat": {"every": "15m", "times": 3},
        "bring": ["net"],
        "say": "{key} needs you.",
    }
]


def naming_roles(programme: Programme, *sites: str) -> Burst:
    """A burst at these sites whose ladder asks PACS administrators and field engineers, and brings the network's."""
    plain = burst(sites=sites)
    policy = programme.policy_for(plain.severity, plain.family, "build", list(sites), NOON)
    named = type(policy).model_validate({**policy.model_dump(mode="json"), "ladder": STEPS}, strict=False)
    return plain.having(policy=named)


def test_it_means_the_first_in_line_at_each_site_and_nobody_twice() -> None:
    reach = demo().reach(naming_roles(demo(), "HVM", "NGH", "EVI"), NOON)
    assert reach["role:pacs_admin"] == ("U01WENDEL", "U01PRIYA")


def test_a_role_that_nobody_fills_means_nobody() -> None:
    assert demo().reach(naming_roles(demo(), "NGH"), NOON)["role:fse"] == ()


def test_a_role_that_is_brought_means_somebody_too(tmp_path: Path) -> None:
    programme = serving(tmp_path)
    assert programme.reach(naming_roles(programme, "NGH"), NOON)["role:net"] == ("U01NETWORK",)


def test_a_role_that_no_step_names_is_no_word() -> None:
    assert "role:rad" not in demo().reach(naming_roles(demo(), "NGH"), NOON)


@pytest.mark.parametrize(("day", "first"), [(24, "U01PACS"), (31, "U01INFORMATICS")])
def test_whose_turn_it_is_when_the_step_fires_is_asked(tmp_path: Path, day: int, first: str) -> None:
    programme = serving(tmp_path, rotations=weekly())
    reach = programme.reach(naming_roles(programme, "NGH"), datetime(2026, 3, day, 12, tzinfo=UTC))
    assert reach["role:pacs_admin"] == (first,)


def test_whoever_stands_in_is_asked(tmp_path: Path) -> None:
    programme = serving(tmp_path, people=on_leave(stand_in="informatics"))
    blocked = naming_roles(programme, "NGH")
    assert programme.reach(blocked, NOON)["role:pacs_admin"] == ("U01INFORMATICS",)
    covered = programme.with_covers(covering(("U01PACS", "U01STRANGER")))
    assert covered.reach(blocked, NOON)["role:pacs_admin"] == ("U01STRANGER",)


def test_an_explanation_says_who_must_answer_how_often_it_is_said_and_who_is_brought(tmp_path: Path) -> None:
    programme = serving(tmp_path, severity={"policies": {"sev2": {"ladder": STEPS}}})
    told = explain(programme, Question("dicom_mapping", ("NGH",), "build", 1, 2, NOON))
    said = "\n".join(lines(told))
    assert "half (resolve, fraction 0.5; all must answer; again every 15m, 3 times)" in said
    told_whom = [line.strip() for line in said.splitlines()[-3:]]
    assert told_whom == ["role:pacs_admin: Pacs", "role:fse: nobody", "brings net: Network"]
