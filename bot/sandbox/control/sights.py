"""GET /sandbox/see/...: what a person sees."""

from fastapi import APIRouter

from bot.sandbox.errors import Impossible
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace import marks, posting
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.messages import Message
from bot.sandbox.workspace.people import User


def routes(sandbox: Sandbox) -> APIRouter:
    """Return the routes of what people see; `user` and `channel` as in acts."""
    router = APIRouter(prefix="/sandbox/see", tags=["see"])
    stage, workspace = sandbox.stage, sandbox.workspace

    @router.get("/channels")
    async def channels(user: str) -> JsonObject:
        person = stage.person(user)
        visible = workspace.conversations.visible_to(person.id)
        return {"channels": [_channel(sandbox, person, channel) for channel in visible]}

    @router.get("/channel")
    async def channel(user: str, channel: str) -> JsonObject:
        person = stage.person(user)
        found = stage.channel(person, channel)
        shown = _channel(sandbox, person, found)
        pins = marks.pins_json(workspace, found)
        return {"channel": {**shown, "pins": pins, "bookmarks": found.bookmarks}}

    @router.get("/messages")
    async def messages(user: str, channel: str, thread_ts: str = "") -> JsonObject:
        person = stage.person(user)
        found = stage.channel(person, channel)
        return {"messages": _messages(sandbox, person, found, thread_ts)}

    @router.get("/dms")
    async def direct_messages(user: str) -> JsonObject:
        person = stage.person(user)
        found = workspace.conversations.direct([person.id, workspace.app.bot_user])
        return {"messages": [] if found is None else _messages(sandbox, person, found, "", whole=True)}

    @router.get("/views")
    async def views(user: str) -> JsonObject:
        person = stage.person(user)
        home = workspace.views.homes.get(person.id)
        return {
            "views": [stage.view_json(view) for view in workspace.views.stack(person.id)],
            "home": None if home is None else stage.view_json(home),
        }

    @router.get("/search")
    async def search(user: str, text: str) -> JsonObject:
        person = stage.person(user)
        visible = workspace.conversations.visible_to(person.id)
        found = [
            _message(sandbox, channel, message)
            for channel in visible
            for message in channel.timeline.everything()
            if text.lower() in repr((message.text, message.blocks)).lower()
        ]
        return {"messages": found}

    @router.get("/file")
    async def file(user: str, file_id: str) -> JsonObject:
        person = stage.person(user)
        found = workspace.files.find(file_id)
        if not any(
            channel is not None and channel.visible_to(person.id)
            for channel in map(workspace.conversations.find, found.shares)
        ):
            raise Impossible(f"{person.name} sees no file {file_id}.")
        content = found.content or b""
        return {"file": found.as_json(sandbox.base_url), "hex": content.hex()}

    return router


def _channel(sandbox: Sandbox, person: User, channel: Channel) -> JsonObject:
    shown = channel.as_json(person.id, sandbox.workspace.team_id)
    return {**shown, "members": list(channel.members)}


def _messages(
    sandbox: Sandbox, person: User, channel: Channel, thread_ts: str, *, whole: bool = False
) -> list[JsonObject]:
    timeline = channel.timeline
    if whole:
        public = timeline.everything()
    elif thread_ts:
        parent = timeline.find(thread_ts)
        public = [*([parent] if parent else []), *timeline.replies(thread_ts)]
    else:
        public = timeline.top_level()
    private = [
        message
        for message in timeline.ephemerals
        if message.visible_to == person.id and (whole or (message.thread_ts or "") == thread_ts)
    ]
    seen = sorted([*public, *private], key=lambda message: message.ts)
    return [_message(sandbox, channel, message) for message in seen]


def _message(sandbox: Sandbox, channel: Channel, message: Message) -> JsonObject:
    shown = posting.as_json(sandbox.workspace, channel, message, all_metadata=True)
    ephemeral = message.visible_to is not None
    files = [sandbox.workspace.files.files[file_id].as_json(sandbox.base_url) for file_id in message.files]
    shown = {**shown, "channel": channel.id, "is_ephemeral": ephemeral}
    return {**shown, "files": files} if files else shown
