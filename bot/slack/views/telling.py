"""Everything that one message tells one person: one ping, several about a burst, or a line for each of many."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.reports.durations import site_zone
from bot.reports.labels import Labels
from bot.reports.words import CLOCK
from bot.slack.views.fit import MESSAGE_BLOCKS, MESSAGE_TEXT, text_length
from bot.slack.views.ladder_words import clock_of
from bot.slack.views.parts import BlockDict, Rendered, context, inline, section
from bot.slack.views.ping import ping, settled_ping, settlement
from bot.slack.views.standing import named
from bot.slack.views.times import moment
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Rank

_RANKS = list(Rank)
# Room for what a summary says before and after its lines.
_FRAME_BLOCKS, _FRAME_TEXT = 3, 400


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a person is told; ``subject`` is the ping's.

    ``reader`` is that person with their rights, where they are known. ``settled``: nothing is asked here any more; ``overtaken``: because a newer message asks it.
    """

    burst: Burst
    subject: Mapping[str, str | int]
    labels: Labels
    settled: bool = False
    overtaken: bool = False
    reader: Actor | None = None


def telling(told: Sequence[Told], *, now: datetime) -> Rendered:
    """The message that tells all of it. Of several bursts each has a line, the most severe and latest first."""
    by_burst: defaultdict[int, list[Told]] = defaultdict(list)
    for one in told:
        by_burst[one.burst.id].append(one)
    groups = list(by_burst.values())
    return _about_one(groups[0], now) if len(groups) == 1 else _about_many(groups, now)


def _about_one(told: Sequence[Told], now: datetime) -> Rendered:
    """What ranks highest in full, the rest in a line each."""
    lead = _lead(told)
    burst, labels = lead.burst, lead.labels
    if lead.settled:
        return settled_ping(burst, lead.subject, labels, overtaken=lead.overtaken)
    message = ping(burst, lead.subject, labels, now=now, reader=lead.reader)
    others = [context(line) for line in _others(told, lead)]
    if not others:
        return message
    buttons = [block for block in message.blocks if block["type"] == "actions"]
    words = [block for block in message.blocks if block["type"] != "actions"]
    return replace(message, blocks=[*words, *others, *buttons])


def _about_many(groups: list[list[Told]], now: datetime) -> Rendered:
    leads = sorted((_lead(told) for told in groups), key=_urgency)
    told_of = {told[0].burst.id: told for told in groups}
    open_ones = [lead for lead in leads if not lead.settled]
    if open_ones:
        count = len(open_ones)
        words = f"{count} {'burst needs' if count == 1 else 'bursts need'} you"
    else:
        words = "Nothing more is asked of you here"
    lines = [_line(lead, told_of[lead.burst.id], now) for lead in leads]
    kept = _fitting(lines)
    left = len(lines) - len(kept)
    rest = [context(f"… and {left} more, `/burst list mine`")] if left else []
    keys = ", ".join(named(lead.burst) for lead in (open_ones or leads)[:5])
    return Rendered(text=f"{words}: {keys}", blocks=[section(f"*{words}*"), *kept, *rest])


def _urgency(told: Told) -> tuple[bool, str, datetime, int]:
    clock = clock_of(told.burst, told.subject.get("clock"))
    due_at = clock.due_at if clock is not None else told.burst.opened_at
    return (told.settled, told.burst.severity.value, due_at, told.burst.id)


def _line(lead: Told, told: Sequence[Told], now: datetime) -> BlockDict:
    """How one burst stands, with the button that helps most."""
    burst = lead.burst
    title = f"\n{burst.severity} · *{inline(burst.title, 80)}*"
    others = "".join(f"\n{line}" for line in _others(told, lead))
    if lead.settled:
        return section(f"{named(burst)} · {_settlement(lead)}{title}{others}")
    message = ping(burst, lead.subject, lead.labels, now=now, reader=lead.reader)
    line = section(f"{message.blocks[0]['text']['text']}{title}{others}")
    buttons = [
        element for block in message.blocks if block["type"] == "actions" for element in block["elements"]
    ]
    return {**line, "accessory": buttons[0]} if buttons else line


def _settlement(told: Told) -> str:
    return settlement(told.burst, told.subject, told.labels, overtaken=told.overtaken)


def _lead(told: Sequence[Told]) -> Told:
    """What is still asked goes before what is settled, then what ranks higher, then what is newer."""
    return max(enumerate(told), key=lambda pair: (not pair[1].settled, _rank(pair[1]), pair[0]))[1]


def _rank(told: Told) -> int:
    return _RANKS.index(Rank(str(told.subject["rank"])))


def _others(told: Sequence[Told], lead: Told) -> Iterator[str]:
    """What else was to be said of the burst, each clock once; what is still asked in one line."""
    said = {lead.subject.get("clock")}
    also: list[str] = []
    for one in told:
        clock = clock_of(one.burst, one.subject.get("clock"))
        if clock is None or clock.number in said:
            continue
        said.add(clock.number)
        if one.settled:
            yield _settlement(one)
        else:
            also.append(f"{CLOCK[clock.kind]}, due {moment(clock.due_at, site_zone(one.burst))}")
    if also:
        yield f"Also: {'; '.join(also)}"


def _fitting(lines: Sequence[BlockDict]) -> list[BlockDict]:
    kept: list[BlockDict] = []
    room = MESSAGE_TEXT - _FRAME_TEXT
    for line in lines:
        room -= text_length(line)
        if room < 0 or len(kept) == MESSAGE_BLOCKS - _FRAME_BLOCKS:
            break
        kept.append(line)
    return kept
