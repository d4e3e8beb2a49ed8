"""People whom the programme names by address or by user group follow Slack's events."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.operations.current import Current
from bot.operations.office import Office
from bot.programme import Programme, load
from tests.handlers.workspace import BYSTANDER, TEAM, Workspace
from tests.store_fixtures import Database
from tests.unit.programme_files import written

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
GROUP = "S01INTEROP"


def _other_names(file: dict[str, Any]) -> None:
    person = file["people"]["pacs"]
    del person["slack"]
    person["email"] = "pacs@ngh.example"
    file["workstreams"]["interoperability"]["user_group"] = GROUP


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    """One person by address, one stream with a user group."""
    return load(written(tmp_path, _other_names))


@pytest.fixture
def office(sqlite: Database, programme: Programme) -> Iterator[Office]:
    """An office whose programme learns, as the bot's does."""
    with sqlite.opened() as store:
        current = Current(programme, store)
        yield Office(store, current, TEAM, relearn=current.learn)


def changed(slack: Workspace, address: str, **more: object) -> None:
    user = {"id": BYSTANDER, "team_id": TEAM, "profile": {"email": address}, **more}
    slack.event("user_change", user=user)


def admins(office: Office) -> tuple[str, ...]:
    return office.programme().people_for("pacs_admin", ["NGH"], NOON)


def members(office: Office) -> tuple[str, ...]:
    return office.programme().streams.members("interoperability", NOON)


def test_whoever_gets_the_address_fills_the_role(slack: Workspace, office: Office) -> None:
    changed(slack, "Pacs@ngh.example")
    assert admins(office) == (BYSTANDER,)


@pytest.mark.parametrize("change", [{"deleted": True}, {"profile": {"email": "other@ngh.example"}}])
def test_whoever_loses_it_fills_it_no_longer(
    slack: Workspace, office: Office, change: dict[str, object]
) -> None:
    changed(slack, "pacs@ngh.example")
    changed(slack, "pacs@ngh.example", **change)
    assert admins(office) == ()


def test_other_people_s_addresses_are_not_kept(slack: Workspace, office: Office) -> None:
    changed(slack, "private@ngh.example")
    with office.store.read() as unit:
        kept = unit.directory.get(BYSTANDER)
    assert kept is not None
    assert kept.email == ""


def test_a_group_is_followed(slack: Workspace, office: Office) -> None:
    slack.event("subteam_updated", subteam={"id": GROUP, "users": ["U1", "U2"], "date_delete": 0})
    assert members(office) == ("U1", "U2")
    slack.event("subteam_members_changed", subteam_id=GROUP, added_users=["U3"], removed_users=["U1"])
    assert members(office) == ("U2", "U3")
    slack.event("subteam_updated", subteam={"id": GROUP, "date_delete": 1_800_000_000})
    assert members(office) == ()


def test_groups_that_the_programme_does_not_name_are_not_kept(slack: Workspace, office: Office) -> None:
    assert slack.event("subteam_updated", subteam={"id": "S9", "users": ["U1"]}).status == 200
    with office.store.read() as unit:
        assert unit.groups.get("S9") == ()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("subteam_updated", {"subteam": "S01INTEROP"}),
        ("subteam_updated", {"subteam": {"id": GROUP, "users": [7]}}),
        ("subteam_members_changed", {"subteam_id": GROUP, "added_users": "U1"}),
        ("subteam_members_changed", {"added_users": ["U1"]}),
    ],
)
def test_what_is_no_such_event_changes_nothing(
    slack: Workspace, office: Office, kind: str, body: dict[str, Any]
) -> None:
    slack.event(kind, **body)
    assert members(office) == ()
