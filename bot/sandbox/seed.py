"""The people, groups and channels that a sandbox starts with."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.sandbox.errors import Unreachable
from bot.sandbox.workspace import membership
from bot.sandbox.workspace.conversations import Channel, Kind
from bot.sandbox.workspace.people import User, UserGroup
from bot.sandbox.workspace.workspace import Workspace


class SeedUser(BaseModel):
    """One person; `team_id` of another workspace makes them a stranger of Slack Connect.

    The page shows `site`, and first those who have something to `start` with: what to try as them.
    """

    model_config = ConfigDict(extra="forbid")

    name: str
    id: str | None = None
    real_name: str = ""
    tz: str = "UTC"
    email: str = ""
    title: str = ""
    site: str = ""
    start: str = ""
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool | None = None
    team_id: str | None = None


class SeedChannel(BaseModel):
    """One channel; members are handles, and `app` lets the bot in."""

    model_config = ConfigDict(extra="forbid")

    name: str
    id: str | None = None
    is_private: bool = False
    is_ext_shared: bool = False
    topic: str = ""
    purpose: str = ""
    members: list[str] = []
    app: bool = False


class SeedGroup(BaseModel):
    """One user group; users are handles."""

    model_config = ConfigDict(extra="forbid")

    handle: str
    id: str | None = None
    name: str = ""
    users: list[str] = []
    disabled: bool = False


class Seed(BaseModel):
    """A whole workspace."""

    model_config = ConfigDict(extra="forbid")

    users: list[SeedUser] = []
    channels: list[SeedChannel] = []
    groups: list[SeedGroup] = []


def read_seed(path: Path) -> Seed:
    """Read a seed in YAML or JSON; raise `Unreachable`, saying why, when it is not one."""
    try:
        loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Seed.model_validate(loaded or {})
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise Unreachable("\n".join((f"{path} is no seed of a workspace:", *wrong))) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Unreachable(f"{path} is no YAML: {error}") from error


def plant(workspace: Workspace, seed: Seed) -> None:
    """Let the seed's people in, and make its channels and groups; no event is sent."""
    for user in seed.users:
        add_user(workspace, user)
    for channel in seed.channels:
        add_channel(workspace, channel)
    for group in seed.groups:
        add_group(workspace, group)


def add_user(workspace: Workspace, seed: SeedUser) -> User:
    """Let one person in."""
    given = seed.model_dump(exclude={"id", "team_id"})
    given["real_name"] = seed.real_name or seed.name
    identifier = seed.id or workspace.identifiers.new("U")
    user = User(id=identifier, team_id=seed.team_id or workspace.team_id, **given)
    if user.team_id == workspace.team_id and not user.is_ultra_restricted:
        general = workspace.conversations.by_name("general")
        if general is not None:
            general.members.append(user.id)
    return workspace.add_user(user)


def add_channel(workspace: Workspace, seed: SeedChannel) -> Channel:
    """Make one channel as its first member, without events."""
    members = [_id(workspace, name) for name in seed.members]
    members += [workspace.app.bot_user] * seed.app
    creator = members[0] if members else workspace.app.bot_user
    kind: Kind = "private" if seed.is_private else "public"
    channel = workspace.add_channel(seed.name, kind, creator, members)
    if seed.id:
        del workspace.conversations.channels[channel.id]
        channel.id = seed.id
        workspace.conversations.add(channel)
    channel.is_ext_shared = seed.is_ext_shared
    if seed.topic:
        membership.set_topic(workspace, channel, creator, seed.topic)
    if seed.purpose:
        membership.set_purpose(workspace, channel, creator, seed.purpose)
    return channel


def add_group(workspace: Workspace, seed: SeedGroup) -> UserGroup:
    """Make one user group."""
    group = UserGroup(
        id=seed.id or workspace.identifiers.new("S"),
        handle=seed.handle,
        name=seed.name or seed.handle,
        users=[_id(workspace, name) for name in seed.users],
        disabled=seed.disabled,
    )
    workspace.people.groups[group.id] = group
    return group


def _id(workspace: Workspace, reference: str) -> str:
    people = workspace.people
    found = people.users.get(reference) or people.by_name(reference.removeprefix("@"))
    if found is None:
        raise Unreachable(f"The seed knows nobody called {reference}.")
    return found.id
