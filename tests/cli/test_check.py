"""``burst check`` against the sandbox: everything that an administrator can have forgotten, with what to do."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running
from bot.sandbox.settings import SandboxSettings
from tests.cli.conftest import Installation
from tests.unit.programme_files import Changed, smallest, written

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


def _seed(folder: Path) -> Path:
    """A workspace with the people and channels that the smallest programme names."""
    users = [{"id": person["slack"], "name": key} for key, person in smallest()["people"].items()]
    users[[user["name"] for user in users].index("radiologist")]["email"] = "rad@ngh.example"
    users += [
        {"id": "U01GONE", "name": "gone", "deleted": True},
        {"id": "U01GUEST", "name": "guest", "is_restricted": True},
        {"id": "U01ROBOT", "name": "robot", "is_bot": True},
        {"id": "U01STRANGER", "name": "stranger", "team_id": "T0ELSEWHERE", "is_stranger": True},
    ]
    channels: list[dict[str, Any]] = [
        {"id": "C01STEERING", "name": "steering", "is_private": True, "app": True},
        {"id": "C01ARCHIVE", "name": "archive", "is_private": True, "app": True},
        {"id": "C01INTEROP", "name": "interoperability", "app": True},
        {"id": "C01PUBLIC", "name": "town-square", "app": True},
        {"id": "C01WITHOUT", "name": "without-the-bot", "members": ["chair"]},
        {"id": "C01HIDDEN", "name": "hidden", "is_private": True, "members": ["chair"]},
        {"id": "C01SHARED", "name": "shared", "is_private": True, "is_ext_shared": True, "app": True},
    ]
    path = folder / "seed.yml"
    path.write_text(yaml.safe_dump({"users": users, "channels": channels}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A workspace with the app of our manifest."""
    seed = _seed(tmp_path_factory.mktemp("seed"))
    with running(SandboxSettings(manifest=MANIFEST, port=0, rate_limit_scale=None, seed=seed)) as address:
        yield address


@pytest.fixture
def connected(bare: Installation, slack: str) -> Iterator[Installation]:
    """An installation whose tokens are that workspace's; faults are mended afterwards."""
    point_at(bare, slack)
    with SandboxClient(slack) as control:
        yield bare
        control.heal()
        control.switch(socket_mode_disabled=False)


def point_at(installation: Installation, address: str, change: Changed | None = None) -> None:
    """Give an installation the tokens of the workspace at ``address``, and a programme."""
    installation.environment |= {
        "SLACK_API_URL": f"{address}/api/",
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "BURST_PROGRAMME": str(written(installation.folder, change)),
    }


def wrong(installation: Installation, change: Changed | None = None) -> Mapping[str, str]:
    """What ``burst check`` wants fixed when the programme is changed like this, and that it ends with 1."""
    written(installation.folder, change)
    result = installation.burst("check", "--json")
    told = json.loads(result.stdout)
    found = {one["what"]: one["words"] for one in told["checks"] if not one["fine"]}
    assert (result.exit_code, told["ok"]) == ((1, False) if found else (0, True))
    return found


def test_all_is_well(connected: Installation) -> None:
    result = connected.burst("check")
    assert result.exit_code == 0
    looked_at = [line.removeprefix("ok").strip().split(":")[0] for line in result.stdout.splitlines()]
    assert looked_at == [
        "programme",
        "bot token",
        "scopes",
        "steering channel",
        "archive channel",
        "channel of workstream interoperability",
        "people",
        "app token",
    ]


def test_a_line_to_fix_stands_out(connected: Installation) -> None:
    written(connected.folder, lambda file: file["archive"].update(channel="C01PUBLIC"))
    result = connected.burst("check")
    to_fix = [line for line in result.stdout.splitlines() if not line.startswith("ok ")]
    assert len(to_fix) == 1
    assert to_fix[0].startswith("FIX archive channel: #town-square is public")


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("C01PUBLIC", "#town-square is public"),
        ("C01HIDDEN", "/invite @issue-burst"),
        ("C01NOWHERE", "C01NOWHERE does not exist"),
        ("C01SHARED", "shared with another organisation"),
    ],
)
def test_the_steering_channel_must_be_ours_alone(connected: Installation, channel: str, words: str) -> None:
    found = wrong(connected, lambda file: file["steering"].update(channel=channel))
    assert list(found) == ["steering channel"]
    assert words in found["steering channel"]


def test_the_bot_must_be_in_a_workstreams_channel(connected: Installation) -> None:
    found = wrong(
        connected, lambda file: file["workstreams"]["interoperability"].update(channel="C01WITHOUT")
    )
    assert found == {
        "channel of workstream interoperability": "#without-the-bot is without the bot; "
        "there: /invite @issue-burst"
    }


def test_an_archived_channel_is_no_place(connected: Installation, slack: str) -> None:
    with SandboxClient(slack) as control:
        old = control.add_channel("old-steering", is_private=True, members=["chair"], app=True)
        control.person("chair").change_channel(old["id"], "archive")
    found = wrong(connected, lambda file: file["steering"].update(channel=old["id"]))
    assert "is archived" in found["steering channel"]


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ("U01NOBODY", "is not in this workspace"),
        ("U01GONE", "is deactivated"),
        ("U01GUEST", "is a guest"),
        ("U01ROBOT", "is an app"),
    ],
)
def test_a_person_must_be_a_member(connected: Installation, user: str, words: str) -> None:
    found = wrong(connected, lambda file: file["people"]["radiologist"].update(slack=user))
    assert list(found) == ["person radiologist"]
    assert words in found["person radiologist"]


@pytest.mark.parametrize(("address", "found"), [("Rad@ngh.example", True), ("gone@ngh.example", False)])
def test_a_person_named_by_an_address_is_looked_for(
    connected: Installation, address: str, *, found: bool
) -> None:
    def by_address(file: dict[str, Any]) -> None:
        del file["people"]["radiologist"]["slack"]
        file["people"]["radiologist"]["email"] = address

    words = wrong(connected, by_address).get("person radiologist", "")
    assert ("which nobody has in this workspace" in words) is not found


def test_a_missing_scope_is_named(bare: Installation, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    granted = MANIFEST.read_text(encoding="utf-8").replace("      - pins:write\n", "")
    manifest.write_text(granted.replace("      - users:read\n", ""), encoding="utf-8")
    settings = SandboxSettings(manifest=manifest, port=0, rate_limit_scale=None, seed=_seed(tmp_path))
    with running(settings) as address:
        point_at(bare, address)
        found = wrong(bare)
    assert found == {
        "scopes": "missing pins:write, users:read; update the app from manifest.yml and reinstall it",
        "people": "cannot be looked up: Slack answered missing_scope",
    }


def test_a_wrong_bot_token_is_not_mistaken_for_a_missing_channel(connected: Installation) -> None:
    connected.environment["SLACK_BOT_TOKEN"] = "xoxb-of-another-app"
    assert list(wrong(connected)) == ["Slack"]


def test_a_wrong_app_token_is_named_apart(connected: Installation) -> None:
    connected.environment["SLACK_APP_TOKEN"] = "xapp-of-another-app"
    assert list(wrong(connected)) == ["app token"]


def test_socket_mode_that_is_switched_off_is_seen(connected: Installation, slack: str) -> None:
    with SandboxClient(slack) as control:
        control.switch(socket_mode_disabled=True)
    assert list(wrong(connected)) == ["app token"]


def test_a_slack_that_is_away_is_no_verdict_on_channels(connected: Installation, slack: str) -> None:
    with SandboxClient(slack) as control:
        control.fail("conversations.info", "status", status=503, count=None)
    found = wrong(connected)
    assert list(found) == ["Slack"]
    assert "conversations.info" in found["Slack"]


def test_without_tokens_it_says_which(bare: Installation) -> None:
    result = bare.burst("check")
    assert (result.exit_code, "SLACK_BOT_TOKEN" in result.stderr) == (1, True)
