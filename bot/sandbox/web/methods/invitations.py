"""conversations.invite and conversations.kick.

Facts: https://docs.slack.dev/reference/methods/conversations.invite (one entry in `errors` per
person who cannot be invited; `force` invites the others all the same).
"""

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call
from bot.sandbox.web.methods.conversations import shown
from bot.sandbox.workspace import membership
from bot.sandbox.workspace.conversations import Channel

MOST_INVITED = 100


def invite(call: Call) -> JsonObject:
    """Invite people; without `force` nobody is invited when one of them cannot be."""
    channel = call.open_channel()
    users = list(dict.fromkeys(call.items("users")))
    if not users:
        raise SlackError("no_user")
    if len(users) > MOST_INVITED:
        raise SlackError("too_many_users")
    call.workspace.switches.refuse_if("refuse_invitations", "restricted_action")
    errors = [error for user in users if (error := _refusal(call, channel, user)) is not None]
    refused = {error["user"] for error in errors}
    welcome = [user for user in users if user not in refused]
    if errors and not (call.flag("force") and welcome):
        raise SlackError(errors[0]["error"], errors=errors)
    for user in welcome:
        membership.join(call.workspace, channel, user, inviter=call.bot)
    answer: JsonObject = {"channel": shown(call, channel)}
    return {**answer, "errors": errors} if errors else answer


def kick(call: Call) -> JsonObject:
    """Remove a person from a channel."""
    channel = call.open_channel()
    user = call.text("user")
    call.workspace.people.user(user)
    if user == call.bot:
        raise SlackError("cant_kick_self")
    if channel.is_general:
        raise SlackError("cant_kick_from_general")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    membership.leave(call.workspace, channel, user)
    return {}


def _refusal(call: Call, channel: Channel, user_id: str) -> JsonObject | None:
    code = _refusal_code(call, channel, user_id)
    return None if code is None else {"user": user_id, "ok": False, "error": code}


def _refusal_code(call: Call, channel: Channel, user_id: str) -> str | None:
    user = call.workspace.people.users.get(user_id)
    if user is None:
        return "user_not_found"
    if user_id == call.bot:
        return "cant_invite_self"
    if user_id in channel.members:
        return "already_in_channel"
    if user.deleted:
        return "cant_invite"
    if user.team_id != call.workspace.team_id:
        return "no_external_invite_permission"
    if user.is_ultra_restricted and _is_in_a_channel(call, user_id):
        return "ura_max_channels"
    if user.is_guest:
        return "user_is_restricted"
    return None


def _is_in_a_channel(call: Call, user_id: str) -> bool:
    channels = call.workspace.conversations.channels.values()
    return any(user_id in channel.members and not channel.is_direct for channel in channels)
