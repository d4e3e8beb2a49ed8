"""What people do to channels."""

from collections.abc import Callable

from bot.sandbox.acting.stage import Stage
from bot.sandbox.errors import Impossible
from bot.sandbox.rules.names import check_channel_name
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace import membership
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.people import User
from bot.sandbox.workspace.workspace import Workspace

Change = Callable[[Workspace, Channel, User, str], None]


def change(stage: Stage, person: User, channel: Channel, what: str, value: str) -> JsonObject:
    """Do one of `CHANGES` to a channel; `value` is a name, a topic, or whom to invite or kick."""
    if channel.archived and what not in ("unarchive", "delete"):
        raise Impossible(f"#{channel.name} is archived.")
    subject = person
    if what in ("invite", "kick"):
        subject = stage.person(stage.workspace.app.bot_user if value == "app" else value)
    _CHANGES[what](stage.workspace, channel, subject, person.id if what == "invite" else value)
    return {"channel": channel.as_json(person.id, stage.workspace.team_id)}


def _invite(workspace: Workspace, channel: Channel, subject: User, inviter: str) -> None:
    membership.join(workspace, channel, subject.id, inviter)


def _rename(workspace: Workspace, channel: Channel, person: User, name: str) -> None:
    problem = check_channel_name(name)
    if problem is None and workspace.conversations.by_name(name) is not None:
        problem = "name_taken"
    if problem is not None:
        raise Impossible(f"{name!r} cannot be its name: {problem}.")
    membership.rename(workspace, channel, person.id, name)


def _share(workspace: Workspace, channel: Channel, _person: User, _value: str) -> None:
    channel.is_ext_shared = True
    membership.change_id(workspace, channel)


_CHANGES: dict[str, Change] = {
    "join": lambda workspace, channel, person, _: membership.join(workspace, channel, person.id),
    "leave": lambda workspace, channel, person, _: membership.leave(workspace, channel, person.id),
    "invite": _invite,
    "kick": lambda workspace, channel, subject, _: membership.leave(workspace, channel, subject.id),
    "archive": lambda workspace, channel, person, _: membership.archive(workspace, channel, person.id),
    "unarchive": lambda workspace, channel, person, _: membership.unarchive(workspace, channel, person.id),
    "rename": _rename,
    "delete": lambda workspace, channel, person, _: membership.delete(workspace, channel, person.id),
    "share": _share,
    "topic": lambda workspace, channel, person, topic: membership.set_topic(
        workspace, channel, person.id, topic
    ),
}
