"""Managing the workspace: people, groups, channels, switches."""

import time

from fastapi import APIRouter

from bot.sandbox.control import models
from bot.sandbox.errors import Impossible
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.seed import SeedChannel, SeedGroup, SeedUser, add_channel, add_group, add_user
from bot.sandbox.values import JsonObject


def routes(sandbox: Sandbox) -> APIRouter:
    """Return the routes that an administrator of the workspace would use."""
    router = APIRouter(prefix="/sandbox", tags=["workspace"])
    _about(router, sandbox)
    _people(router, sandbox)
    _groups(router, sandbox)

    @router.post("/channels")
    async def create_channel(channel: SeedChannel) -> JsonObject:
        if sandbox.workspace.conversations.by_name(channel.name) is not None:
            raise Impossible(f"There is a channel {channel.name} already.")
        added = add_channel(sandbox.workspace, channel)
        shown = added.as_json(sandbox.workspace.app.bot_user, sandbox.workspace.team_id)
        return {"channel": {**shown, "members": list(added.members)}}

    return router


def _about(router: APIRouter, sandbox: Sandbox) -> None:
    workspace = sandbox.workspace

    @router.get("/about")
    async def about() -> JsonObject:
        app = workspace.app
        return {
            "team_id": workspace.team_id,
            "app_id": app.id,
            "bot_id": app.bot_id,
            "bot_user_id": app.bot_user,
            "connections": len(sandbox.sockets.connections),
            "switches": workspace.switches.as_json(),
            "faults": sandbox.faults.as_json(),
        }

    @router.post("/switches")
    async def switches(changes: dict[str, bool]) -> JsonObject:
        try:
            workspace.switches.set(changes)
        except KeyError as error:
            raise Impossible(f"There is no switch {error}.") from error
        return {"switches": workspace.switches.as_json()}


def _people(router: APIRouter, sandbox: Sandbox) -> None:
    workspace = sandbox.workspace

    @router.get("/users")
    async def users() -> JsonObject:
        everybody = workspace.people.users.values()
        return {"users": [user.as_json(with_email=True) for user in everybody]}

    @router.post("/users")
    async def create_user(user: SeedUser) -> JsonObject:
        if workspace.people.by_name(user.name) is not None:
            raise Impossible(f"There is a {user.name} already.")
        added = add_user(workspace, user)
        shown = added.as_json(with_email=True)
        workspace.emit({"type": "team_join", "user": shown})
        return {"user": shown}

    @router.post("/users/{reference}")
    async def change_user(reference: str, change: models.UserChange) -> JsonObject:
        person = sandbox.stage.person(reference)
        for name, value in change.model_dump(exclude_none=True).items():
            setattr(person, name, value)
        person.updated = int(time.time())
        shown = person.as_json(with_email=True)
        workspace.emit({"type": "user_change", "user": shown, "cache_ts": person.updated})
        return {"user": shown}


def _groups(router: APIRouter, sandbox: Sandbox) -> None:
    workspace = sandbox.workspace

    @router.post("/groups")
    async def create_group(group: SeedGroup) -> JsonObject:
        added = add_group(workspace, group)
        shown = added.as_json(workspace.team_id, with_users=True, with_count=True)
        workspace.emit({"type": "subteam_created", "subteam": shown})
        return {"group": shown}

    @router.post("/groups/{group_id}")
    async def change_group(group_id: str, change: models.GroupChange) -> JsonObject:
        group = workspace.people.groups.get(group_id)
        if group is None:
            raise Impossible(f"There is no group {group_id}.")
        if change.users is not None:
            group.users = [sandbox.stage.person(user).id for user in change.users]
        if change.disabled is not None:
            group.disabled = change.disabled
        shown = group.as_json(workspace.team_id, with_users=True, with_count=True)
        workspace.emit({"type": "subteam_updated", "subteam": shown})
        return {"group": shown}
