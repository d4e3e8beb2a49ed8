"""Names of channels, as conversations.create and conversations.rename take them."""

import re

LONGEST_NAME = 80

RESERVED = frozenset(
    [
        "all",
        "archive",
        "archived",
        "archives",
        "channel",
        "channels",
        "create",
        "delete",
        "deleted-channel",
        "edit",
        "everyone",
        "group",
        "groups",
        "here",
        "me",
        "ms",
        "slack",
        "slackbot",
        "today",
        "you",
    ]
)
"""Words that Slack keeps for itself (Slack's help centre, "Channel name requirements")."""


def check_channel_name(name: str) -> str | None:
    """Slack's error code for a channel `name`, or None when it is fine.

    Letters are held to a-z: Slack's clients take other lower-case alphabets, but what the API does with them is
    not documented. Source: docs.slack.dev/reference/methods/conversations.create, "Naming" and its errors.
    """
    if not name:
        return "invalid_name_required"
    if len(name) > LONGEST_NAME:
        return "invalid_name_maxlength"
    if re.fullmatch(r"[\W_]+", name):
        return "invalid_name_punctuation"
    if not re.fullmatch(r"[a-z0-9_-]+", name):
        return "invalid_name_specials"
    if name in RESERVED:
        return "invalid_name"
    return None
