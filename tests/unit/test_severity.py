"""Severity follows from impact and urgency, and the answers may demand more."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.reports.labels import Labels
from bot.slack.views.standing import severity_words
from bot.taskforce.burst import Answer
from bot.taskforce.family import Family
from bot.taskforce.severity import Derived, derive
from bot.taskforce.terms import Severity
from tests.slack.views.bursts import OPEN
from tests.unit.imaging import demo

MAPPING = demo().families["dicom_mapping"]
NO_HARM: Mapping[str, Answer] = {"symptom": "text_differs"}
WRONG_PATIENT: Mapping[str, Answer] = {"symptom": "wrong_patient"}


def derived(
    impact: int, urgency: int, answers: Mapping[str, Answer], family: Family | None = MAPPING
) -> Derived:
    known = {**answers, "impact": impact, "urgency": urgency}
    return derive(family, known, demo().matrix, demo().surroundings)


@pytest.mark.parametrize(
    ("impact", "urgency", "severity"),
    [
        (1, 1, "sev1"),
        (1, 2, "sev2"),
        (1, 3, "sev2"),
        (2, 1, "sev2"),
        (2, 2, "sev3"),
        (2, 3, "sev3"),
        (3, 1, "sev3"),
        (3, 2, "sev4"),
        (3, 3, "sev4"),
    ],
)
def test_the_shipped_matrix(impact: int, urgency: int, severity: str) -> None:
    found = derived(impact, urgency, NO_HARM)
    assert (found.severity, found.by_matrix, found.raised_by) == (severity, severity, ())


def test_a_wrong_patient_is_never_less_than_high() -> None:
    found = derived(3, 3, WRONG_PATIENT)
    assert (found.severity, found.by_matrix) == (Severity.SEV2, Severity.SEV4)
    assert [conditional.id for conditional in found.raised_by] == ["wrong_patient_risk"]


def test_nothing_is_lowered() -> None:
    assert derived(1, 1, WRONG_PATIENT) == Derived(Severity.SEV1, Severity.SEV1)


def test_a_family_that_is_gone_raises_nothing() -> None:
    assert derived(3, 3, WRONG_PATIENT, None).severity is Severity.SEV4


def shown(severity: Severity, answers: Mapping[str, Answer]) -> str:
    burst = replace(OPEN, family="dicom_mapping", impact=3, urgency=3, severity=severity, answers=answers)
    return severity_words(burst, Labels.of(demo().file, "dicom_mapping", {}))


def test_people_see_the_two_inputs_and_what_raised_it() -> None:
    assert shown(Severity.SEV4, NO_HARM).endswith("(impact 3, urgency 3)")
    assert shown(Severity.SEV2, WRONG_PATIENT).endswith(
        "(impact 3, urgency 3; raised from sev4: wrong patient risk)"
    )
