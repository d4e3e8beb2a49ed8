"""What is written in bursts' channels, watched for patient data and for nothing else."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.operations.note_message import Place, note_message
from bot.operations.office import Office
from bot.slack.markup import words
from bot.slack.requests import Event, Malformed

_DELETED = "message_deleted"
_CHANGED = "message_changed"
# Where a message carries words of people: docs.slack.dev, "message" event, file object, attachments.
_WORDS = frozenset(
    {
        "text",
        "title",
        "name",
        "fallback",
        "pretext",
        "value",
        "preview",
        "plain_text",
        "initial_comment",
        "comment",
    }
)
_PARTS = ("attachments", "files")
_TS = re.compile(r"[0-9]{1,10}\.[0-9]{1,6}", re.ASCII)
_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")


def written(office: Office, event: Event) -> None:
    """``message``: a new one, one that was changed, or files that were shared."""
    if event.text("subtype") == _DELETED:
        return
    changed = event.text("subtype") == _CHANGED
    message = _mapping(event.body.get("message")) if changed else event.body
    before = _mapping(event.body.get("previous_message"))
    author = _text(message, "user")
    if author and author == office.bot_user:
        return
    texts = set(_texts(message)) - set(_texts(before))
    ts, thread = _text(message, "ts"), _text(message, "thread_ts")
    if not (_TS.fullmatch(ts) and event.text("channel")):
        raise Malformed("event.ts")
    place = Place(
        event.text("channel"),
        ts,
        thread if thread != ts else "",
        author if _PERSON.fullmatch(author) else "",
    )
    note_message(office, event.key, place, sorted(texts))


def _texts(message: Mapping[str, Any]) -> Iterator[str]:
    """Everything that the message says: its blocks say again what ``text`` says."""
    yield words(_text(message, "text"))
    for part in _PARTS:
        yield from _words(message.get(part))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, dict):
        for name, member in value.items():
            if isinstance(member, str) and name in _WORDS:
                yield words(member)
            elif isinstance(member, list | dict):
                yield from _words(member)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(message: Mapping[str, Any], name: str) -> str:
    value = message.get(name)
    return value if isinstance(value, str) else ""


EVENTS = {"message": written}
