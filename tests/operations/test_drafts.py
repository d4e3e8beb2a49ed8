"""A blocker while it is being raised."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time

from bot.errors import Refused
from bot.operations import drafts
from bot.operations.office import Office
from bot.operations.open_burst import Intake, open_burst
from bot.operations.refused_fields import RefusedFields
from bot.taskforce.decision import Detail
from bot.taskforce.terms import Severity, Standing
from tests.operations.story import RAISER, by, known

STRANGER = "U01STRANGER"
START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HEADER: Mapping[str, Detail] = {
    "title": "Firewall rule for the viewer missing",
    "sites": ["NGH"],
    "stage": "build",
    "impact": 2,
    "urgency": 1,
    "workflow_impact": "Nobody at the clinic can open the viewer since this morning, 12 readers.",
    "needed_by": "",
}
ANSWERS: Mapping[str, str | tuple[str, ...]] = {
    "source": "10.61.8.14",
    "destination": "viewer.ngh.example",
    "port_protocol": "443/tcp",
    "path_type": "inter_vlan",
    "modality_on_segment": "false",
    "approval_state": "submitted",
    "change_ref": "CHG0041123",
}


def begun(office: Office, **other: Detail) -> drafts.Begun:
    return drafts.begin(office, by(RAISER), "network_provisioning", {**HEADER, **other})


class TestPageOne:
    def test_it_tells_severity_and_whom_the_rules_would_ask(self, office: Office) -> None:
        found = begun(office)

        assert found.family.id == "network_provisioning"
        assert found.seating.severity is Severity.SEV2
        assert found.seating.owner is not None
        assert found.seating.owner_reason

    def test_every_problem_is_named_at_its_field(self, office: Office) -> None:
        with pytest.raises(RefusedFields) as refused:
            drafts.begin(
                office, by(RAISER), "weather", {**HEADER, "title": "no", "stage": "dream", "impact": "high"}
            )

        assert set(refused.value.problems) == {"family", "title", "stage", "impact"}

    def test_guests_keep_no_draft(self, office: Office) -> None:
        known(office, STRANGER, Standing.GUEST)

        with pytest.raises(Refused, match="Only full members"):
            drafts.begin(office, by(STRANGER), "network_provisioning", HEADER)


class TestPageTwo:
    def test_it_makes_an_intake_that_can_be_opened(self, office: Office) -> None:
        draft_id = begun(office, needed_by="2027-03-01").draft_id

        intake = drafts.complete(
            office, by(RAISER), draft_id, typed=ANSWERS, workaround="partial", owner="U01NEIL"
        )
        burst = open_burst(office, by(RAISER), intake)

        assert burst.owner == "U01NEIL"
        assert burst.workaround == "partial"
        assert burst.answers["destination"] == "viewer.ngh.example"
        assert burst.needed_on is not None
        assert burst.needed_on.isoformat() == "2027-03-01"

    def test_an_owner_who_left_while_look_alikes_were_shown_is_refused(self, office: Office) -> None:
        draft_id = begun(office).draft_id
        intake = drafts.complete(
            office, by(RAISER), draft_id, typed=ANSWERS, workaround="none", owner=STRANGER
        )
        known(office, STRANGER, Standing.DEACTIVATED)

        with pytest.raises(Refused) as refused:
            open_burst(office, by(RAISER), intake)

        assert refused.value.code == "cannot_own"

    def test_numbers_and_yes_or_no_are_read_as_people_type_them(self, office: Office) -> None:
        draft_id = drafts.begin(office, by(RAISER), "user_access", HEADER).draft_id
        typed: dict[str, str | tuple[str, ...]] = {
            "application": "cloud_viewer",
            "symptom": "no_role",
            "affected_group": "Radiographers of the late shift",
            "affected_count": "1,200",
            "auth_path": "saml_sso",
            "error_text": "AADSTS50105: not assigned",
            "break_glass_in_use": "false",
        }

        intake = drafts.complete(office, by(RAISER), draft_id, typed=typed, workaround="none", owner=None)

        assert intake.answers["affected_count"] == 1200
        assert intake.answers["break_glass_in_use"] is False

    def test_what_is_missing_and_what_is_wrong_is_named_together(self, office: Office) -> None:
        draft_id = begun(office).draft_id
        typed = {**ANSWERS, "port_protocol": "none at all"}
        del typed["source"]

        with pytest.raises(RefusedFields) as refused:
            drafts.complete(office, by(RAISER), draft_id, typed=typed, workaround="none", owner=None)

        assert set(refused.value.problems) == {"source", "port_protocol"}

    def test_a_refused_page_is_not_kept(self, office: Office) -> None:
        draft_id = begun(office).draft_id
        with pytest.raises(RefusedFields):
            drafts.complete(office, by(RAISER), draft_id, typed={}, workaround="none", owner=None)

        assert drafts.finished(office, by(RAISER), draft_id).answers == {}

    def test_a_finished_draft_reads_as_it_was_completed(self, office: Office) -> None:
        draft_id = begun(office).draft_id
        intake = drafts.complete(office, by(RAISER), draft_id, typed=ANSWERS, workaround="full", owner=None)

        assert drafts.finished(office, by(RAISER), draft_id) == intake

    def test_a_draft_is_gone_after_an_hour(self, office: Office) -> None:
        with freeze_time(START) as clock:
            draft_id = begun(office).draft_id
            clock.tick(timedelta(minutes=61))

            with pytest.raises(Refused, match="over an hour old"):
                drafts.finished(office, by(RAISER), draft_id)

    def test_nobody_else_can_use_it(self, office: Office) -> None:
        draft_id = begun(office).draft_id

        with pytest.raises(Refused) as refused:
            drafts.complete(office, by(STRANGER), draft_id, typed=ANSWERS, workaround="none", owner=None)

        assert refused.value.code == "draft_gone"


class TestWhatLooksAlike:
    def intake_of(self, office: Office, **other: Detail) -> Intake:
        draft_id = begun(office, **other).draft_id
        return drafts.complete(office, by(RAISER), draft_id, typed=ANSWERS, workaround="none", owner=None)

    def test_the_same_kind_at_the_same_site(self, office: Office) -> None:
        intake = self.intake_of(office)
        burst = open_burst(office, by(RAISER), intake)

        other = self.intake_of(office, title="Something else altogether")

        ((found, how),) = drafts.alike(office, by(RAISER), other)[1]
        assert found == burst
        assert (how.sites, how.fields, how.near_title) == (("NGH",), ("port_protocol",), False)

    def test_nothing_when_nothing_is_shared(self, office: Office) -> None:
        open_burst(office, by(RAISER), self.intake_of(office, sites=["LKC"]))
        draft_id = begun(office, title="Tunnel to the cloud archive is slow").draft_id
        typed = {**ANSWERS, "port_protocol": "11112/tcp"}
        intake = drafts.complete(office, by(RAISER), draft_id, typed=typed, workaround="none", owner=None)

        assert drafts.alike(office, by(RAISER), intake)[1] == ()


class TestMessages:
    def test_a_message_is_kept_for_its_finder(self, office: Office) -> None:
        draft_id = drafts.keep_message(office, by(RAISER), {"text": "Look", "burst": 1})

        assert drafts.kept_message(office, by(RAISER), draft_id) == {"text": "Look", "burst": 1}

    @pytest.mark.parametrize("user", [RAISER, STRANGER])
    def test_a_draft_of_another_kind_or_person_is_none(self, office: Office, user: str) -> None:
        draft_id = begun(office).draft_id

        with pytest.raises(Refused) as refused:
            drafts.kept_message(office, by(user), draft_id)

        assert refused.value.code == "draft_gone"
