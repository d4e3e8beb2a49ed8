"""conversations.*: making channels, changing them, and who is in them.

Facts: the method pages under https://docs.slack.dev/reference/methods.
"""

from bot.sandbox.errors import SlackError
from bot.sandbox.rules import names
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call
from bot.sandbox.workspace import membership
from bot.sandbox.workspace.conversations import Channel, Kind

LONGEST_NOTE = 250
MOST_IN_GROUP_MESSAGE = 8


def create(call: Call) -> JsonObject:
    """Make a channel with the app as creator and first member."""
    kind: Kind = "private" if call.flag("is_private") else "public"
    call.method.scopes.check_kind(kind, call.granted)
    call.workspace.switches.refuse_if("refuse_channel_creation", "restricted_action")
    name = _free_name(call)
    channel = membership.create(call.workspace, name, call.bot, private=kind == "private")
    return {"channel": shown(call, channel)}


def rename(call: Call) -> JsonObject:
    """Rename a channel that the app itself made."""
    channel = call.open_channel()
    if channel.creator != call.bot:
        raise SlackError("not_authorized")
    membership.rename(call.workspace, channel, call.bot, _free_name(call))
    return {"channel": shown(call, channel)}


def join(call: Call) -> JsonObject:
    """Make the app a member of a public channel."""
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_archived")
    membership.join(call.workspace, channel, call.bot)
    return {"channel": shown(call, channel)}


def leave(call: Call) -> JsonObject:
    """End the app's membership; leaving a channel that it is not in is no error."""
    channel = call.channel()
    if call.bot not in channel.members:
        return {"not_in_channel": True}
    if channel.is_general:
        raise SlackError("cant_leave_general")
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind == "private" and channel.members == [call.bot]:
        raise SlackError("last_member")
    membership.leave(call.workspace, channel, call.bot)
    return {}


def archive(call: Call) -> JsonObject:
    """Archive a channel that the app is in."""
    channel = call.joined_channel()
    if channel.archived:
        raise SlackError("already_archived")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    call.workspace.switches.refuse_if("refuse_archiving", "restricted_action")
    membership.archive(call.workspace, channel, call.bot)
    return {}


def unarchive(call: Call) -> JsonObject:
    """Refuse: a bot token cannot unarchive, because archiving ends the bot's membership.

    Source: the note on https://docs.slack.dev/reference/methods/conversations.unarchive; Slack
    answers `not_in_channel`.
    """
    channel = call.channel()
    raise SlackError("not_in_channel" if channel.archived else "not_archived")


def set_topic(call: Call) -> JsonObject:
    """Set a channel's topic."""
    channel = _notable(call, "topic")
    call.workspace.switches.refuse_if("refuse_topic", "restricted_action")
    membership.set_topic(call.workspace, channel, call.bot, call.text("topic"))
    return {"channel": shown(call, channel)}


def set_purpose(call: Call) -> JsonObject:
    """Set a channel's purpose."""
    channel = _notable(call, "purpose")
    membership.set_purpose(call.workspace, channel, call.bot, call.text("purpose"))
    return {"channel": shown(call, channel), "purpose": channel.purpose.value}


def open_direct(call: Call) -> JsonObject:
    """Open the direct message with one person, or with up to eight."""
    if call.has("channel"):
        channel = call.channel()
        return {"channel": _direct(call, channel)}
    users = call.items("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_IN_GROUP_MESSAGE:
        raise SlackError("too_many_users")
    for user_id in users:
        if call.workspace.people.user(user_id).deleted:
            raise SlackError("user_disabled")
        if user_id == call.bot:
            raise SlackError("invalid_user_combination")
    kind: Kind = "im" if len(users) == 1 else "mpim"
    call.method.scopes.check_kind(kind, call.granted)
    members = [*dict.fromkeys(users), call.bot]
    known = call.workspace.conversations.direct(members) is not None
    channel = call.workspace.direct_message(members)
    return {"already_open": known, "no_op": known, "channel": _direct(call, channel)}


def shown(call: Call, channel: Channel) -> JsonObject:
    """Return the conversation as the app gets it."""
    return channel.as_json(call.bot, call.workspace.team_id)


def _direct(call: Call, channel: Channel) -> JsonObject:
    return shown(call, channel) if call.flag("return_im") else {"id": channel.id}


def _free_name(call: Call) -> str:
    name = call.text("name")
    problem = names.check_channel_name(name)
    if problem is not None:
        raise SlackError(problem)
    if call.workspace.conversations.by_name(name) is not None:
        raise SlackError("name_taken")
    return name


def _notable(call: Call, name: str) -> Channel:
    channel = call.open_channel()
    if len(call.text(name)) > LONGEST_NOTE:
        raise SlackError("too_long")
    return channel
