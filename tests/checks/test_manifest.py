"""The manifest asks Slack for exactly what the code uses, and Slack would take it as it is.

Scopes of methods and events: docs.slack.dev, the reference page of each; limits of a manifest:
docs.slack.dev/reference/app-manifest.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import app
from bot.slack import ids
from bot.slack.inspection import SCOPES

ROOT = Path(__file__).parents[2]
MANIFEST: Mapping[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))

_MANAGE = {"channels:manage", "groups:write"}
_READ = {"channels:read", "groups:read"}
_HISTORY = {"channels:history", "groups:history", "im:history"}
METHODS: Mapping[str, set[str]] = {
    "apps.connections.open": set(),  # asks for the app-level token's connections:write
    "auth.test": set(),
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.archive": _MANAGE,
    "conversations.create": _MANAGE,
    "conversations.history": _HISTORY,
    "conversations.info": _READ,
    "conversations.invite": _MANAGE,
    "conversations.open": {"im:write"},
    "conversations.replies": _HISTORY,
    "conversations.setTopic": _MANAGE,
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "pins.add": {"pins:write"},
    "usergroups.users.list": {"usergroups:read"},
    "users.conversations": _READ,
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "users.lookupByEmail": {"users:read.email"},
    "views.open": set(),
    "views.publish": set(),
}
EVENTS: Mapping[str, set[str]] = {
    "app_home_opened": set(),
    "channel_archive": {"channels:read"},
    "channel_deleted": {"channels:read"},
    "channel_id_changed": _READ,
    "group_archive": {"groups:read"},
    "group_deleted": {"groups:read"},
    "member_joined_channel": _READ,
    "member_left_channel": _READ,
    "message": {"channels:history", "groups:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "subteam_members_changed": {"usergroups:read"},
    "subteam_updated": {"usergroups:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}
_FAMILIES = "admin|apps|auth|bookmarks|bots|canvases|chat|conversations|files|pins|reactions|search|team|usergroups|users|views"
_METHOD = re.compile(rf'"((?:{_FAMILIES})\.[a-z]+[A-Za-z.]*)"')


def called() -> set[str]:
    """Every Web API method that the gateway and the socket name."""
    files = [*(ROOT / "bot/slack/gateway").glob("*.py"), ROOT / "bot/slack/socket.py"]
    return {found for file in files for found in _METHOD.findall(file.read_text(encoding="utf-8"))} - {
        "files.slack.com"  # a host
    }


def served(table: str) -> set[str]:
    """The keys of every handler module's table."""
    return {str(key) for room in app._ROOMS for key in getattr(room, table, {})}


def granted() -> set[str]:
    return set(MANIFEST["oauth_config"]["scopes"]["bot"])


def test_the_command_is_the_one_we_answer() -> None:
    commands = MANIFEST["features"]["slash_commands"]

    assert [command["command"] for command in commands] == [ids.COMMAND]
    assert commands[0]["should_escape"] is True


def test_the_shortcuts_are_the_ones_we_serve() -> None:
    shortcuts = {shortcut["callback_id"]: shortcut["type"] for shortcut in MANIFEST["features"]["shortcuts"]}

    assert set(shortcuts) == served("SHORTCUTS") == set(ids.Shortcut)
    assert shortcuts == {
        "burst_raise": "global",
        "burst_raise_message": "message",
        "burst_log_message": "message",
    }


def test_the_events_are_the_ones_we_take() -> None:
    # Messages are asked for by the kind of channel, and come as one event.
    subscribed = {
        name.partition(".")[0] for name in MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    }

    assert subscribed == served("EVENTS") == set(EVENTS)


def test_every_method_that_is_called_is_in_the_table_and_every_one_in_the_table_is_called() -> None:
    assert called() == set(METHODS)


def test_the_scopes_are_exactly_what_methods_events_and_commands_need() -> None:
    needed = {"commands"}
    for method in called():
        needed |= METHODS[method]
    for event in served("EVENTS"):
        needed |= EVENTS[event]

    assert granted() == needed


def test_what_is_checked_at_start_is_what_the_manifest_asks_for() -> None:
    assert granted() == SCOPES


def test_nothing_is_listed_twice() -> None:
    for listed in (
        MANIFEST["oauth_config"]["scopes"]["bot"],
        MANIFEST["settings"]["event_subscriptions"]["bot_events"],
    ):
        assert len(listed) == len(set(listed))


def test_it_is_for_one_workspace_over_socket_mode() -> None:
    settings = MANIFEST["settings"]

    assert settings["socket_mode_enabled"] is True
    assert settings["org_deploy_enabled"] is False
    assert settings["interactivity"]["is_enabled"] is True


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the manifest with where it stands; list places are left out."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from texts(member, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for member in value:
            yield from texts(member, path)
    elif isinstance(value, str):
        yield path, value


LIMITS = {
    "display_information.name": 35,
    "display_information.description": 140,
    "features.bot_user.display_name": 80,
    "features.slash_commands.command": 32,
    "features.slash_commands.description": 2000,
    "features.slash_commands.usage_hint": 1000,
    "features.shortcuts.name": 24,
    "features.shortcuts.callback_id": 255,
    "features.shortcuts.description": 150,
}


@pytest.mark.parametrize("place", LIMITS)
def test_every_text_is_as_short_as_slack_wants_it(place: str) -> None:
    found = [text for path, text in texts(MANIFEST) if path == place]

    assert found
    assert max(len(text) for text in found) <= LIMITS[place]


def test_names_and_colour_have_slacks_form() -> None:
    assert re.fullmatch(r"[a-z0-9_.-]{1,80}", MANIFEST["features"]["bot_user"]["display_name"])
    assert re.fullmatch(r"#[0-9a-f]{6}", MANIFEST["display_information"]["background_color"])
    assert re.fullmatch(r"/[a-z]{1,31}", MANIFEST["features"]["slash_commands"][0]["command"])
    assert len(MANIFEST["features"]["slash_commands"]) <= 50
    assert len(MANIFEST["features"]["shortcuts"]) <= 10
