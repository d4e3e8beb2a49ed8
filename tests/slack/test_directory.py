"""Whom the programme names by address or user group is looked up at Slack, as strictly as the sandbox answers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.errors import TransientFault
from bot.operations.current import Current
from bot.operations.office import Office
from bot.programme import load
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running
from bot.sandbox.settings import SandboxSettings
from bot.slack.directory import find_named, refresh
from bot.slack.gateway import Gateway, web_client
from bot.slack.pacing import Pacer
from tests.store_fixtures import Database
from tests.unit.programme_files import written

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def slack() -> Iterator[SandboxClient]:
    """A workspace with the app of our manifest."""
    with (
        running(SandboxSettings(manifest=MANIFEST, port=0, rate_limit_scale=None)) as address,
        SandboxClient(address) as control,
    ):
        yield control


@pytest.fixture
def gateway(slack: SandboxClient) -> Gateway:
    """A gateway to it."""
    client = web_client("xoxb-sandbox", base_url=f"{slack.address}/api/", proxy=None, ssl_context=None)
    return Gateway(client, Pacer())


@pytest.fixture
def office(slack: SandboxClient, gateway: Gateway, sqlite: Database, tmp_path: Path) -> Iterator[Office]:
    """A programme with an address that is known there, one that is not, and a user group."""
    slack.add_person("pacs", email="pacs@ngh.example")
    group = slack.add_group("interop", [slack.add_person("ann").id])["id"]

    def other_names(file: dict[str, Any]) -> None:
        for key in ("pacs", "network"):
            del file["people"][key]["slack"]
            file["people"][key]["email"] = f"{key.title()}@ngh.example"
        file["workstreams"]["interoperability"]["user_group"] = group

    with sqlite.opened() as store:
        current = Current(load(written(tmp_path, other_names)), store)
        yield Office(store, current, gateway.people.identity().team, relearn=current.learn)


def admins(office: Office) -> tuple[str, ...]:
    return office.programme().people_for("pacs_admin", ["NGH"], NOON)


def test_addresses_are_looked_up_once_and_groups_each_time(
    slack: SandboxClient, gateway: Gateway, office: Office
) -> None:
    assert find_named(gateway, office) == ("Network@ngh.example",)
    assert admins(office) == (slack.person("pacs").id,)
    assert office.programme().streams.members("interoperability", NOON) == (slack.person("ann").id,)
    assert find_named(gateway, office) == ("Network@ngh.example",)
    asked = [call["arguments"]["email"] for call in slack.calls("users.lookupByEmail")]
    assert asked.count("Pacs@ngh.example") == 1


def test_the_whole_list_tells_addresses_too_and_forgets_those_who_left(
    slack: SandboxClient, gateway: Gateway, office: Office
) -> None:
    refresh(gateway, office)
    assert admins(office) == (slack.person("pacs").id,)
    slack.change_person(slack.person("pacs"), deleted=True)
    refresh(gateway, office)
    assert admins(office) == ()


def test_a_plan_without_groups_keeps_nobody_from_being_found(
    slack: SandboxClient, gateway: Gateway, office: Office
) -> None:
    slack.switch(no_user_groups=True)
    find_named(gateway, office)
    assert admins(office) == (slack.person("pacs").id,)
    assert office.programme().streams.members("interoperability", NOON) == ()


def test_a_slack_that_is_away_is_asked_again_later(
    slack: SandboxClient, gateway: Gateway, office: Office
) -> None:
    slack.fail("users.lookupByEmail", "rate_limit")
    with pytest.raises(TransientFault):
        find_named(gateway, office)
    assert admins(office) == ()
