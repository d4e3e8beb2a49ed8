"""What one person gets to see alone: a burst's card, and its resolution log a page at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.reports.delay import told_delay
from bot.reports.durations import site_zone
from bot.reports.entries import LoggedEntry, body_of
from bot.reports.entry_words import told
from bot.reports.labels import Labels
from bot.reports.phases import hand_offs, phases
from bot.reports.since import Became, since
from bot.reports.summary_lines import lost_lines, time_lines
from bot.reports.words import ENTRY_TYPE
from bot.slack.ids import Action, ButtonValue
from bot.slack.views.card import overview
from bot.slack.views.fit import fitted_to
from bot.slack.views.lists import Page, paging
from bot.slack.views.parts import (
    BlockDict,
    Rendered,
    bullets,
    button,
    channel_link,
    context,
    escaped,
    header,
    inline,
    message_link,
    one_line,
    section,
)
from bot.slack.views.standing import named
from bot.slack.views.times import for_reader, moment
from bot.taskforce.burst import Burst
from bot.taskforce.delay import delay_of
from bot.taskforce.entry_types import EntryType
from bot.taskforce.ledger import ledger_of
from bot.taskforce.terms import ENDED
from bot.taskforce.transcript import Message

LOG_PER_PAGE = 12
_BECAME = {Became.EDITED: "since edited", Became.DELETED: "since deleted"}


def status(burst: Burst, entries: Sequence[LoggedEntry], labels: Labels, *, now: datetime) -> Rendered:
    """The card without its buttons, where the time went so far, and where the burst lives.

    ``entries`` is the whole log in order.
    """
    where = [context(f"In {channel_link(burst.place.channel)}")] if burst.place else []
    below = [*_time(burst, entries, labels, now), *where]
    return Rendered(text=f"Status of {named(burst)}", blocks=overview(burst, labels, now=now, below=below))


def _time(burst: Burst, entries: Sequence[LoggedEntry], labels: Labels, now: datetime) -> Iterator[BlockDict]:
    ledger = ledger_of(entries, now)
    went = time_lines(phases(ledger), hand_offs(ledger, labels))
    lost = lost_lines(told_delay(burst, entries, delay_of(burst, entries, ledger, now), labels))
    so_far = "" if burst.state in ENDED else " so far"
    if went:
        yield section(f"*Where the time went{so_far}*\n" + "\n".join(bullets((*went, *lost))))


def log(
    burst: Burst,
    entries: Sequence[LoggedEntry],
    page: Page,
    labels: Labels,
    *,
    kind: EntryType | None = None,
    own: Collection[int] = (),
    messages: Mapping[str, Message] = MappingProxyType({}),
) -> Rendered:
    """One page of the log's entries, or of those of a type, in their order; ``page.of`` names the burst and the type.

    ``own`` are the numbers of those that the reader may correct beside them; ``messages`` what is known by now
    of those that entries were made from.
    """
    count = f"{page.total} {'entry' if page.total == 1 else 'entries'}"
    lines = [
        _entry(burst, entry, labels, since(entry, messages), own=entry.number in own) for entry in entries
    ]
    title = f"Log of {named(burst)}" + (f": {ENTRY_TYPE[kind]}" if kind is not None else "")
    nothing = "Nothing is logged yet." if kind is None else "Nothing of this type is logged yet."
    blocks = fitted_to(lines or [section(nothing)], "… more on the next page", reserve=4)
    return Rendered(
        text=f"{title}, {count}",
        blocks=[header(title), *blocks, *paging(page, Action.LOG_PAGE, count)],
    )


def _entry(
    burst: Burst, entry: LoggedEntry, labels: Labels, became: Became | None, *, own: bool
) -> BlockDict:
    words = told(burst, entry, labels)
    text = f"\n> {escaped(one_line(words.text), 500)}" if words.text else ""
    zone = site_zone(burst)
    headline = for_reader(inline(words.headline, 300), words.moments, zone)
    block = section(f"`{entry.number}` {moment(entry.at, zone)} · *{headline}*{_source(entry, became)}{text}")
    if not (own and words.text and entry.body is not None):
        return block
    value = ButtonValue(burst.id, burst.version, str(entry.number))
    return {**block, "accessory": button("Correct", Action.CORRECT, value).to_dict()}


def _source(entry: LoggedEntry, became: Became | None) -> str:
    """The way to the message that the entry was made from, and what became of that."""
    link = message_link(body_of(entry).text("permalink"))
    return (f" · {link}" if link else "") + (f" · {_BECAME[became]}" if became else "")
