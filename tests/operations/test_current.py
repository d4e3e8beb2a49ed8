"""The programme in force knows whom Slack found for its addresses and user groups, and can be replaced."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.operations.current import Current
from bot.programme import Programme, load
from bot.taskforce.terms import Standing
from storage import Store
from storage.directory import Person
from tests.unit.programme_files import Changed, written

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADDRESS = "Pacs@NGH.example"
GROUP = "S01INTEROP"


def _by_address(file: dict[str, Any]) -> None:
    person = file["people"]["pacs"]
    del person["slack"]
    person["email"] = ADDRESS
    file["workstreams"]["interoperability"]["user_group"] = GROUP


def programme(folder: Path, change: Changed | None = _by_address) -> Programme:
    return load(written(folder, change))


@pytest.fixture
def current(store: Store, tmp_path: Path) -> Current:
    """A programme with an address and a group that nobody has looked up yet."""
    return Current(programme(tmp_path), store)


def learn(store: Store, current: Current, standing: Standing = Standing.MEMBER) -> None:
    """Slack told who has that address."""
    with store.write() as unit:
        unit.directory.put(
            Person("U77", "T1", "pacs", "Pacs", "Europe/London", "", ADDRESS.casefold(), standing, NOON)
        )
    current.learn()


def admins(current: Current) -> tuple[str, ...]:
    return current().people_for("pacs_admin", ["NGH"], NOON)


def test_an_address_fills_its_roles_once_the_directory_has_it(store: Store, current: Current) -> None:
    assert admins(current) == ()
    learn(store, current)
    assert (admins(current), current().people.unresolved()) == (("U77",), ())


def named_by_id(file: dict[str, Any]) -> None:
    """The administrator has a stand-in, and is one of two who decide in the steering cell."""
    file["people"]["pacs"]["stand_in"] = "network"


def standing(store: Store, current: Current, user: str, standing: Standing) -> None:
    """Slack tells how somebody belongs to the workspace."""
    with store.write() as unit:
        unit.directory.put(Person(user, "T1", "x", "X", "Europe/London", "", "", standing, NOON))
    current.learn()


def test_who_is_named_by_an_id_and_deactivated_is_as_good_as_away(store: Store, tmp_path: Path) -> None:
    current = Current(programme(tmp_path, named_by_id), store)
    before = admins(current)
    standing(store, current, before[0], Standing.DEACTIVATED)
    network = current().people.user("network")
    assert network is not None
    assert admins(current)[0] == network != before[0]

    standing(store, current, before[0], Standing.MEMBER)
    assert admins(current) == before


def test_who_is_deactivated_has_no_seat_in_the_steering_cell(store: Store, tmp_path: Path) -> None:
    current = Current(programme(tmp_path, None), store)
    first, *others = current().holders("", ["NGH"], NOON).seats
    standing(store, current, first, Standing.DEACTIVATED)
    assert list(current().holders("", ["NGH"], NOON).seats) == others


def test_somebody_who_was_deactivated_fills_nothing(store: Store, current: Current) -> None:
    learn(store, current)
    learn(store, current, Standing.DEACTIVATED)
    assert (admins(current), current().people.unresolved()) == ((), (ADDRESS,))


def test_a_group_s_users_are_the_stream_s(store: Store, current: Current) -> None:
    with store.write() as unit:
        unit.groups.put(GROUP, ["U78", "U77", "U78"])
    assert current().streams.members("interoperability", NOON) == ()
    current.learn()
    assert current().streams.members("interoperability", NOON) == ("U78", "U77")


def test_a_new_programme_knows_them_at_once(store: Store, current: Current, tmp_path: Path) -> None:
    learn(store, current)
    current.replace(programme(tmp_path))
    assert admins(current) == ("U77",)
    current.replace(programme(tmp_path, None))
    assert admins(current) == ("U01PACS",)
