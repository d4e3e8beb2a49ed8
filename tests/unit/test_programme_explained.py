"""What would become of a blocker, across zones, changes of the clocks and holidays: reviewed as whole texts."""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion

from bot.cli.explanation import lines
from bot.errors import Refused
from bot.programme import Programme, load
from bot.programme.explaining import Question, explain
from bot.programme.overlay import laid_over
from bot.programme.tree import parse_yaml
from tests.unit.imaging import DEMO, demo
from tests.unit.programme_files import save

ADDED = Path(__file__).with_name("explained.yml")

CASES = {
    # Public holidays on 25 and 28 December, a weekend between them; the PACS administrator is on leave.
    "before christmas in London, owner on leave": (
        "dicom_mapping",
        ("NGH",),
        "build",
        (2, 2),
        "2026-12-24T16:30",
        {"symptom": "text_differs"},
    ),
    # 02:00 to 03:00 does not exist that night, but a promise on 24x7 is as long as ever.
    "clocks go forward in New York": (
        "network_provisioning",
        ("HVM",),
        "go_live",
        (1, 1),
        "2026-03-08T01:40",
        {},
    ),
    # The calendar ends at 19:00 and opens at 07:00 after the night that has an hour more.
    "clocks go back in Hamburg": ("ai_routing", ("SBH",), "validation", (2, 1), "2026-10-24T18:45", {}),
    # Both turns change at 08:00 by the wall clock, which is another hour than the week before.
    "turns change while the ladder climbs": (
        "network_provisioning",
        ("NGH",),
        "go_live",
        (1, 1),
        "2026-03-30T07:40",
        {},
    ),
    # The answer brings in safety and raises the severity to one whose calendar runs on through the holiday.
    "two sites over Thanksgiving, a wrong patient": (
        "dicom_mapping",
        ("HVM", "NGH"),
        "build",
        (3, 3),
        "2026-11-25T15:00",
        {"symptom": "wrong_patient"},
    ),
    # Ten working days with a long midday break, over three public holidays; somebody named by e-mail is on call.
    "a slow one at Elm Valley over New Year": (
        "user_access",
        ("EVI",),
        "build",
        (3, 3),
        "2026-12-23T12:45",
        {},
    ),
}


@pytest.fixture(scope="module", name="programme")
def wide_programme(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """The demonstration's hospitals with turns, absences and an address."""
    begun, added = (parse_yaml(path.read_text(encoding="utf-8")).value for path in (DEMO, ADDED))
    text = yaml.safe_dump(laid_over(begun, added), sort_keys=False, allow_unicode=True)
    return load(save(tmp_path_factory.mktemp("explained"), text))


def asked(programme: Programme, case: str) -> Question:
    family, sites, stage, (impact, urgency), local, answers = CASES[case]
    zone = ZoneInfo(programme.sites[sites[0]].zone)
    at = datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)
    return Question(family, sites, stage, impact, urgency, at, answers)


@pytest.mark.parametrize("case", CASES)
def test_a_case_reads_as_it_was_reviewed(
    programme: Programme, case: str, snapshot: SnapshotAssertion
) -> None:
    assert "\n".join(lines(explain(programme, asked(programme, case)))) == snapshot


def test_nothing_is_left_running_in_a_rehearsal(programme: Programme) -> None:
    told = explain(programme, asked(programme, "clocks go back in Hamburg"))
    assert {step.step for step in told.ladder if step.at is None} == set()
    assert len({step.step for step in told.ladder}) == len(told.ladder)


def test_where_nobody_can_own_the_seat_has_a_clock(programme: Programme) -> None:
    question = asked(programme, "clocks go back in Hamburg")
    family = programme.families[question.family]
    assert family.workstream == "imaging_operations"
    streams = {**programme.file.workstreams, family.workstream: programme.file.workstreams["training"]}
    lonely = programme.file.model_copy(
        update={
            "people": {},
            "rotations": {},
            "workstreams": {
                name: stream.model_copy(update={"lead": None, "deputies": ()})
                for name, stream in streams.items()
            },
        }
    )
    told = explain(Programme(lonely), question)
    assert (told.owner.who, told.promises[0].clock) == (None, "staffing")
    assert "nobody (ii_lead): Nobody can be had" in "\n".join(lines(told))


def test_words_that_the_programme_does_not_know_are_told_together() -> None:
    question = Question("dicom_maping", ("NGX",), "bild", 1, 1, datetime(2026, 1, 5, tzinfo=UTC))
    with pytest.raises(Refused) as refused:
        explain(demo(), question)
    told = str(refused.value).splitlines()
    assert [line.rpartition("; ")[2] for line in told] == [
        "did you mean dicom_mapping?",
        "did you mean NGH?",
        "did you mean build?",
    ]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"sympton": "wrong_patient"}, "did you mean symptom?"),
        ({"symptom": "lost"}, "symptom: "),
        ({"source_ae": "A" * 30}, "source_ae: "),
    ],
)
def test_answers_are_checked_as_the_form_checks_them(answers: dict[str, str], words: str) -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    with pytest.raises(Refused, match=re.escape(words)):
        explain(demo(), Question("dicom_mapping", ("NGH",), "build", 1, 1, at, answers))


def in_the_evening(programme: Programme, impact: int) -> str:
    """What is told of a blocker at NGH at seven on a Wednesday evening, with quiet hours until 10:30."""
    organisation = programme.file.organisation.model_copy(update={"quiet": "18:00-10:30"})
    quiet = Programme(programme.file.model_copy(update={"organisation": organisation}))
    at = datetime(2026, 7, 1, 18, tzinfo=UTC)
    return "\n".join(lines(explain(quiet, Question("dicom_mapping", ("NGH",), "build", impact, 3, at))))


def test_what_quiet_hours_hold_back_is_told_with_when_it_is_shown() -> None:
    said = in_the_evening(demo(), impact=2)
    assert "  is asked Thu 2 Jul 2026 10:30 BST, when quiet hours end" in said
    assert "Mon 6 Jul 2026 10:15 BST (quiet hours: shown Mon 6 Jul 2026 10:30 BST)" in said
    assert "clinical_lead: Lena Ashdown (quiet hours: shown Mon 6 Jul 2026 10:30 BST)" in said
    assert "accept_lead (accept, due+2h)\n      deputy: nobody; the deputy is" in said


def test_quiet_hours_hold_nothing_of_a_sev2_back() -> None:
    assert "quiet hours" not in in_the_evening(demo(), impact=1)


def test_it_is_told_as_data_too(programme: Programme) -> None:
    told = json.loads(
        json.dumps(asdict(explain(programme, asked(programme, next(iter(CASES))))), default=str)
    )
    assert told["owner"] == {
        "role": "pacs_admin",
        "who": "Tomas Hale",
        "why": "stands in for Priya Raman, PACS administrator at NGH",
    }
    assert told["promises"][0]["due_at"] == "2026-12-29 11:30:00+00:00"
