"""What the app's manifest grants: scopes, events, slash commands, shortcuts, App Home.

Facts: Slack's app manifest reference, https://docs.slack.dev/reference/app-manifest.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.sandbox.errors import Unreachable


@dataclass(frozen=True)
class Command:
    """One slash command of the manifest."""

    name: str
    should_escape: bool
    description: str = ""
    usage_hint: str = ""

    @property
    def words(self) -> list[str]:
        """The words of the usage hint that may follow the command: `[open | list]` names two."""
        return [word for word in re.split(r"[\[\]|\s]+", self.usage_hint) if word]


@dataclass(frozen=True)
class Shortcut:
    """One shortcut of the manifest; `kind` is `global` or `message`."""

    callback_id: str
    kind: str
    name: str


@dataclass(frozen=True)
class Manifest:
    """The parts of an app manifest that change what Slack allows and delivers."""

    name: str
    bot_name: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: Mapping[str, Command] = field(default_factory=dict)
    shortcuts: Mapping[str, Shortcut] = field(default_factory=dict)
    interactive: bool = True
    home_tab: bool = True
    messages_tab: bool = True
    messages_tab_read_only: bool = False


def read_manifest(path: Path) -> Manifest:
    """Read a manifest in YAML or JSON; raise `Unreachable` when it is not one."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise Unreachable(f"{path} is not an app manifest.")
    return manifest_from(loaded)


def manifest_from(loaded: Mapping[str, Any]) -> Manifest:
    """Build a `Manifest` from the loaded mapping; absent sections grant nothing."""
    features = loaded.get("features") or {}
    settings = loaded.get("settings") or {}
    scopes = (loaded.get("oauth_config") or {}).get("scopes") or {}
    subscriptions = settings.get("event_subscriptions") or {}
    home = features.get("app_home") or {}
    name = (loaded.get("display_information") or {}).get("name", "app")
    return Manifest(
        name=name,
        bot_name=(features.get("bot_user") or {}).get("display_name", name),
        scopes=frozenset(scopes.get("bot") or ()),
        events=frozenset(subscriptions.get("bot_events") or ()),
        commands={command.name: command for command in _commands(features)},
        shortcuts={shortcut.callback_id: shortcut for shortcut in _shortcuts(features)},
        interactive=bool((settings.get("interactivity") or {}).get("is_enabled")),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled")),
        messages_tab_read_only=bool(home.get("messages_tab_read_only_enabled")),
    )


def _commands(features: Mapping[str, Any]) -> list[Command]:
    return [
        Command(
            entry["command"],
            bool(entry.get("should_escape")),
            entry.get("description", ""),
            entry.get("usage_hint", ""),
        )
        for entry in features.get("slash_commands") or ()
    ]


def _shortcuts(features: Mapping[str, Any]) -> list[Shortcut]:
    return [
        Shortcut(entry["callback_id"], entry["type"], entry["name"])
        for entry in features.get("shortcuts") or ()
    ]
