"""What Slack stores when a person types a message."""

import re

from bot.sandbox.rules import mrkdwn
from bot.sandbox.workspace.people import User
from bot.sandbox.workspace.workspace import Workspace

_TOKEN = re.compile(r"(<(?:@[UW][A-Z0-9]+|#[CG][A-Z0-9]+|!subteam\^S[A-Z0-9]+|![a-z]+)(?:\|[^<>]*)?>)")


def stored(workspace: Workspace, person: User, text: str) -> str:
    """Return typed text as Slack stores it: escaped, with mentions and links as tokens.

    Mentions may be typed as `@handle` or given as finished tokens such as `<@U...>`.
    """
    pieces = _TOKEN.split(text)
    return "".join(
        piece if index % 2 else with_mentions(workspace, person, piece) for index, piece in enumerate(pieces)
    )


def with_mentions(workspace: Workspace, person: User, text: str) -> str:
    """Return text escaped, with the names that this person can mention turned into tokens."""
    visible = workspace.conversations.visible_to(person.id)
    named = {channel.name: channel.id for channel in visible if not channel.is_direct}
    private = {channel.id for channel in visible if channel.kind == "private"}
    groups = {group.handle: group.id for group in workspace.people.groups.values()}
    handles = workspace.people.handles()
    return mrkdwn.escape_incoming(text, handles, named, groups=groups, private=private)


def escaped_command(workspace: Workspace, person: User, text: str) -> str:
    """Return a command's text as `should_escape` sends it; finished tokens are left alone."""
    return stored(workspace, person, text)
