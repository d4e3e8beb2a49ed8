"""What every rendered thing must satisfy: Slack takes it, and nothing that a person typed acts in it."""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.views import check_view
from bot.slack.views.fit import MESSAGE_TEXT, text_length
from bot.slack.views.parts import Rendered

# The only things that our own mrkdwn may contain between angle brackets.
_OURS = re.compile(
    r"<(?:https://[A-Za-z0-9./?_.=&;-]+\|message|@[UW][A-Z0-9]+|#[CG][A-Z0-9]+|!date\^[0-9]+\^\{date_short_pretty\} \{time\}\|[\w :]+)>"
)


def assert_posts(message: Rendered) -> None:
    """Slack would take the message, posted or as an update, and it calls nobody who is not meant."""
    arguments = {"text": message.text, "blocks": message.blocks}
    assert check_message(arguments, update=False) is None
    assert check_message(arguments, update=True) is None
    assert sum(text_length(block) for block in message.blocks) <= MESSAGE_TEXT
    assert_harmless(message.text)
    for text in texts(message.blocks):
        assert_speaks_safely(text)


def assert_opens(view: dict[str, Any]) -> None:
    """Slack would open the modal or publish the tab, and it calls nobody who is not meant."""
    kind = view["type"]
    assert kind in ("modal", "home")
    assert check_view(view, kind) is None
    for text in texts(view["blocks"]):
        assert_speaks_safely(text)


def texts(value: object) -> Iterator[dict[str, Any]]:
    """Every text object below ``value``."""
    if isinstance(value, dict):
        if value.get("type") in ("mrkdwn", "plain_text"):
            yield value
        else:
            for member in value.values():
                yield from texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts(member)


def assert_speaks_safely(text: dict[str, Any]) -> None:
    """A mrkdwn object is verbatim and holds no angle bracket but our own; no object holds unsendable text."""
    text["text"].encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text["text"])
    if text["type"] == "mrkdwn":
        assert text["verbatim"] is True
        assert_harmless(text["text"])


def assert_harmless(mrkdwn: str) -> None:
    """Outside our own mentions and dates there is no angle bracket and no half-cut escape."""
    rest = re.sub(r"(?m)^> ?", "", _OURS.sub("", mrkdwn))
    assert "<" not in rest
    assert ">" not in rest
    assert not re.search(r"&(?!amp;|lt;|gt;)", rest)
