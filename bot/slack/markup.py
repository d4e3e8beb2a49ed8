"""What a text in Slack's markup says."""

import html
import re

# Slack completes a mention to an id and perhaps a handle: that is a colleague (docs.slack.dev, "Formatting message text").
_MENTION = re.compile(r"<@[UW][A-Z0-9]{1,30}(?:\|[^<>]*)?>")


def words(text: str) -> str:
    """``text`` with its entities read and without the people it mentions."""
    return html.unescape(_MENTION.sub(" ", text))
