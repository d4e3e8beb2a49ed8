"""A notice: one change, told in the burst's channel as it is logged."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.reports.durations import site_zone
from bot.reports.entries import LoggedEntry
from bot.reports.entry_words import told
from bot.reports.labels import Labels
from bot.reports.words import ENTRY
from bot.slack.ids import Action
from bot.slack.views.card_buttons import burst_buttons, offered
from bot.slack.views.parts import BlockDict, Rendered, actions, context, inline, person, quote, section
from bot.slack.views.proof import evidence
from bot.slack.views.standing import named
from bot.slack.views.times import for_reader, moment
from bot.taskforce.burst import Burst
from bot.taskforce.terms import EntryKind, State

_HEADLINE_LIMIT = 600
_TEXT_LIMIT = 2900
# A notice that is posted later than this says when it happened.
_FRESH_FOR = timedelta(minutes=10)
# What most people do next after reading the notice, if the burst's state still allows it.
_NEXT: dict[EntryKind, tuple[Action, ...]] = {
    EntryKind.ASSIGNED: (Action.ACCEPT, Action.DECLINE),
    EntryKind.DECLINED: (Action.ACCEPT, Action.DECLINE),
    EntryKind.HANDED_OVER: (Action.ACCEPT, Action.DECLINE),
    EntryKind.RESOLVED: (Action.SIGN_OFF, Action.SEND_BACK, Action.CONFIRM, Action.UNCONFIRM),
    EntryKind.CLOSED: (Action.KEEP_OPEN, Action.REOPEN),
    EntryKind.CANCELLED: (Action.KEEP_OPEN, Action.REOPEN),
    EntryKind.PAUSED: (Action.RESUME,),
}


def notice(burst: Burst, entry: LoggedEntry, labels: Labels, *, now: datetime) -> Rendered:
    """The entry in words, what the person wrote as a quotation, and the buttons that follow from it."""
    words = told(burst, entry, labels)
    headline = for_reader(inline(words.headline, _HEADLINE_LIMIT), words.moments, site_zone(burst))
    blocks = [section(_calling(headline, [user for user in words.calls if user], labels))]
    if words.text:
        blocks.append(section(quote(words.text, _TEXT_LIMIT)))
    if entry.kind is EntryKind.RESOLVED:
        blocks += evidence(burst)
    blocks += _archiving(burst, entry)
    if now - entry.at > _FRESH_FOR:
        blocks.append(
            context(f"This happened {moment(entry.at, site_zone(burst))}; Slack could not be told sooner.")
        )
    buttons = burst_buttons(
        burst, (action for action in _NEXT.get(entry.kind, ()) if action in offered(burst))
    )
    return Rendered(text=f"{named(burst)} · {ENTRY[entry.kind]}", blocks=[*blocks, *actions(buttons)])


def _calling(headline: str, users: Iterable[str], labels: Labels) -> str:
    """The headline, in which those who are called are mentioned where it names them last, or else behind it."""
    behind = ""
    for user in users:
        name = re.escape(inline(labels.name(user), _HEADLINE_LIMIT))
        found = [*re.finditer(rf"(?<!\w){name}(?!\w)", headline)]
        if found:
            headline = f"{headline[: found[-1].start()]}{person(user)}{headline[found[-1].end() :]}"
        else:
            behind += f" {person(user)}"
    return f"*{headline}*{behind}"


def _archiving(burst: Burst, entry: LoggedEntry) -> list[BlockDict]:
    if entry.kind not in {EntryKind.CLOSED, EntryKind.CANCELLED} or burst.state is not State.CLOSED:
        return []
    if burst.archive_at is None:
        return []
    return [context(f"This channel will be archived {moment(burst.archive_at, site_zone(burst))}.")]
