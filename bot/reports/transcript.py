"""A transcript in plain words: who said what and when, what it said before, what was deleted, and what is missing."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.reports.durations import local_time
from bot.reports.labels import Labels
from bot.taskforce.transcript import MOVED, NO_PLACE, OUT_OF_REACH, Gap, Message, SharedFile

_MARKED = re.compile(r"<([^<>\n]{1,4000})>")
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it is read: ``at`` is aware UTC, ``notes`` are plain lines about it."""

    at: datetime
    who: str
    text: str
    notes: tuple[str, ...]
    is_reply: bool


def said(message: Message, labels: Labels, zone: ZoneInfo) -> Said:
    """The message with names for ids and times in ``zone``."""
    who = labels.names.get(message.author) or message.named or message.author or "Somebody"
    return Said(
        at=moment_of(message.ts),
        who=who,
        text=spoken(message.text, labels),
        notes=tuple(_notes(message, labels, zone)),
        is_reply=bool(message.thread),
    )


def text_of(
    messages: Iterable[Message], gaps: Iterable[Gap], labels: Labels, zone: ZoneInfo
) -> Iterator[str]:
    """The whole transcript, line by line: what is missing first, then messages with their threads indented."""
    for gap in gaps:
        yield f"Note: {gap_words(gap, zone)}"
    for message in messages:
        one = said(message, labels, zone)
        indent = _INDENT if one.is_reply else ""
        yield ""
        yield f"{indent}{local_time(one.at, zone)}  {_one_line(one.who)}"
        lines = (*one.text.splitlines(), *(f"({_one_line(note)})" for note in one.notes))
        yield from (f"{indent}{_INDENT}{line}" for line in lines)


def gap_words(gap: Gap, zone: ZoneInfo) -> str:
    """What may be missing and why, in one sentence or two."""
    if gap.why == OUT_OF_REACH:
        return (
            f"Slack's history goes back to {_moment(gap.until, zone)} only. What is shown from before is as the bot "
            "heard it when it was written."
        )
    if gap.why == MOVED:
        return "What was written where the burst lived before is as the bot heard it when it was written."
    lost = gap.why == NO_PLACE
    why = "the burst had lost its channel" if lost else f"Slack did not show its history ({gap.why})"
    since = f"From {_moment(gap.since, zone)} on" if gap.since else "All of it"
    return (
        f"{since} is as the bot heard it when it was written. What was written while the bot did not run is unknown, "
        f"because {why}."
    )


def spoken(text: str, labels: Labels) -> str:
    """A text in Slack's markup as a person reads it: names for mentions, addresses beside their words."""
    return html.unescape(_MARKED.sub(lambda found: _marked(found[1], labels), text))


def moment_of(ts: str) -> datetime:
    """The moment that Slack's ``ts`` names, aware UTC."""
    return datetime.fromtimestamp(float(ts), UTC)


def _marked(inside: str, labels: Labels) -> str:
    what, _, label = inside.partition("|")
    sign, name = what[:1], what[1:]
    if sign == "@":
        return f"@{labels.names.get(name) or label or name}"
    if sign == "#":
        return f"#{label or name}"
    if sign == "!":
        return label or f"@{name.partition('^')[0]}"
    return f"{label} ({what})" if label and label != what else what


def _notes(message: Message, labels: Labels, zone: ZoneInfo) -> Iterator[str]:
    yield from (f"file: {_file(file)}" for file in message.files)
    if message.deleted:
        yield f"deleted {_moment(message.deleted_at, zone)}" if message.deleted_at else "deleted"
    if message.edited_at:
        yield f"edited {_moment(message.edited_at, zone)}"
    for one in message.earlier:
        yield f"before: {spoken(one.text, labels)}"


def _file(file: SharedFile) -> str:
    known = [file.type, f"{file.size:,} bytes" if file.size else ""]
    about = ", ".join(one for one in known if one)
    return f"{file.name} ({about})" if about else file.name


def _moment(ts: str, zone: ZoneInfo) -> str:
    return local_time(moment_of(ts), zone) if ts else "the beginning"


def _one_line(text: str) -> str:
    return " ".join(text.split())
