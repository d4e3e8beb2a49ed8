"""Every type of a form field: what it accepts, what it stores, what it refuses without repeating it."""

from typing import Any

import pytest

from bot.errors import Refused
from bot.taskforce.family import FieldType, FormField, Option
from bot.taskforce.intake import IntakeContext, from_typed, parse_answer
from bot.taskforce.notations.dicom import parse_attributes

TICKETS = "(CHG|RITM|REQ|INC)[0-9]{6,10}"
BOUNDS: dict[FieldType, dict[str, Any]] = {
    FieldType.TEXT: {"min": 1, "max": 40},
    FieldType.MULTILINE: {"min": 1, "max": 40},
    FieldType.NUMBER: {"min": 0, "max": 100_000},
    FieldType.MULTISELECT: {"min": 1, "max": 2},
    FieldType.HOSTS: {"min": 1, "max": 3},
    FieldType.PORTS: {"min": 1, "max": 3},
    FieldType.DICOM_ATTRIBUTES: {"min": 1, "max": 3},
    FieldType.HL7_FIELD: {"min": 1, "max": 3},
    FieldType.TICKET: {"pattern": TICKETS},
}
OPTIONS = tuple(Option(id=name, label=name.title()) for name in ("late", "missing", "wrong"))


def field(kind: FieldType, **changes: Any) -> FormField:
    """A required field of a type with bounds that fit it."""
    chosen = {"options": OPTIONS} if kind in (FieldType.SELECT, FieldType.MULTISELECT) else {}
    given: dict[str, Any] = {"id": "x", "label": "X", "required": True, **BOUNDS.get(kind, {}), **chosen}
    return FormField(type=kind, **{**given, **changes})


def answer(kind: FieldType, raw: object, **changes: Any) -> object:
    return parse_answer(field(kind, **changes), raw, IntakeContext())


def refusal(kind: FieldType, raw: object, **changes: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        answer(kind, raw, **changes)
    return refused.value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (FieldType.TEXT, "Canon Aquilion ONE, V10"),
        (FieldType.TEXT, "Größe ≥ 3 µm"),
        (FieldType.MULTILINE, "two\nlines"),
        (FieldType.SELECT, "late"),
        (FieldType.NUMBER, 0),
        (FieldType.NUMBER, 88_412),
        (FieldType.BOOLEAN, True),
        (FieldType.BOOLEAN, False),
        (FieldType.DATE, "2028-02-29"),
        (FieldType.AE_TITLE, "NGH_CT_ER1"),
        (FieldType.AE_TITLE, "Store SCP"),
        (FieldType.ENDPOINT, "mllp1.core.example:2575"),
        (FieldType.ENDPOINT, "10.8.3.20:11112"),
        (FieldType.ENDPOINT, "[2001:db8::17]:2575"),
        (FieldType.HOSTS, "10.61.8.0/24 (ward VDI subnet)"),
        (FieldType.HOSTS, "viewer.cloudpacs.example, 203.0.113.45"),
        (FieldType.HOSTS, "SBH-SW07 (ports 3-6)"),
        (FieldType.HOSTS, "10.44.0.0/16 (Elm Valley, 200 Mbit/s link); 2001:db8:4::/48"),
        (FieldType.HOSTS, "ai-gw01\nai-gw02"),
        (FieldType.HOSTS, "ai-gw01,\nai-gw02"),
        (FieldType.HOSTS, "_dmz_host"),
        (FieldType.PORTS, "443/tcp"),
        (FieldType.PORTS, "53/udp, 11112/tcp"),
        (FieldType.PORTS, "49152-65535/TCP"),
        (FieldType.PORTS, "443/tcp; 443/udp"),
        (FieldType.DICOM_ATTRIBUTES, "(0008,1030) StudyDescription"),
        (FieldType.DICOM_ATTRIBUTES, "AccessionNumber"),
        (FieldType.DICOM_ATTRIBUTES, "(0010,0010), (0010,0030)"),
        (FieldType.DICOM_ATTRIBUTES, "(0051,1014)"),
        (FieldType.DICOM_ATTRIBUTES, "(6002,3000) OverlayData"),
        (FieldType.HL7_FIELD, "OBR-4.2"),
        (FieldType.HL7_FIELD, "PID-3.4, OBR-4"),
        (FieldType.HL7_FIELD, "PID-3[2].4.1"),
        (FieldType.HL7_FIELD, "IPC-9"),
        (FieldType.TICKET, "CHG0041123"),
        (FieldType.TICKET, "RITM0090417"),
        (FieldType.UID, "1.2.840.10008.5.1.4.1.1.2"),
        (FieldType.UID, "1.2.840.10008.1.2.4.70"),
    ],
)
def test_a_good_answer_is_stored_as_it_is(kind: FieldType, raw: object) -> None:
    assert answer(kind, raw) == raw


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (FieldType.TEXT, ""),
        (FieldType.TEXT, "   "),
        (FieldType.TEXT, "two\nlines"),
        (FieldType.TEXT, "two\u2028lines"),
        (FieldType.TEXT, "x" * 41),
        (FieldType.TEXT, "lone \ud800 surrogate"),
        (FieldType.TEXT, 7),
        (FieldType.MULTILINE, ""),
        (FieldType.MULTILINE, "bell\u0007"),
        (FieldType.SELECT, "Late"),
        (FieldType.SELECT, ["late"]),
        (FieldType.SELECT, None),
        (FieldType.MULTISELECT, "late"),
        (FieldType.MULTISELECT, []),
        (FieldType.MULTISELECT, ["late", "late"]),
        (FieldType.MULTISELECT, ["late", "never"]),
        (FieldType.MULTISELECT, ["late", "missing", "wrong"]),
        (FieldType.NUMBER, 1.5),
        (FieldType.NUMBER, True),
        (FieldType.NUMBER, "12"),
        (FieldType.NUMBER, -1),
        (FieldType.NUMBER, 100_001),
        (FieldType.BOOLEAN, "yes"),
        (FieldType.BOOLEAN, 1),
        (FieldType.BOOLEAN, None),
        (FieldType.DATE, "2027-02-29"),
        (FieldType.DATE, "03/12/2027"),
        (FieldType.DATE, "20270301"),
        (FieldType.AE_TITLE, ""),
        (FieldType.AE_TITLE, "NORTHGATE_CT_ER_01"),
        (FieldType.AE_TITLE, "A\\B"),
        (FieldType.AE_TITLE, "STÖRE"),
        (FieldType.ENDPOINT, "mllp1.core.example"),
        (FieldType.ENDPOINT, "10.8.3.300:104"),
        (FieldType.ENDPOINT, "10.0.0.0/8:104"),
        (FieldType.ENDPOINT, "host:0"),
        (FieldType.ENDPOINT, "host:70000"),
        (FieldType.ENDPOINT, "2001:db8::17:2575"),
        (FieldType.ENDPOINT, "[10.8.3.20]:2575"),
        (FieldType.HOSTS, ""),
        (FieldType.HOSTS, "6 site routers"),
        (FieldType.HOSTS, "10.61.8.14/24"),
        (FieldType.HOSTS, "10.61.8.0/255.255.255.0"),
        (FieldType.HOSTS, "10.300.1.1"),
        (FieldType.HOSTS, "core data centre"),
        (FieldType.HOSTS, "10.1.1.1 (open"),
        (FieldType.HOSTS, "10.1.1.1 (nested (note))"),
        (FieldType.HOSTS, "10.1.1.1 ()"),
        (FieldType.HOSTS, f"10.1.1.1 ({'n' * 81})"),
        (FieldType.HOSTS, "10.1.1.1 (note) more"),
        (FieldType.HOSTS, "10.1.1.1)"),
        (FieldType.HOSTS, "a.example, a.example"),
        (FieldType.HOSTS, "a.example, A.EXAMPLE (again)"),
        (FieldType.HOSTS, "a.example,, b.example"),
        (FieldType.HOSTS, "a, b, c, d"),
        (FieldType.HOSTS, "-leading.example"),
        (FieldType.HOSTS, "trailing-.example"),
        (FieldType.HOSTS, f"{'l' * 64}.example"),
        (FieldType.HOSTS, ".".join(["label"] * 50)),
        (FieldType.HOSTS, "fe80::1%eth0"),
        (FieldType.PORTS, ""),
        (FieldType.PORTS, "443"),
        (FieldType.PORTS, "0/tcp"),
        (FieldType.PORTS, "70000/tcp"),
        (FieldType.PORTS, "200-100/tcp"),
        (FieldType.PORTS, "443-443/tcp"),
        (FieldType.PORTS, "443/icmp"),
        (FieldType.PORTS, "443/tcp, 443/TCP"),
        (FieldType.DICOM_ATTRIBUTES, ""),
        (FieldType.DICOM_ATTRIBUTES, "0008,1030"),
        (FieldType.DICOM_ATTRIBUTES, "StudyDescripton"),
        (FieldType.DICOM_ATTRIBUTES, "studydescription"),
        (FieldType.DICOM_ATTRIBUTES, "(0008,1030) SeriesDescription"),
        (FieldType.DICOM_ATTRIBUTES, "(0051,1014) StudyDescription"),
        (FieldType.DICOM_ATTRIBUTES, "(0008,ZZZZ)"),
        (FieldType.DICOM_ATTRIBUTES, "(0003,0010)"),
        (FieldType.DICOM_ATTRIBUTES, "(FFFF,0010)"),
        (FieldType.DICOM_ATTRIBUTES, "(0008,0002)"),
        (FieldType.DICOM_ATTRIBUTES, "(0000,0100)"),
        (FieldType.DICOM_ATTRIBUTES, "CommandField"),
        (FieldType.DICOM_ATTRIBUTES, "AccessionNumber, (0008,0050)"),
        (FieldType.HL7_FIELD, ""),
        (FieldType.HL7_FIELD, "OBR4"),
        (FieldType.HL7_FIELD, "OBR-4 = CTABDW"),
        (FieldType.HL7_FIELD, "OBR-0"),
        (FieldType.HL7_FIELD, "PID-3.4.1.1"),
        (FieldType.HL7_FIELD, "ZDS"),
        (FieldType.HL7_FIELD, "OBR-4, OBR-4"),
        (FieldType.HL7_FIELD, "OBR-4; ORC-3"),
        (FieldType.TICKET, ""),
        (FieldType.TICKET, "CHG41"),
        (FieldType.TICKET, "pending"),
        (FieldType.TICKET, "CHG0041123, CHG0041124"),
        (FieldType.UID, ""),
        (FieldType.UID, "1.2.840.010008.1"),
        (FieldType.UID, "1.2.840."),
        (FieldType.UID, "3.1.2"),
        (FieldType.UID, "1"),
        (FieldType.UID, f"1.{'2' * 63}"),
        (FieldType.UID, "CT Image Storage"),
    ],
)
def test_a_bad_answer_is_refused_at_its_field(kind: FieldType, raw: object) -> None:
    refused = refusal(kind, raw)
    assert (refused.field, refused.code) == ("x", f"intake.{kind}")


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (FieldType.TEXT, "Zebediah" * 9),
        (FieldType.SELECT, "Zebediah"),
        (FieldType.NUMBER, "Zebediah"),
        (FieldType.DATE, "Zebediah"),
        (FieldType.AE_TITLE, "Zebediah\\Quill and others"),
        (FieldType.ENDPOINT, "Zebediah Quill:80"),
        (FieldType.HOSTS, "Zebediah Quill"),
        (FieldType.PORTS, "Zebediah"),
        (FieldType.DICOM_ATTRIBUTES, "Zebediah"),
        (FieldType.DICOM_ATTRIBUTES, "(0010,0010) Zebediah"),
        (FieldType.HL7_FIELD, "Zebediah"),
        (FieldType.TICKET, "Zebediah"),
        (FieldType.UID, "Zebediah"),
    ],
)
def test_a_refusal_never_repeats_what_was_typed(kind: FieldType, raw: str) -> None:
    assert "Zebediah" not in refusal(kind, raw).message


def test_surrounding_space_is_dropped() -> None:
    assert answer(FieldType.TEXT, "  device \t") == "device"
    assert answer(FieldType.AE_TITLE, " Store SCP ") == "Store SCP"


def test_line_breaks_of_any_system_are_stored_alike() -> None:
    assert answer(FieldType.MULTILINE, "one\r\ntwo") == "one\ntwo"


def test_choices_are_stored_in_the_order_given() -> None:
    assert answer(FieldType.MULTISELECT, ["wrong", "late"]) == ("wrong", "late")


def test_no_ticket_yet_is_stored_in_one_spelling() -> None:
    assert answer(FieldType.TICKET, "None Yet") == "none yet"


def test_a_pattern_must_match_the_whole_text() -> None:
    assert answer(FieldType.TEXT, "2009-03", pattern="[0-9]{4}-[0-9]{2}") == "2009-03"
    assert (
        "form that is asked for" in refusal(FieldType.TEXT, "2009-03-14", pattern="[0-9]{4}-[0-9]{2}").message
    )


def test_the_field_s_own_hint_explains_a_pattern() -> None:
    refused = refusal(FieldType.TEXT, "x", pattern="y", hint="Years or months only: 2009-03")
    assert refused.message.endswith("Years or months only: 2009-03")


def test_a_mistyped_keyword_is_answered_with_the_nearest() -> None:
    assert "StudyDescription" in refusal(FieldType.DICOM_ATTRIBUTES, "StudyDescripton").message


def test_a_refusal_says_which_entry_is_wrong() -> None:
    assert refusal(FieldType.PORTS, "443/tcp, 0/tcp").message.startswith("Entry 2:")


@pytest.mark.parametrize(
    ("kind", "typed", "raw"),
    [
        (FieldType.NUMBER, "88412", 88_412),
        (FieldType.NUMBER, "88,412", 88_412),
        (FieldType.NUMBER, "1.250.000", 1_250_000),
        (FieldType.NUMBER, "88 412", 88_412),
        (FieldType.NUMBER, "88\u202f412", 88_412),
        (FieldType.NUMBER, "-3", -3),
        (FieldType.NUMBER, "8,84", "8,84"),
        (FieldType.NUMBER, "1.5", "1.5"),
        (FieldType.NUMBER, "many", "many"),
        (FieldType.BOOLEAN, "Yes", True),
        (FieldType.BOOLEAN, "no", False),
        (FieldType.BOOLEAN, "perhaps", "perhaps"),
        (FieldType.MULTISELECT, "late, wrong", ("late", "wrong")),
        (FieldType.TEXT, " 12 ", " 12 "),
    ],
)
def test_what_a_form_gives_as_text_becomes_what_the_field_takes(
    kind: FieldType, typed: str, raw: object
) -> None:
    read = from_typed(field(kind), typed)
    assert (read, type(read)) == (raw, type(raw))


def test_attributes_are_resolved_to_tags_and_keywords() -> None:
    named, private = parse_attributes("StudyDescription; (0051,1014)")
    assert (named.tag, named.keyword, named.is_private) == ("(0008,1030)", "StudyDescription", False)
    assert (private.tag, private.keyword, private.is_private) == ("(0051,1014)", "", True)
