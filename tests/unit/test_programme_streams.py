"""Workstreams: who speaks for one when its leads are away; and roles by whatever title people use."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.programme import Programme
from bot.taskforce.terms import Notify
from tests.unit.test_programme_people import burst, serving

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
AWAY = [{"from": "2026-11-23", "until": "2026-11-27"}]
GROUP = "S01INTEROP"


def leaderless(tmp_path: Path, **stream: Any) -> Programme:
    """A programme whose interoperability stream has a lead who is away today."""
    lead = {"name": "Interfaces", "slack": "U01INTERFACES", "side": "technical", "absences": AWAY}
    chair = {"name": "Chair", "slack": "U01CHAIR", "side": "both", "absences": AWAY}
    return serving(
        tmp_path,
        people={"interfaces": lead, "chair": chair},
        workstreams={"interoperability": {"lead": "interfaces", **stream}},
    )


def test_while_its_leads_are_away_a_member_speaks_for_a_stream(tmp_path: Path) -> None:
    programme = leaderless(tmp_path, members=["chair", "network"])
    last = programme.roster("dicom_mapping", ["NGH"], NOON).workstream_lead
    assert last is not None
    assert (last.user, last.why) == ("U01NETWORK", "member of Interoperability, whose leads are away")
    assert programme.reach(burst(), NOON)[Notify.WORKSTREAM_LEAD] == ("U01NETWORK",)


def test_members_lead_nothing_and_hold_no_right(tmp_path: Path) -> None:
    programme = leaderless(tmp_path, members=["pacs"])
    assert programme.actor_leads("U01PACS") == frozenset()
    assert programme.streams.leads("interoperability", NOON) == ()


def test_a_user_group_s_people_are_members_after_those_of_the_file(tmp_path: Path) -> None:
    programme = leaderless(tmp_path, members=["network"], user_group=GROUP)
    assert programme.user_groups == {GROUP}
    assert programme.streams.members("interoperability", NOON) == ("U01NETWORK",)
    told = programme.with_people({}, {GROUP: ("U77", "U01CHAIR", "U01NETWORK")})
    # The chair is away; U77 is nobody of the file, and there as far as we know.
    assert told.streams.members("interoperability", NOON) == ("U01NETWORK", "U77")


def test_a_stream_of_nobody_has_no_last_resort(tmp_path: Path) -> None:
    programme = leaderless(tmp_path)
    assert programme.roster("dicom_mapping", ["NGH"], NOON).workstream_lead is None
    assert programme.streams.members("gone", NOON) == ()


@pytest.mark.parametrize(
    "word",
    ["pacs_admin", "PACS administrator", "pacs-administrator", "pacs_system_analyst", "PACS  System-Analyst"],
)
def test_a_role_is_meant_by_its_id_its_label_and_its_local_titles(tmp_path: Path, word: str) -> None:
    programme = serving(tmp_path, roles={"pacs_admin": {"aliases": ["PACS system analyst"]}})
    assert programme.role_called(word) == "pacs_admin"


def test_a_title_of_nobody_means_no_role(tmp_path: Path) -> None:
    assert serving(tmp_path).role_called("pacs_system_analyst") is None
