"""What is written in bursts' channels: kept for their transcripts, and watched for patient data."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.operations.note_message import note_message
from bot.operations.office import Office
from bot.slack.heard import mapping_in, message_of, moment, text_in
from bot.slack.markup import words
from bot.slack.requests import Event
from bot.taskforce.transcript import Message, SharedFile

_DELETED = "message_deleted"
_CHANGED = "message_changed"
_REPLIED = "message_replied"  # tells of a parent that a reply came, which tells of itself
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
_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")


def written(office: Office, event: Event) -> None:
    """``message``: a new one, one that was changed or deleted, or files that were shared.

    Ours are not kept as they come: what the bot says again and again is read from the channel once, at the end.
    """
    subtype = event.text("subtype")
    if subtype == _REPLIED:
        return
    told = subtype in {_CHANGED, _DELETED}
    before = mapping_in(event.body, "previous_message") if told else {}
    said = {} if subtype == _DELETED else mapping_in(event.body, "message") if told else event.body
    message = _deleted(event, before) if subtype == _DELETED else _said(event, said, before)
    if message.author and message.author == office.bot_user:
        return
    added = sorted(set(_texts(said)) - set(_texts(before)))
    author = message.author if _PERSON.fullmatch(message.author) else ""
    note_message(office, event.key, message, added, person=author)


def _said(event: Event, said: Mapping[str, Any], before: Mapping[str, Any]) -> Message:
    """The message as it stands; a preview that Slack adds makes no edit of it, and a grave is a deletion."""
    message = message_of(event.text("channel"), said)
    if message.deleted:
        return replace(message, deleted_at=moment(event.body))
    changed = bool(before) and _words_of(message) != _words_of(
        message_of(message.channel, {**before, "ts": message.ts})
    )
    if changed and mapping_in(said, "edited") == mapping_in(before, "edited"):
        return replace(message, edited_at=moment(event.body))
    return message


def _deleted(event: Event, before: Mapping[str, Any]) -> Message:
    message = message_of(event.text("channel"), {**before, "ts": event.text("deleted_ts")})
    return replace(message, deleted=True, deleted_at=moment(event.body))


def _words_of(message: Message) -> tuple[str, tuple[SharedFile, ...]]:
    return message.text, message.files


def _texts(message: Mapping[str, Any]) -> Iterator[str]:
    """Everything that the message says: its blocks say again what ``text`` says."""
    yield words(text_in(message, "text"))
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


EVENTS = {"message": written}
