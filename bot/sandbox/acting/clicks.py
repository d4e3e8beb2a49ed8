"""Buttons and menus, in messages and in views; options that the app supplies.

Facts: https://docs.slack.dev/interactivity/handling-user-interaction.
"""

from dataclasses import dataclass, field

from bot.sandbox.acting.elements import action, by_action, find
from bot.sandbox.acting.stage import Stage, outcome_of
from bot.sandbox.errors import Impossible
from bot.sandbox.rules import inputs
from bot.sandbox.rules.placement import Placed
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace import posting
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.messages import Message
from bot.sandbox.workspace.people import User
from bot.sandbox.workspace.views import View


@dataclass
class Touch:
    """What a person touches: the element, the choice made there, and what they typed around it."""

    action_id: str
    block_id: str | None = None
    value: object = None
    values: JsonObject = field(default_factory=dict)


async def click_in_message(stage: Stage, person: User, channel: Channel, ts: str, touch: Touch) -> JsonObject:
    """Click a button or choose from a menu of a message that the person sees."""
    if channel.archived:
        raise Impossible(f"#{channel.name} is archived.")
    message = seen_message(person, channel, ts)
    place = find(message.blocks, touch.action_id, touch.block_id, touch.value)
    typed = by_action(message.blocks, touch.values)
    ephemeral = message.visible_to is not None
    payload = {
        "type": "block_actions",
        **stage.common(person),
        "trigger_id": stage.trigger(person),
        "container": _container(channel, message),
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": inputs.state_values({"blocks": message.blocks}, typed)},
        "response_url": stage.response_url(person, channel, message.ts),
        "actions": [action(place, touch.value)],
    }
    if not ephemeral:
        shown = posting.as_json(stage.workspace, channel, message, all_metadata=False)
        payload["message"] = shown
    return await _report(stage, person, payload)


async def click_in_view(stage: Stage, person: User, view: View, touch: Touch) -> JsonObject:
    """Click a button or choose from a menu of a modal or the Home tab."""
    blocks = view.body["blocks"]
    view.typed |= by_action(blocks, touch.values)
    place = find(blocks, touch.action_id, touch.block_id, touch.value)
    _require_dispatch(place)
    reported = action(place, touch.value)
    if place.element["type"] not in ("button", "overflow"):
        block_id = str(place.block["block_id"])
        view.typed.setdefault(block_id, {})[touch.action_id] = touch.value
    payload = {
        "type": "block_actions",
        **stage.common(person),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": stage.trigger(person, view),
        "view": stage.view_json(view),
        "actions": [reported],
    }
    return await _report(stage, person, payload)


async def suggest(stage: Stage, person: User, view: View, touch: Touch) -> JsonObject:
    """Type into a menu whose options the app supplies; return `options` or `option_groups`."""
    place = find(view.body["blocks"], touch.action_id, touch.block_id)
    if not str(place.element["type"]).endswith("external_select"):
        raise Impossible(f"{touch.action_id} has options of its own.")
    payload = {
        "type": "block_suggestion",
        **stage.common(person),
        "container": {"type": "view", "view_id": view.id},
        "view": stage.view_json(view),
        "action_id": touch.action_id,
        "block_id": place.block["block_id"],
        "value": str(touch.value or ""),
    }
    answer = await stage.courier.interact("interactive", "block_suggestion", payload)
    return {"outcome": outcome_of(answer), **(answer.payload or {})}


def seen_message(person: User, channel: Channel, ts: str) -> Message:
    """Return a message that this person sees, ephemeral ones of their own included."""
    ephemeral = channel.timeline.find_ephemeral(ts)
    message = ephemeral or channel.timeline.find(ts)
    if message is None or message.visible_to not in (None, person.id):
        raise Impossible(f"{person.name} sees no message {ts} in {channel.id}.")
    return message


async def _report(stage: Stage, person: User, payload: JsonObject) -> JsonObject:
    name = str(payload["actions"][0]["action_id"])
    answer = await stage.courier.interact("interactive", name, payload)
    return {"outcome": outcome_of(answer), "view": stage.top_view(person)}


def _container(channel: Channel, message: Message) -> JsonObject:
    container: JsonObject = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.visible_to is not None,
    }
    return {**container, "thread_ts": message.thread_ts} if message.thread_ts else container


def _require_dispatch(place: Placed) -> None:
    if place.in_input and not place.block.get("dispatch_action"):
        raise Impossible("This input tells the app nothing before the view is submitted.")
