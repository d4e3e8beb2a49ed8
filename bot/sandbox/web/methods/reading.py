"""conversations.info, list, members, history and replies: what the app may read.

Facts: https://docs.slack.dev/reference/methods/conversations.history and its neighbours. A bot
token reads the history only of conversations that it is in; history holds parents and broadcasts.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call
from bot.sandbox.web.methods.conversations import shown
from bot.sandbox.web.paging import page
from bot.sandbox.workspace import posting
from bot.sandbox.workspace.conversations import LIST_TYPES, Channel, Kind
from bot.sandbox.workspace.messages import Message

MOST_HISTORY = 999


def info(call: Call) -> JsonObject:
    """Return one conversation."""
    channel = call.channel()
    answer = shown(call, channel)
    if call.flag("include_num_members"):
        answer["num_members"] = len(channel.members)
    return {"channel": answer}


def list_channels(call: Call) -> JsonObject:
    """Return the conversations that the app can see, of the types asked for."""
    return _listed(call, call.workspace.conversations.visible_to(call.bot))


def user_conversations(call: Call) -> JsonObject:
    """Return the conversations that a person, or by default the app, is a member of."""
    user = call.text("user", call.bot)
    call.workspace.people.user(user)
    visible = call.workspace.conversations.visible_to(call.bot)
    return _listed(call, [channel for channel in visible if user in channel.members])


def members(call: Call) -> JsonObject:
    """Return who is in a conversation."""
    found = page(call, call.channel().members)
    return {"members": list(found.items), "response_metadata": found.metadata()}


def history(call: Call) -> JsonObject:
    """Return the channel's messages, latest first."""
    channel = call.joined_channel()
    newest_first = list(reversed(list(_between(call, channel.timeline.top_level()))))
    found = page(call, newest_first, most=MOST_HISTORY)
    answer: JsonObject = {
        "messages": _as_json(call, channel, found.items),
        "has_more": bool(found.next_cursor),
        "pin_count": len(channel.pins),
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    if found.next_cursor:
        answer["response_metadata"] = found.metadata()
    return answer


def replies(call: Call) -> JsonObject:
    """Return a thread, its parent first; of a reply's own `ts` only that reply."""
    channel = call.joined_channel()
    parent = channel.timeline.find(call.text("ts"))
    if parent is None:
        raise SlackError("thread_not_found")
    answers = [] if parent.is_reply else channel.timeline.replies(parent.ts)
    found = page(call, [parent, *_between(call, answers)], default=1000)
    answer: JsonObject = {
        "messages": _as_json(call, channel, found.items),
        "has_more": bool(found.next_cursor),
    }
    if found.next_cursor:
        answer["response_metadata"] = found.metadata()
    return answer


def _as_json(call: Call, channel: Channel, messages: Iterable[Message]) -> list[JsonObject]:
    everything = call.flag("include_all_metadata")
    return [
        posting.as_json(call.workspace, channel, message, all_metadata=everything) for message in messages
    ]


def _between(call: Call, messages: Iterable[Message]) -> Iterable[Message]:
    oldest = _moment(call, "oldest", "invalid_ts_oldest")
    latest = _moment(call, "latest", "invalid_ts_latest")
    inclusive = call.flag("inclusive")
    for message in messages:
        moment = Decimal(message.ts)
        if oldest is not None and (moment < oldest or (moment == oldest and not inclusive)):
            continue
        if latest is not None and (moment > latest or (moment == latest and not inclusive)):
            continue
        yield message


def _moment(call: Call, name: str, code: str) -> Decimal | None:
    if not call.text(name):
        return None
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", call.text(name)):
        raise SlackError(code)
    return Decimal(call.text(name))


def _listed(call: Call, channels: Iterable[Channel]) -> JsonObject:
    kinds = _kinds(call)
    chosen = [
        channel
        for channel in channels
        if channel.kind in kinds and not (call.flag("exclude_archived") and channel.archived)
    ]
    found = page(call, chosen)
    return {
        "channels": [shown(call, channel) for channel in found.items],
        "response_metadata": found.metadata(),
    }


def _kinds(call: Call) -> set[Kind]:
    wanted = call.items("types") or ["public_channel"]
    if any(name not in LIST_TYPES for name in wanted):
        raise SlackError("invalid_types")
    kinds = [LIST_TYPES[name] for name in wanted]
    for kind in kinds:
        call.method.scopes.check_kind(kind, call.granted)
    return set(kinds)
