"""The home tab: what waits for this person, what is open, and the button to raise a blocker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.reports.durations import lasting, site_zone
from bot.reports.labels import Labels
from bot.slack.ids import COMMAND, Action
from bot.slack.views.archive_results import Found, archive_line
from bot.slack.views.card_buttons import burst_button
from bot.slack.views.fit import HOME_BLOCKS, fitted_to
from bot.slack.views.follow_up import follow_up_line
from bot.slack.views.lists import burst_line
from bot.slack.views.parts import (
    BlockDict,
    ViewDict,
    actions,
    button,
    channel_link,
    context,
    divider,
    header,
    inline,
    section,
)
from bot.slack.views.standing import named
from bot.slack.views.times import moment, until
from bot.slack.views.waiting import Waiting
from bot.taskforce.burst import Burst
from bot.taskforce.follow_ups import FollowUp

MOST_SHOWN = 10
MOST_RECENT = 5


@dataclass(frozen=True, slots=True)
class Sights:
    """What one person sees, each in the order in which it is shown; of long lists the tab shows the beginning.

    ``needed`` waits for the person, ``to_do`` are the person's follow-up actions of bursts that ended, ``mine``
    are bursts that the person has a seat in, ``others`` open ones that they may see. ``for_the_cell`` is None
    for whoever does not sit in the steering cell, and ``archived`` is what ``recent_blocks`` made for it.
    """

    needed: Sequence[Waiting] = ()
    to_do: Sequence[tuple[Burst, FollowUp]] = ()
    mine: Sequence[Burst] = ()
    others: Sequence[Burst] = ()
    for_the_cell: Sequence[Burst] | None = None
    archived: Sequence[BlockDict] = ()


def home(sights: Sights, *, now: datetime) -> ViewDict:
    """The tab of one person, the most pressing first."""
    raising = button("Raise a blocker", Action.RAISE, "home", style="primary")
    blocks = [
        header("Issue Burst"),
        section("One blocker, one accountable owner, one short-lived task force."),
        *actions([raising]),
        *_needed(sights, now),
        *_for_the_cell(sights.for_the_cell, now),
        *_bursts(
            "Your bursts", sights.mine, "You have no part in an open burst.", f"{COMMAND} list mine", now
        ),
        *_bursts(
            "Open, by most urgent clock",
            sights.others,
            "No other burst that you can see is open.",
            f"{COMMAND} list all",
            now,
        ),
        *sights.archived,
        context(f"New here? `{COMMAND} help` shows what to do when, with examples."),
    ]
    rest = f"… all of them with `{COMMAND} list all`"
    return {"type": "home", "blocks": fitted_to(blocks, rest, most=HOME_BLOCKS)}


def recent_blocks(recent: Sequence[Found], labels: Labels, zone: ZoneInfo) -> list[BlockDict]:
    """The steering cell's part: what was archived lately, each with "Open", and the way to all of it; nothing without any."""
    if not recent:
        return []
    more = button("All archived bursts", Action.ARCHIVE_ALL, "home")
    lines = [archive_line(one, labels, zone) for one in recent]
    return [*_titled("Recently archived"), *lines, *actions([more])]


def _needed(sights: Sights, now: datetime) -> list[BlockDict]:
    shown: list[BlockDict] = []
    for one in sights.needed[:MOST_SHOWN]:
        buttons = [burst_button(one.burst, action, one.detail) for action in one.actions]
        shown += [section(_waiting_line(one, now)), *actions(buttons)]
    for burst, action in sights.to_do[:MOST_SHOWN]:
        done = burst_button(burst, Action.FOLLOW_UP_DONE, str(action.number))
        line = f"{follow_up_line(burst, action, now)} · your follow-up action"
        shown.append({**section(line), "accessory": done.to_dict()})
    hidden = max(0, len(sights.needed) - MOST_SHOWN) + max(0, len(sights.to_do) - MOST_SHOWN)
    more = [context(f"… and {hidden} more, once some of these are done")] if hidden else []
    return [*_titled("Needs you now"), *(shown or [section("Nothing waits for you.")]), *more]


def _waiting_line(one: Waiting, now: datetime) -> str:
    burst = one.burst
    where = f" · {channel_link(burst.place.channel)}" if burst.place else ""
    due = "" if one.due_at is None else f"\n{_due(burst, one.due_at, now)}"
    return f"*{named(burst)}* · {inline(burst.title, 120)}{where}\n{one.safe_words}{due}"


def _due(burst: Burst, due_at: datetime, now: datetime) -> str:
    at = moment(due_at, site_zone(burst))
    if now >= due_at:
        return f":red_circle: was due {at}, {lasting(now - due_at)} late"
    return f"due {at}, {until(due_at, now)}"


def _for_the_cell(bursts: Sequence[Burst] | None, now: datetime) -> list[BlockDict]:
    if bursts is None:
        return []
    shown: list[BlockDict] = []
    for burst in bursts[:MOST_SHOWN]:
        take = burst_button(burst, Action.STEERING_TAKE)
        shown.append({**section(burst_line(burst, now)), "accessory": take.to_dict()})
    return [
        *_titled("Waiting for the cell"),
        *(shown or [section("Nothing is escalated that nobody has taken up.")]),
        *_rest(bursts, f"{COMMAND} list all"),
    ]


def _bursts(
    title: str, bursts: Sequence[Burst], nothing: str, command: str, now: datetime
) -> list[BlockDict]:
    shown = [section(burst_line(burst, now)) for burst in bursts[:MOST_SHOWN]]
    return [*_titled(title), *(shown or [section(nothing)]), *_rest(bursts, command)]


def _titled(title: str) -> list[BlockDict]:
    return [divider(), section(f"*{title}*")]


def _rest(bursts: Sequence[Burst], command: str) -> list[BlockDict]:
    return [context(f"… more with `{command}`")] if len(bursts) > MOST_SHOWN else []
