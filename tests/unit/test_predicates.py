"""Predicates: every operation on what it may read, and on nothing."""

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.taskforce.burst import Answer
from bot.taskforce.predicates import AllOf, AnyOf, Comparison, Op, Predicate, holds
from tests.unit.imaging import demo

READ: TypeAdapter[Predicate] = TypeAdapter(Predicate)


def judged(written: str, **answers: Answer) -> bool:
    """Whether a predicate, as a file writes it, holds for these answers in the demonstration's world."""
    return holds(READ.validate_json(written), answers, demo().surroundings)


def compared(op: str, value: str, answer: Answer) -> bool:
    return judged(f'{{"field": "x", "op": "{op}", "value": {value}}}', x=answer)


@pytest.mark.parametrize(
    ("op", "value", "answer", "expected"),
    [
        ("eq", '"late"', "late", True),
        ("eq", '"late"', "Late", False),
        ("eq", "3", 3, True),
        ("eq", "true", True, True),
        ("eq", "1", True, False),
        ("eq", "true", 1, False),
        ("eq", '"none yet"', "none yet", True),
        ("ne", '"late"', "late", False),
        ("ne", '"late"', "missing", True),
        ("ne", "1", True, True),
        ("in", '["late", "missing"]', "missing", True),
        ("in", '["late", "missing"]', "shown", False),
        ("in", "[1, 2]", 2, True),
        ("in", "[1, 2]", True, False),
        ("contains_any", '["seg", "hl7_oru"]', ("dicom_sr", "hl7_oru"), True),
        ("contains_any", '["seg"]', ("dicom_sr", "hl7_oru"), False),
        ("contains_any", '["seg"]', "seg", False),
        ("matches", '"(?i)\\\\blicen[cs]e"', "The LICENSE pool is empty", True),
        ("matches", '"\\\\b(MRG-1|PID-3)\\\\b"', "OBR-4, PID-3.4", True),
        ("matches", '"\\\\bPID-3\\\\b"', "PID-30", False),
        ("matches", '"3"', 3, False),
        ("gte", "10", 10, True),
        ("gte", "10", 9, False),
        ("gte", "0", True, False),
        ("lte", "10", 10, True),
        ("lte", "10", 11, False),
        ("lte", "10", True, False),
    ],
)
def test_an_operation_compares_the_stored_value(op: str, value: str, answer: Answer, expected: bool) -> None:
    assert compared(op, value, answer) is expected


@pytest.mark.parametrize(
    "op_and_value",
    [
        '"op": "eq", "value": "a"',
        '"op": "in", "value": ["a"]',
        '"op": "contains_any", "value": ["a"]',
        '"op": "matches", "value": "a"',
        '"op": "gte", "value": 1',
        '"op": "lte", "value": 1',
        '"op": "is_identifying_attribute", "value": false',
        '"op": "leaves_organisation", "value": false',
    ],
)
def test_without_an_answer_nothing_holds(op_and_value: str) -> None:
    assert not judged(f'{{"field": "x", {op_and_value}}}')


def test_without_an_answer_only_ne_holds() -> None:
    assert judged('{"field": "x", "op": "ne", "value": "a"}')


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("(0008,0050) AccessionNumber", True),
        ("(0008,0050)", True),
        ("(0020,000d)", True),
        ("PatientName", True),
        ("StudyDescription, PatientBirthDate", True),
        ("(0008,1030) StudyDescription", False),
        ("OperatorsName", False),
        ("(0018,1000)", False),
        ("PID-3", True),
        ("PID-3[2].4.1", True),
        ("OBR-4, ORC-3.1", True),
        ("PID-30", False),
        ("OBR-4.2", False),
    ],
)
def test_an_attribute_or_field_identifies_the_patient_or_does_not(answer: str, expected: bool) -> None:
    assert compared("is_identifying_attribute", "true", answer) is expected
    assert compared("is_identifying_attribute", "false", answer) is not expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("10.61.8.0/24 (ward VDI subnet)", False),
        ("203.0.113.45", True),
        ("10.44.0.0/16; 203.0.113.0/24", True),
        ("10.0.0.0/7", True),
        ("viewer.cloudpacs.example", True),
        ("eipacs-rx.ngh.example", False),
        ("NGH.example", False),
        ("evilngh.example", True),
        ("ai-gw01", False),
        ("fd00::17", False),
        ("2001:db8::17", True),
        ("mllp1.core.example:2575", False),
        ("[2001:db8::17]:2575", True),
        ("198.51.100.17:11112", True),
    ],
)
def test_traffic_leaves_the_organisation_or_stays(answer: str, expected: bool) -> None:
    assert compared("leaves_organisation", "true", answer) is expected
    assert compared("leaves_organisation", "false", answer) is not expected


def test_any_all_and_not_combine() -> None:
    one = '{"field": "a", "op": "eq", "value": 1}'
    two = '{"field": "b", "op": "eq", "value": 2}'
    assert judged(f'{{"any": [{one}, {two}]}}', a=0, b=2)
    assert not judged(f'{{"any": [{one}, {two}]}}', a=0, b=0)
    assert judged(f'{{"all": [{one}, {two}]}}', a=1, b=2)
    assert not judged(f'{{"all": [{one}, {two}]}}', a=1, b=0)
    assert judged(f'{{"not": {{"all": [{one}, {two}]}}}}', a=1, b=0)


def test_no_predicate_always_holds() -> None:
    assert holds(None, {}, demo().surroundings)


def test_a_predicate_that_is_none_is_refused_for_its_own_form_alone() -> None:
    with pytest.raises(ValidationError) as fault:
        READ.validate_json('{"field": "x", "op": "like", "value": 1}')
    assert [error["loc"] for error in fault.value.errors()] == [("field", "op")]


def test_a_predicate_made_in_code_is_judged_like_one_that_was_read() -> None:
    late = Comparison(field="a", op=Op.EQ, value="late")
    early = READ.validate_json('{"not": {"field": "a", "op": "eq", "value": "late"}}')
    both = READ.validate_python(AllOf(all=(AnyOf(any=(late,)), early)))
    assert holds(READ.validate_python(late), {"a": "late"}, demo().surroundings)
    assert not holds(both, {"a": "late"}, demo().surroundings)


def test_what_is_no_predicate_at_all_is_refused() -> None:
    with pytest.raises(ValidationError):
        READ.validate_python("late")
