"""Slash commands.

Facts: https://docs.slack.dev/interactivity/implementing-slash-commands.
"""

from bot.sandbox.acting.stage import Stage, outcome_of
from bot.sandbox.acting.typing import escaped_command
from bot.sandbox.errors import Impossible
from bot.sandbox.rules import mrkdwn
from bot.sandbox.rules.messages import check_message
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace import posting
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.people import User
from bot.sandbox.workspace.posting import Content, Place


async def run_command(stage: Stage, person: User, channel: Channel, line: str) -> JsonObject:
    """Type a command into a channel; return what the person sees at once.

    The result has `outcome` (`acknowledged`, or the error the client shows), `message` (the
    answer, ephemeral unless `in_channel`) and `view` (the modal now on screen), each or null.
    """
    name, _, text = line.strip().partition(" ")
    command = stage.workspace.manifest.commands.get(name)
    if command is None:
        raise Impossible(f"{name} is not a command of any app here.")
    if person.team_id != stage.workspace.team_id:
        raise Impossible("Commands work only where the app is installed, not across Slack Connect.")
    if channel.archived:
        raise Impossible(f"#{channel.name} is archived.")
    escape = escaped_command(stage.workspace, person, text.strip())
    payload = {
        "token": "deprecated",
        "team_id": stage.workspace.team_id,
        "team_domain": stage.workspace.team_domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": escape if command.should_escape else mrkdwn.escape(text.strip()),
        "api_app_id": stage.workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": stage.response_url(person, channel),
        "trigger_id": stage.trigger(person),
    }
    answer = await stage.courier.interact("slash_commands", name, payload)
    shown: JsonObject = {"outcome": outcome_of(answer), "message": None}
    if answer.payload:
        shown |= _show(stage, person, channel, answer.payload)
    return {**shown, "view": stage.top_view(person)}


def _show(stage: Stage, person: User, channel: Channel, given: JsonObject) -> JsonObject:
    if not given.get("text") and not given.get("blocks") and not given.get("attachments"):
        return {}
    problem = check_message(given, update=False)
    if problem is not None:
        return {"outcome": problem.error, "problems": list(problem.messages)}
    public = given.get("response_type") == "in_channel"
    content = Content(given.get("text"), given.get("blocks"), given.get("attachments"))
    place = Place(visible_to=None if public else person.id)
    message = posting.post(stage.workspace, channel, stage.workspace.app.author, content, place)
    shown = posting.as_json(stage.workspace, channel, message, all_metadata=False)
    return {"message": {**shown, "channel": channel.id, "is_ephemeral": not public}}


def _channel_name(channel: Channel) -> str:
    if channel.kind == "im":
        return "directmessage"
    return "privategroup" if channel.kind == "private" else channel.name
