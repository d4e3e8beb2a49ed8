"""Slack's deliveries over HTTP, handed to Bolt: signature and time window are Bolt's to check.

In front of Bolt stands a guard: what is not shaped as a delivery is answered 4xx in words, since Bolt
raises at a body that is no JSON or at a timestamp that is no number (docs.slack.dev, "Verifying
requests from Slack").
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from slack_bolt import App, BoltRequest

from bot.slack.bolt import NO_DELIVERY

log = structlog.get_logger(__name__)

# Slack's own payloads stay far below: a view has at most 250 kB.
LARGEST_BODY = 1_000_000
TIMESTAMP = "x-slack-request-timestamp"
# Events come as JSON, commands and interactions as forms (docs.slack.dev, "Handling user interaction").
CONTENT_TYPES = frozenset({"application/json", "application/x-www-form-urlencoded"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What Slack is answered."""

    status: int
    body: str
    headers: Mapping[str, str]


def deliver(app: App, body: bytes, headers: Mapping[str, str]) -> Reply:
    """Answer one delivery; blocks until its handler has committed. ``headers`` have lower-case names."""
    if len(body) > LARGEST_BODY:
        return _words(413, "The body is larger than anything that Slack sends.")
    if headers.get("content-type", "").partition(";")[0].strip().lower() not in CONTENT_TYPES:
        return _words(415, "Slack delivers JSON and forms, nothing else.")
    stamp = headers.get(TIMESTAMP, "0")
    if not stamp.isascii() or not stamp.isdigit():
        return _words(401, "The request timestamp is no number.")
    try:
        request = BoltRequest(body=body.decode(), headers={name: [value] for name, value in headers.items()})
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError):  # Bolt looks into it at once
        return _words(400, NO_DELIVERY)
    try:
        response = app.dispatch(request)
    except Exception:
        # A shape that Bolt itself cannot read; signed or not, sending it again would not help.
        log.exception("delivery_unreadable")
        return _words(400, NO_DELIVERY)
    return Reply(response.status, response.body, response.first_headers_without_set_cookie())


def _words(status: int, words: str) -> Reply:
    return Reply(status, words, {"content-type": "text/plain;charset=utf-8", "x-slack-no-retry": "1"})
