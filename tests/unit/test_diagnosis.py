"""The first diagnosis: what a form's answers tell by themselves."""

import pytest

from bot.taskforce.burst import Answer
from bot.taskforce.diagnosis import diagnose
from tests.unit.imaging import demo

USUAL = "the usual ones are 104 and 11112 for DICOM, 2762 for DICOM over TLS, 2575 for HL7"


def told(family: str = "dicom_mapping", **answers: Answer) -> dict[str, list[str]]:
    """What is told of each answer, by field."""
    notes = diagnose(demo().families[family], answers, demo().surroundings.identifying)
    return {field: [note.text for note in notes if note.field == field] for field in answers}


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        (
            "(0008,1030)",
            "(0008,1030) StudyDescription is Study Description, VR LO (at most 64 characters), VM 1",
        ),
        (
            "AccessionNumber",
            "(0008,0050) AccessionNumber is Accession Number, VR SH (at most 16 characters), VM 1",
        ),
        (
            "OtherPatientIDs",
            "(0010,1000) OtherPatientIDs is Other Patient IDs, VR LO (at most 64 characters), VM 1-n; retired",
        ),
        ("(6002,3000)", "(6002,3000) OverlayData is Overlay Data, VR OB or OW, VM 1"),
        (
            "(0051,1014)",
            "(0051,1014) is private: the block's owner is named in (gggg,0010-00FF) of its group",
        ),
    ],
)
def test_an_attribute_is_told_by_name_representation_and_multiplicity(tag: str, line: str) -> None:
    assert told(tag=tag)["tag"] == [line]


@pytest.mark.parametrize(
    ("tag", "value", "fault"),
    [
        ("StationName", "CT_EMERGENCY_ROOM_1", "it has 19 characters, VR SH allows 16"),
        ("BodyPartExamined", "chest", "VR CS takes upper case letters, digits, space and underscore only"),
        ("StudyDate", "2026-11-24", "it has 10 characters, VR DA allows 8"),
        ("StudyDate", "24-11-26", "VR DA takes YYYYMMDD"),
        ("StudyTime", "10:30", "VR TM takes HHMMSS.FFFFFF, without colons"),
        ("SeriesNumber", "three", "VR IS takes a whole number"),
        ("SliceThickness", "1,5", "VR DS takes a decimal number"),
        ("StationAETitle", "CT\\ER", "VR AE takes no backslash"),
        ("StationAETitle", "CT_ÄRZTE", "VR AE takes ASCII only"),
        (
            "StudyDescription",
            "Schädel nativ",
            "characters outside ASCII need the right Specific Character Set (0008,0005)",
        ),
        ("StudyDescription", "HEAD\\NECK", "the backslash makes it 2 values"),
        ("SOPClassUID", "1.2.840.010008", "VR UI takes numbers separated by dots, without leading zeros"),
    ],
)
def test_a_value_that_does_not_fit_its_attribute_is_told(tag: str, value: str, fault: str) -> None:
    (found,) = [line for line in told(tag=tag, expected=value)["expected"] if line.endswith(fault)]
    assert found.startswith("read as a value of ")


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("StudyDescription", "CT ABD PELV W"),
        ("BodyPartExamined", "CHEST"),
        ("StudyTime", "103000.25"),
        ("PatientID", "two letters and ten digits, as at the other sites"),
        ("(0051,1014)", "Whatever the vendor writes there, in lower case"),
        ("StudyDate, StudyTime", "not known which"),
    ],
)
def test_a_value_that_fits_or_cannot_be_judged_is_left_alone(tag: str, value: str) -> None:
    assert told(tag=tag, expected=value)["expected"] == []


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("A-ASSOCIATE-RJ 1/1/3", "the receiver does not know the calling AE title"),
        ("a-associate-rj result 1, source 1, reason 7 since noon", "does not answer to the called AE title"),
        ("A-ASSOCIATE-RJ: 2/3/1", "rejected for the moment; the receiver is congested"),
        ("A-ABORT 2/1", "A-ABORT 2/1 by the association layer: a message was not recognised"),
        ("C-STORE status 0xA700", "C-STORE status A700: refused: the receiver is out of resources"),
        ("every object is stored with B000", "coerced data elements"),
        ("status: a900", "the data set does not match the SOP class"),
        ("0xC123 in the log", "cannot understand the data set"),
        ("status 0122", "does not support this SOP class"),
        (
            "objects of 1.2.840.10008.5.1.4.1.1.2 fail",
            "1.2.840.10008.5.1.4.1.1.2 is CT Image Storage (SOP Class)",
        ),
        ("only 1.2.840.10008.1.2.4.70 fails.", "JPEG Lossless"),
    ],
)
def test_results_statuses_and_uids_are_explained_where_they_are_pasted(pasted: str, line: str) -> None:
    (found,) = told(actual=pasted)["actual"]
    assert line in found


@pytest.mark.parametrize(
    "pasted",
    [
        "A-ASSOCIATE-RJ 9/9/9",
        "A-ABORT 7/7",
        "the scanner in room C300 and the Example A700",
        "0x4711",
        "1.2.3.4",
        "build 4.2.1.118",
    ],
)
def test_what_no_standard_knows_is_left_alone(pasted: str) -> None:
    assert told(actual=pasted)["actual"] == []


def test_fields_of_hl7_are_named_with_their_components() -> None:
    assert told(hl7_field="OBR-4.2, PID-3[2].4.1, ORC-3, IPC-5.9, ZZZ-1")["hl7_field"] == [
        "OBR-4.2 is Universal Service Identifier, text",
        "PID-3[2].4.1 is Patient Identifier List, assigning authority",
        "ORC-3 is Filler Order Number",
        "IPC-5.9 is Modality, component 9",
    ]


def test_known_ports_are_named_and_ranges_and_others_are_not() -> None:
    ports = told("network_provisioning", port_protocol="11112/tcp, 2762/TCP, 47000/tcp, 104-110/tcp")
    assert ports["port_protocol"] == [
        "11112/tcp is DICOM (the registered port)",
        "2762/tcp is DICOM over TLS",
    ]


@pytest.mark.parametrize(
    ("endpoint", "line"),
    [
        ("mllp1.core.example:2575", "port 2575 is HL7 MLLP"),
        (
            "mllp1.core.example:5100",
            f"port 5100 is a local choice: {USUAL}",
        ),
    ],
)
def test_the_port_of_an_endpoint_is_told(endpoint: str, line: str) -> None:
    assert told("hl7_interface", endpoint=endpoint)["endpoint"] == [line]


def test_answers_that_no_longer_fit_their_field_are_passed_over() -> None:
    assert told(tag="no tag at all", expected="chest", hl7_field="OBR4") == {
        "tag": [],
        "expected": [],
        "hl7_field": [],
    }


def test_a_paste_of_many_identifiers_stays_short() -> None:
    uids = " ".join(f"1.2.840.10008.5.1.4.1.1.{number}" for number in (1, 2, 4, 7, 20, 128, 129))
    assert len(told(actual=uids)["actual"]) == 5
