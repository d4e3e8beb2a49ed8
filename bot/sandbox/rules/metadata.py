"""Whether Slack takes the metadata of a message.

Source: docs.slack.dev/messaging/message-metadata and @slack/types 3.2 ``message-metadata.ts``: an ``event_type`` of
letters, digits and underscores, and an ``event_payload`` whose values are strings, numbers, booleans, flat
objects of such, or lists of flat objects. Slack does not publish the size above which it answers
``metadata_too_large``; 2,000 bytes is what this sandbox holds senders to.
"""

import re
from collections.abc import Mapping

from bot.sandbox.rules.payload import decoded, size
from bot.sandbox.rules.schema import is_list

LARGEST_METADATA = 2_000


def check_metadata(metadata: object, *, update: bool) -> str | None:
    """Slack's error code for `metadata` (JSON, or a string of JSON), or None when it is fine.

    On an `update`, an empty object is fine: it removes what the message had. Never raises.
    """
    try:
        value = decoded(metadata)
    except ValueError:
        return "invalid_metadata_format"
    if not isinstance(value, Mapping):
        return "invalid_metadata_format"
    if update and not value:
        return None
    if size(value) > LARGEST_METADATA:
        return "metadata_too_large"
    return None if _fits(value) else "invalid_metadata_schema"


def _fits(metadata: Mapping[str, object]) -> bool:
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    return (
        metadata.keys() == {"event_type", "event_payload"}
        and isinstance(event_type, str)
        and re.fullmatch(r"[A-Za-z0-9_]{1,255}", event_type) is not None
        and isinstance(payload, Mapping)
        and all(_is_payload_value(value) for value in payload.values())
    )


def _is_payload_value(value: object) -> bool:
    if is_list(value):
        return all(_is_flat(item) for item in value)
    return _is_scalar(value) or _is_flat(value)


def _is_flat(value: object) -> bool:
    return isinstance(value, Mapping) and all(_is_scalar(item) for item in value.values())


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float | bool)
