"""chat.*: the app's messages.

Facts: the method pages under https://docs.slack.dev/reference/methods.
"""

import re

from bot.sandbox.errors import SlackError
from bot.sandbox.rules import messages as message_rules
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call
from bot.sandbox.workspace import posting
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.messages import Message
from bot.sandbox.workspace.posting import Content, Place


def post_message(call: Call) -> JsonObject:
    """Post as the app; without membership only where `chat:write.public` opens the channel."""
    channel = destination(call)
    _require_may_post(call, channel)
    call.workspace.switches.refuse_if("refuse_posting", "restricted_action")
    if any(call.has(name) for name in ("username", "icon_emoji", "icon_url")):
        _require_scope(call, "chat:write.customize")
    check_message(call, update=False)
    place = Place(_thread(call, channel), call.flag("reply_broadcast"))
    message = posting.post(call.workspace, channel, call.workspace.app.author, content(call), place)
    return _answer(call, channel, message)


def update(call: Call) -> JsonObject:
    """Edit one of the app's own messages; ephemeral ones cannot be edited."""
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_inactive")
    message = call.message(channel, "ts")
    if not message.is_by_app or message.subtype == "tombstone":
        raise SlackError("cant_update_message")
    check_message(call, update=True)
    posting.edit(call.workspace, channel, message, call.bot, content(call))
    answer = _answer(call, channel, message)
    return {**answer, "text": message.text}


def delete(call: Call) -> JsonObject:
    """Delete one of the app's own messages."""
    channel = call.channel()
    message = call.message(channel, "ts")
    if not message.is_by_app:
        raise SlackError("cant_delete_message")
    posting.delete(call.workspace, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: Call) -> JsonObject:
    """Show a message to one member of a channel only."""
    channel = destination(call)
    _require_may_post(call, channel)
    if call.text("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    check_message(call, update=False)
    place = Place(thread_ts=_thread(call, channel), visible_to=call.text("user"))
    message = posting.post(call.workspace, channel, call.workspace.app.author, content(call), place)
    return {"message_ts": message.ts}


def get_permalink(call: Call) -> JsonObject:
    """Return the address of a message in the client."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    return {"channel": channel.id, "permalink": permalink(call, channel, message)}


def permalink(call: Call, channel: Channel, message: Message) -> str:
    """Return the client's address of a message; replies carry their thread."""
    address = f"https://{call.workspace.team_domain}.example/archives/{channel.id}"
    address += f"/p{message.ts.replace('.', '')}"
    if message.is_reply:
        address += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return address


def destination(call: Call) -> Channel:
    """Return the conversation a message goes to: a channel id, its name, or a person's id."""
    given = call.text("channel")
    workspace = call.workspace
    if re.fullmatch(r"[UW][A-Z0-9]+", given):
        user = workspace.people.users.get(given)
        if user is None or given == call.bot:
            raise SlackError("channel_not_found")
        if user.deleted:
            raise SlackError("user_disabled")
        return workspace.direct_message([given, call.bot])
    named = workspace.conversations.by_name(given.removeprefix("#"))
    if named is not None and named.visible_to(call.bot):
        return named
    return workspace.channel_for(call.bot, given)


def content(call: Call) -> Content:
    """Return what the message says."""
    return Content(
        text=call.optional("text") or call.optional("markdown_text"),
        blocks=call.arguments.get("blocks"),
        attachments=call.arguments.get("attachments"),
        metadata=call.arguments.get("metadata"),
    )


def check_message(call: Call, *, update: bool) -> None:
    """Raise what Slack answers to text, blocks or metadata that it does not take."""
    problem = message_rules.check_message(call.arguments, update=update)
    if problem is not None:
        raise SlackError(
            problem.error,
            errors=list(problem.messages),
            response_metadata={"messages": list(problem.messages)},
        )


def _require_may_post(call: Call, channel: Channel) -> None:
    if channel.archived:
        raise SlackError("is_archived")
    if channel.is_direct:
        if not call.workspace.manifest.messages_tab:
            raise SlackError("messages_tab_disabled")
        return
    if call.bot in channel.members:
        return
    if "chat:write.public" not in call.granted or channel.kind != "public":
        raise SlackError("not_in_channel")


def _require_scope(call: Call, scope: str) -> None:
    if scope not in call.granted:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(call.granted)))


def _thread(call: Call, channel: Channel) -> str | None:
    thread_ts = call.optional("thread_ts")
    if thread_ts is None:
        return None
    parent = channel.timeline.find(thread_ts)
    if parent is None or parent.is_reply:
        raise SlackError("cannot_reply_to_message")
    return thread_ts


def _answer(call: Call, channel: Channel, message: Message) -> JsonObject:
    shown = posting.as_json(call.workspace, channel, message, all_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}
