"""A message as Slack describes it, in an event or in a channel's history, as what a transcript keeps of it.

Facts: docs.slack.dev, "message" event with its subtypes, "file" object. Links and mentions stay in Slack's markup.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.slack.requests import Malformed
from bot.taskforce.transcript import Message, SharedFile

TOMBSTONE = "tombstone"  # what is left of a message that was deleted with replies under it
_TS = re.compile(r"[0-9]{1,10}\.[0-9]{1,6}", re.ASCII)
_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")
_LONGEST = 40_000
_LONGEST_NAME = 300
_MOST_FILES = 100
_SAID = frozenset({"text", "pretext", "fallback", "title", "value"})


def message_of(channel: str, found: Mapping[str, Any], *, edited_at: str = "") -> Message:
    """The message. ``edited_at`` is for edits that bear no moment of their own. Raises ``Malformed`` without a ``ts``."""
    ts, thread = text_in(found, "ts"), text_in(found, "thread_ts")
    if not _TS.fullmatch(ts) or not channel:
        raise Malformed("event.ts")
    deleted = text_in(found, "subtype") == TOMBSTONE
    return Message(
        channel=channel,
        ts=ts,
        thread=thread if thread != ts else "",
        author=_author(found),
        named=_named(found),
        kind="" if deleted else text_in(found, "subtype")[:_LONGEST_NAME],
        text="" if deleted else _text(found),
        files=() if deleted else tuple(_files(found.get("files")))[:_MOST_FILES],
        edited_at=moment(mapping_in(found, "edited")) or edited_at,
        deleted=deleted,
    )


def moment(found: Mapping[str, Any], name: str = "ts") -> str:
    """Slack's ``ts`` under that name; empty when there is none."""
    ts = text_in(found, name)
    return ts if _TS.fullmatch(ts) else ""


def mapping_in(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object at ``name``, or an empty one."""
    value = found.get(name)
    return value if isinstance(value, Mapping) else {}


def text_in(found: Mapping[str, Any], name: str) -> str:
    """The string at ``name``, or empty; without what no database keeps."""
    value = found.get(name)
    return _NOT_KEPT.sub("\ufffd", value) if isinstance(value, str) else ""


def _author(found: Mapping[str, Any]) -> str:
    return (text_in(found, "user") or text_in(found, "bot_id"))[:_LONGEST_NAME]


def _named(found: Mapping[str, Any]) -> str:
    """What a bot calls itself; people are known by their ids."""
    if not found.get("bot_id"):
        return ""
    return (text_in(found, "username") or text_in(mapping_in(found, "bot_profile"), "name"))[:_LONGEST_NAME]


def _text(found: Mapping[str, Any]) -> str:
    """What it says; for one that has only blocks, or only attachments, the words in these."""
    parts = (
        text_in(found, "text"),
        "\n".join(_said(found.get("blocks"))),
        "\n".join(_said(found.get("attachments"))),
    )
    return next((part for part in parts if part), "")[:_LONGEST]


def _said(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _said(one)
    elif isinstance(value, Mapping):
        for name, member in value.items():
            if isinstance(member, str) and name in _SAID and member:
                yield text_in(value, name)
            elif isinstance(member, list | Mapping):
                yield from _said(member)


def _files(value: object) -> Iterator[SharedFile]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, Mapping) and text_in(one, "id"):
            size = one.get("size")
            yield SharedFile(
                id=text_in(one, "id")[:_LONGEST_NAME],
                name=(text_in(one, "name") or text_in(one, "title"))[:_LONGEST_NAME],
                type=text_in(one, "mimetype")[:_LONGEST_NAME],
                size=size if isinstance(size, int) and 0 <= size < 2**53 else 0,
            )
