"""Whole forms and headers: the example reports enter, patients' values do not."""

from datetime import date
from typing import Any

import pytest

from bot.taskforce.intake import parse_form, parse_header
from bot.taskforce.intake.form import FormResult
from bot.taskforce.terms import Severity
from tests.unit.imaging import demo, reports

MAPPING: dict[str, Any] = {
    "symptom": "text_differs",
    "source_ae": "NGH_CT_ER1",
    "destination_ae": "EIPACS_STORE",
    "device": "Fathom CT, VB20A",
    "tag": "StudyDescription",
    "expected": "CT ABD PELV W",
    "actual": "CT Abdomen",
}
HEADER: dict[str, Any] = {
    "title": "CT studies hang with the chest layout",
    "sites": ["NGH", "LKC"],
    "stage": "build",
    "impact": 2,
    "urgency": 1,
    "workflow_impact": "Night readers re-hang every study by hand.",
    "needed_by": "2026-12-01",
    "workaround": "partial",
}
SITES, STAGES = ["NGH", "LKC"], ["design", "build"]


def form(family: str = "dicom_mapping", **changes: Any) -> FormResult:
    return parse_form(demo().families[family], {**MAPPING, **changes}, demo().intake)


def without(name: str) -> FormResult:
    return parse_form(
        demo().families["dicom_mapping"],
        {key: value for key, value in MAPPING.items() if key != name},
        demo().intake,
    )


@pytest.mark.parametrize("report", reports(), ids=lambda report: str(report["id"]))
def test_an_example_report_is_taken_except_where_it_names_a_patient(report: dict[str, Any]) -> None:
    result = parse_form(demo().families[report["family"]], report["details"], demo().intake)
    # Beside an identifying attribute the form itself refuses values; the rest is the privacy guard's.
    named = ["expected", "actual"] if report["id"] == "demographics-conflict-mr" else []
    assert (sorted(result.problems), result.missing) == (sorted(named), ())


def test_a_complete_form_is_complete() -> None:
    assert form().is_complete


def test_a_required_field_that_is_blank_is_missing_not_wrong() -> None:
    result = form(device="  ")
    assert (result.missing, dict(result.problems), result.is_complete) == (("device",), {}, False)


def test_what_is_missing_comes_in_the_order_of_the_form() -> None:
    empty = parse_form(demo().families["dicom_mapping"], {}, demo().intake)
    assert empty.missing == (
        "symptom", "source_ae", "destination_ae", "device", "tag", "expected", "actual",
    )  # fmt: skip


def test_an_optional_field_may_be_left_out() -> None:
    assert without("hl7_field").is_complete


def test_a_field_that_the_form_does_not_have_is_a_problem() -> None:
    assert "no such field" in form(colour="blue").problems["colour"]


def test_a_wrong_answer_is_told_at_its_field_and_not_kept() -> None:
    result = form(source_ae="A\\B")
    assert ("source_ae" in result.problems, "source_ae" in result.answers) == (True, False)


@pytest.mark.parametrize(
    "value",
    [
        "CALLOWAY^MIRIAM",
        "now CALLOWAY^MIRIAM^T instead",
        "00482913",
        "value (00482913).",
        "20260314",
        "A-12-34-5",
        "\uff11\uff12\uff13\uff14\uff15",
        "1.2.826.0.1.3680043.9.3811.1",
        "LOW\uff3eJANE",
    ],
)
@pytest.mark.parametrize("naming", [{"tag": "PatientID"}, {"tag": "OperatorsName"}, {"hl7_field": "PID-3.1"}])
def test_beside_an_identifying_attribute_a_value_is_refused(naming: dict[str, str], value: str) -> None:
    result = form(actual=value, **naming)
    assert "2 letters + 10 digits" in result.problems["actual"]


@pytest.mark.parametrize(
    "value",
    [
        "2 letters + 10 digits",
        "unchanged 18-character filler number with site prefix",
        "first 16 characters only; the last two digits are lost",
        "1.2.840.10008.5.1.4.1.1.2",
        "2.16.840.1.113883.4.349",
        "10.61.8.14",
        "2001:db8:1234::17",
        "4.2.1.11812",
        "sent in ORM^O01",
        "ADT^A40^ADT_A39",
        "A-ASSOCIATE-RJ 1/1/7",
    ],
)
def test_beside_an_identifying_attribute_a_pattern_is_taken(value: str) -> None:
    assert "actual" not in form(actual=value, tag="PatientID").problems


def test_beside_any_other_attribute_values_are_taken() -> None:
    assert "actual" not in form(actual="TSPINE for XRCHEST2V^XR CHEST 2 VIEWS^L").problems


def test_a_field_that_takes_values_takes_them_beside_any_attribute() -> None:
    assert "device" not in form(device="Fathom CT 128765", tag="PatientID").problems


def test_a_header_is_read() -> None:
    header = parse_header(HEADER, sites=SITES, stages=STAGES).header
    assert header is not None
    assert (header.sites, header.impact, header.needed_by) == (("NGH", "LKC"), 2, date(2026, 12, 1))


def test_a_header_without_workaround_and_date_has_none() -> None:
    bare = {**HEADER, "workaround": None, "needed_by": ""}
    header = parse_header(bare, sites=SITES, stages=STAGES).header
    assert header is not None
    assert (header.workaround, header.needed_by) == ("none", None)


def test_predicates_read_the_header_with_its_severity() -> None:
    header = parse_header(HEADER, sites=SITES, stages=STAGES).header
    assert header is not None
    assert header.answers(Severity.SEV2) == {
        "sites": ("NGH", "LKC"),
        "stage": "build",
        "impact": 2,
        "urgency": 1,
        "severity": "sev2",
        "workaround": "partial",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "CT"),
        ("title", "x" * 81),
        ("title", None),
        ("sites", []),
        ("sites", ["NGH", "XXX"]),
        ("sites", "NGH"),
        ("stage", "lunch"),
        ("stage", None),
        ("impact", 4),
        ("urgency", 0),
        ("workflow_impact", "too short"),
        ("needed_by", "soon"),
        ("workaround", "some"),
    ],
)
def test_a_header_is_refused_at_the_field_that_is_wrong(field: str, value: object) -> None:
    result = parse_header({**HEADER, field: value}, sites=SITES, stages=STAGES)
    assert (result.header, list(result.problems)) == (None, [field])
