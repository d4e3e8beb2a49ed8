"""Shortcuts and the Home tab.

Facts: https://docs.slack.dev/interactivity/implementing-shortcuts and
https://docs.slack.dev/reference/events/app_home_opened.
"""

from bot.sandbox.acting.clicks import seen_message
from bot.sandbox.acting.stage import Stage, now_ts, outcome_of
from bot.sandbox.errors import Impossible
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace import posting
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.people import User


async def run_global(stage: Stage, person: User, callback_id: str) -> JsonObject:
    """Run a global shortcut: the app learns of no channel and gets no response URL."""
    _require(stage, person, callback_id, "global")
    payload = {"type": "shortcut", **_fields(stage, person, callback_id)}
    return await _run(stage, person, callback_id, payload)


async def run_on_message(
    stage: Stage, person: User, callback_id: str, channel: Channel, ts: str
) -> JsonObject:
    """Run a message shortcut on a message that the person sees."""
    _require(stage, person, callback_id, "message")
    message = seen_message(person, channel, ts)
    if message.visible_to is not None:
        raise Impossible("Ephemeral messages have no shortcuts.")
    payload = {
        "type": "message_action",
        **_fields(stage, person, callback_id),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": posting.as_json(stage.workspace, channel, message, all_metadata=False),
        "response_url": stage.response_url(person, channel),
    }
    return await _run(stage, person, callback_id, payload)


def open_home(stage: Stage, person: User, tab: str) -> JsonObject:
    """Open the app's Home or messages tab; return the Home view that is there now, or null."""
    channel = stage.workspace.direct_message([person.id, stage.workspace.app.bot_user])
    view = stage.workspace.views.homes.get(person.id)
    event: JsonObject = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": channel.id,
        "tab": tab,
    }
    shown = stage.view_json(view) if view is not None else None
    if shown is not None and tab == "home":
        event["view"] = shown
    stage.workspace.emit(event)
    return {"outcome": "acknowledged", "view": shown}


def _fields(stage: Stage, person: User, callback_id: str) -> JsonObject:
    return {
        **stage.common(person),
        "callback_id": callback_id,
        "trigger_id": stage.trigger(person),
        "action_ts": now_ts(),
    }


async def _run(stage: Stage, person: User, callback_id: str, payload: JsonObject) -> JsonObject:
    answer = await stage.courier.interact("interactive", callback_id, payload)
    return {"outcome": outcome_of(answer), "view": stage.top_view(person)}


def _require(stage: Stage, person: User, callback_id: str, kind: str) -> None:
    shortcut = stage.workspace.manifest.shortcuts.get(callback_id)
    if shortcut is None or shortcut.kind != kind:
        raise Impossible(f"The app has no {kind} shortcut {callback_id}.")
    if person.team_id != stage.workspace.team_id:
        raise Impossible("Shortcuts work only where the app is installed.")
