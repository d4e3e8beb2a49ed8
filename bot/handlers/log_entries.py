"""`/burst log`: the resolution log a page at a time, all of it or one type; facts and actions are added to it."""

from bot.errors import Refused
from bot.operations import reading
from bot.operations.log_note import log_note
from bot.operations.office import Office, Request
from bot.slack.answers import Answer, Say
from bot.slack.command_text import Line, take_word
from bot.slack.exchange import asked, done, labels, turned
from bot.slack.ids import Action, parse_number
from bot.slack.requests import Click, Malformed
from bot.slack.views import status
from bot.slack.views.lists import Page
from bot.taskforce.entry_types import KINDS, EntryType, type_called
from bot.taskforce.terms import EntryKind

_NOTES = {EntryType.FACT: EntryKind.FACT, EntryType.ACTION: EntryKind.ACTION}


def log_command(office: Office, line: Line) -> Answer:
    """``/burst log [KEY] [<type>|<entry>]`` shows it, the newest page first; ``fact|action <text>`` adds to it."""
    burst_id = line.needs_burst()
    word, text = take_word(line.rest)
    kind = _type(word) if word and parse_number(word) is None else None
    if kind is not None and text:
        return _noted(office, line, burst_id, kind, text)
    if text:
        raise _unknown()
    entry = parse_number(word)
    page = None if entry is None else 1 + (entry - 1) // status.LOG_PER_PAGE
    return _log(office, asked(line), burst_id, page, kind)


def log_click(office: Office, click: Click) -> Answer:
    """The buttons to other pages of a log."""
    value = turned(click)
    number, _, word = value.of.partition(":")
    burst_id, kind = parse_number(number), type_called(word) if word else None
    if burst_id is None or (word and kind is None):
        raise Malformed("actions.value")
    return _log(office, asked(click), burst_id, value.page, kind)


def _noted(office: Office, line: Line, burst_id: int, kind: EntryType, text: str) -> Answer:
    if kind not in _NOTES:
        raise Refused(
            "kind",
            "`/burst log` adds facts and actions; other things that you have to say have commands of their own: "
            "`/burst update`, `/burst decide`, `/burst evidence`, `/burst correct`.",
        )
    return done(log_note(office, asked(line), burst_id, _NOTES[kind], text), "Logged.")


def _type(word: str) -> EntryType:
    kind = type_called(word)
    if kind is None:
        raise _unknown()
    return kind


def _unknown() -> Refused:
    known = ", ".join(f"`{one.value}`" for one in EntryType)
    return Refused(
        "bad_filter",
        f"A log is shown whole, from an entry's number, or of one type: {known}. "
        "`/burst log BURST-42 fact <text>` adds a fact, `action` an action.",
    )


def _log(office: Office, request: Request, burst_id: int, page: int | None, kind: EntryType | None) -> Answer:
    kinds = KINDS[kind] if kind is not None else frozenset()
    found = reading.log_of(office, request, burst_id, page=page, per_page=status.LOG_PER_PAGE, kinds=kinds)
    of = f"{burst_id}" if kind is None else f"{burst_id}:{kind.value}"
    shown = Page(found.page, found.pages, found.total, of)
    actors = {entry.actor for entry in found.entries}
    named = labels(office, found.burst, actors)
    return Say(
        status.log(
            found.burst, found.entries, shown, named, kind=kind, own=found.own, messages=found.messages
        )
    )


COMMANDS = {"log": log_command}
CLICKS = {Action.LOG_PAGE: log_click}
