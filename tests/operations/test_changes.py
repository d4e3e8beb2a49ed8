"""One delivery, one transaction: what is committed is committed once, what is refused changes nothing."""

import pytest

from bot import clock
from bot.errors import Refused
from bot.operations.accept import accept
from bot.operations.change_severity import change_severity
from bot.operations.office import AlreadyDone, Office, Request
from bot.operations.open_burst import Intake, open_burst
from bot.operations.post_update import post_update
from bot.operations.refused_fields import RefusedFields
from bot.taskforce.terms import EntryKind, Notify, Severity
from tests.operations.story import INTAKE, OWNER, RAISER, by, opened, stored

OUTSIDER = Request("test:outside", "U09VENDOR", "T09VENDOR")
UPDATE = "The cause is known: the rule was never asked for."


def test_the_same_delivery_commits_once(office: Office) -> None:
    """Slack sends again, people click twice."""
    number = opened(office).id
    request = by(OWNER)
    post_update(office, request, number, UPDATE)
    with pytest.raises(AlreadyDone):
        post_update(office, request, number, UPDATE)
    with office.store.read() as unit:
        kinds = [entry.kind for entry in unit.log.entries(number)]
    assert kinds.count(EntryKind.UPDATE) == 1


def test_a_refused_delivery_does_not_use_up_its_key(office: Office) -> None:
    """The page is corrected and sent again from the same view."""
    number = opened(office).id
    request = by(OWNER)
    with pytest.raises(Refused):
        post_update(office, request, number, "")
    assert post_update(office, request, number, UPDATE).burst.version == stored(office, number).version


def test_a_refusal_leaves_the_burst_as_it_was(office: Office) -> None:
    """No half of it is done."""
    before = opened(office)
    with pytest.raises(Refused, match="Only the accountable owner"):
        accept(office, by(RAISER), before.id)
    assert stored(office, before.id) == before


def test_an_unknown_burst_and_a_hidden_one_sound_alike(office: Office) -> None:
    """Somebody outside learns nothing about what exists."""
    with pytest.raises(Refused) as unknown:
        accept(office, by(OWNER), 999)
    assert unknown.value.code == "unknown_burst"


def test_people_of_other_organisations_cannot_open(office: Office) -> None:
    """They take part where they were added, and do nothing else."""
    with pytest.raises(Refused, match="Only full members"):
        open_burst(office, OUTSIDER, INTAKE)
    with office.store.read() as unit:
        assert unit.bursts.get(1) is None


def test_every_wrong_field_is_named_at_once(office: Office) -> None:
    """With what is allowed, and without repeating what was typed."""
    intake = Intake(
        family="network_provisioning",
        title="Firewall rule for the viewer missing",
        sites=("SBH",),
        impact=2,
        urgency=1,
        workflow_impact="Nobody on the wards can open the viewer since noon.",
        answers={"source": "10.61.8.14/24", "port_protocol": "443"},
    )
    with pytest.raises(RefusedFields) as refused:
        open_burst(office, by(RAISER), intake)
    assert {"source", "port_protocol", "destination", "path_type"} <= set(refused.value.problems)
    assert "10.61.8.14" not in str(refused.value)


def test_an_unknown_family_is_answered_with_the_known_ones(office: Office) -> None:
    """Nobody has to guess."""
    with pytest.raises(Refused, match="dicom_mapping"):
        open_burst(office, by(RAISER), Intake("gremlins", "A title of some length", ("SBH",), 2, 1))


def test_an_owner_whom_the_raiser_named_is_asked(office: Office) -> None:
    """The proposal is a proposal; the card says who named them."""
    intake = Intake(
        "network_provisioning",
        "A title of some length",
        ("SBH",),
        2,
        1,
        owner="U01YARA",
        missing_allowed=True,
    )
    burst = open_burst(office, by(RAISER), intake)
    assert (burst.owner, burst.owner_reason) == ("U01YARA", "Named by the person who raised it")


def test_what_the_one_line_form_lacks_is_asked_first(office: Office) -> None:
    """As the first item of the checklist, with a clock of its own."""
    burst = opened(office)
    assert burst.checklist[0].source == "intake"
    assert "What can people not do?" in burst.checklist[0].text


def test_what_the_answers_demand_keeps_the_severity_up(office: Office) -> None:
    """Impact and urgency alone would mean sev4; a wrong patient never does."""
    answers = {
        "symptom": "wrong_patient",
        "source_ae": "NGH_MR1",
        "destination_ae": "EIPACS_STORE",
        "device": "Example scanner, version 20A",
        "tag": "ImageComments",
        "expected": "empty",
        "actual": "a remark of another study",
    }
    intake = Intake(
        family="dicom_mapping",
        title="Comments of one study show in another",
        sites=("NGH",),
        impact=2,
        urgency=1,
        workflow_impact="Readers stop at every study of the scanner since this morning.",
        answers=answers,
    )
    burst = open_burst(office, by(RAISER), intake)
    lead = office.programme().reach(burst, clock.now())[Notify.WORKSTREAM_LEAD][0]
    after = change_severity(office, by(lead), burst.id, 3, 3, "Only one scanner is concerned")
    assert (after.impact, after.urgency, after.severity) == (3, 3, Severity.SEV2)
