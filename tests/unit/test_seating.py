"""Seating: the example reports yield their owners and leads, and nobody sits where they must not."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.taskforce.burst import Contact
from bot.taskforce.family import Family
from bot.taskforce.intake import Header
from bot.taskforce.seating import Filler, Roster, Seating, seat
from bot.taskforce.terms import Severity
from tests.unit.imaging import demo, reports

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MAPPING = demo().families["dicom_mapping"]


def header(**changes: Any) -> Header:
    plain = Header(
        title="CT studies hang with the chest layout",
        sites=("NGH",),
        stage="build",
        impact=2,
        urgency=2,
        workflow_impact="Night readers re-hang every study by hand.",
    )
    return replace(plain, **changes)


def roster(**people: str | tuple[str, ...]) -> Roster:
    """A roster of roles and the users who fill them at NGH, with LEAD as the workstream's lead."""
    fillers = {
        role: tuple(
            Filler(user, "NGH", f"{role} at NGH") for user in ((users,) if isinstance(users, str) else users)
        )
        for role, users in people.items()
    }
    return Roster(
        matrix=demo().matrix,
        around=demo().surroundings,
        fillers=fillers,
        workstream_lead=Filler("LEAD", "NGH", "lead of Interoperability"),
        role_labels={"pacs_admin": "PACS administrator"},
        place="NGH",
    )


def seated(roster: Roster, family: Family = MAPPING, **answers: Any) -> Seating:
    return seat(family, {"symptom": "text_differs", **answers}, header(), roster)


@pytest.mark.parametrize("report", reports(), ids=lambda report: str(report["id"]))
def test_an_example_report_yields_what_it_must(report: dict[str, Any]) -> None:
    family = demo().families[report["family"]]
    head = header(
        sites=tuple(report["sites"]),
        stage=report["stage"],
        impact=report["impact"],
        urgency=report["urgency"],
        workaround=report["workaround"],
    )
    answers = {
        name: tuple(value) if isinstance(value, list) else value for name, value in report["details"].items()
    }
    found = seat(family, answers, head, demo().roster(family, head.sites, NOON))
    assert {
        "owner": found.owner_role,
        "clinical_lead": found.clinical_role,
        "technical_lead": found.technical_role,
        "conditional": [conditional.id for conditional in found.conditionals],
    } == report["expected"]
    assert found.severity == report["severity"]


def test_the_owner_comes_with_the_reason() -> None:
    found = seated(roster(pacs_admin="PRIYA"))
    assert (found.owner, found.owner_reason) == ("PRIYA", "pacs_admin at NGH")


def test_where_nobody_fills_the_role_the_workstream_s_lead_owns_and_it_says_so() -> None:
    found = seated(roster(lead_tech="LENA"))
    assert found.owner == "LEAD"
    assert found.owner_reason == "lead of Interoperability; nobody is PACS administrator at NGH"


def test_where_nobody_at_all_can_be_had_the_seat_is_empty_and_it_says_so() -> None:
    found = seated(replace(roster(), workstream_lead=None))
    assert (found.owner, found.owner_reason) == (None, "Nobody can be had: PACS administrator")


def test_who_declined_is_passed_over_until_the_lead_is_left() -> None:
    line = roster(pacs_admin=("PRIYA", "TOMAS"))
    second = line.next_in_line("pacs_admin", frozenset({"PRIYA"}))
    assert second is not None
    assert second.user == "TOMAS"
    last = line.next_in_line("pacs_admin", frozenset({"PRIYA", "TOMAS"}))
    assert last is not None
    assert (last.user, "nobody else" in last.why) == ("LEAD", True)


def test_when_even_the_lead_declined_nobody_is_left() -> None:
    assert roster().next_in_line("pacs_admin", frozenset({"LEAD"})) is None


def test_the_clinical_lead_is_never_the_owner_in_another_role() -> None:
    found = seated(roster(pacs_admin="PRIYA", lead_tech="PRIYA", rad="RAVI"))
    assert (found.clinical_role, found.clinical_lead) == ("rad", "RAVI")


def test_a_clinical_seat_that_nobody_fills_stays_open() -> None:
    found = seated(roster(pacs_admin="PRIYA", lead_tech="PRIYA"))
    assert (found.clinical_role, found.clinical_lead) == ("lead_tech", None)


def test_the_technical_lead_is_a_second_person() -> None:
    found = seated(roster(pacs_admin="PRIYA", ii_lead="INES"))
    assert (found.technical_role, found.technical_lead) == ("ii_lead", "INES")


def test_a_second_person_of_the_owner_s_role_goes_before_the_owner() -> None:
    found = seated(roster(pacs_admin=("PRIYA", "TOMAS"), ii_lead="PRIYA"))
    assert (found.technical_role, found.technical_lead) == ("pacs_admin", "TOMAS")


def test_if_nobody_else_can_be_had_the_owner_is_technical_lead() -> None:
    found = seated(roster(pacs_admin="PRIYA"))
    assert (found.technical_role, found.technical_lead) == ("pacs_admin", "PRIYA")


def test_nobody_holds_both_lead_seats() -> None:
    found = seated(roster(pacs_admin="PRIYA", cas="INES", ii_lead="INES", hl7="JONAH"))
    assert (found.clinical_lead, found.technical_lead) == ("INES", "JONAH")


def test_everybody_is_invited_once() -> None:
    found = seated(roster(pacs_admin="PRIYA", lead_tech="LENA", hl7="JONAH", ris="JONAH", ii_lead="INES"))
    assert found.invited == (
        ("pacs_admin", "PRIYA"),
        ("lead_tech", "LENA"),
        ("ii_lead", "INES"),
        ("hl7", "JONAH"),
    )


def test_of_a_role_the_first_in_line_at_each_site_is_invited() -> None:
    line = roster(pacs_admin="PRIYA")
    hl7 = (Filler("JONAH", "NGH", ""), Filler("SECOND", "NGH", ""), Filler("MIRELA", "HVM", ""))
    found = seated(replace(line, fillers={**line.fillers, "hl7": hl7}))
    assert [user for role, user in found.invited if role == "hl7"] == ["JONAH", "MIRELA"]


def test_a_role_without_anybody_in_slack_shows_its_contact() -> None:
    desk = Contact("fse", "service desk, 555-0142")
    found = seated(replace(roster(pacs_admin="PRIYA"), contacts={"fse": (desk,)}))
    assert found.contacts == (desk,)


def test_a_role_that_somebody_fills_shows_no_contact() -> None:
    desk = Contact("fse", "service desk, 555-0142")
    found = seated(replace(roster(pacs_admin="PRIYA", fse="FELIX"), contacts={"fse": (desk,)}))
    assert found.contacts == ()


def test_a_conditional_s_task_goes_to_its_first_role() -> None:
    found = seated(roster(pacs_admin="PRIYA", safety="SILAS", priv="PALOMA"), symptom="wrong_patient")
    assert found.assignees["wrong_patient_risk"] == "SILAS"


def test_a_task_falls_to_the_owner_where_nobody_fills_its_role() -> None:
    found = seated(roster(pacs_admin="PRIYA"), symptom="wrong_patient")
    assert found.assignees["wrong_patient_risk"] == "PRIYA"


def test_a_conditional_raises_the_severity_and_never_lowers_it() -> None:
    line = roster(pacs_admin="PRIYA")
    mild = seat(MAPPING, {"symptom": "wrong_patient"}, header(impact=3, urgency=3), line)
    grave = seat(MAPPING, {"symptom": "wrong_patient"}, header(impact=1, urgency=1), line)
    assert (mild.severity, grave.severity) == (Severity.SEV2, Severity.SEV1)


def test_a_conditional_on_severity_sees_the_raised_one() -> None:
    network = demo().families["network_provisioning"]
    raised = [c for c in MAPPING.conditional if c.id == "wrong_patient_risk"]
    family = network.model_copy(update={"conditional": (*raised, *network.conditional), "form": MAPPING.form})
    found = seat(family, {"symptom": "wrong_patient"}, header(impact=3, urgency=3), roster())
    assert [c.id for c in found.conditionals] == ["wrong_patient_risk", "change_class"]
