"""The home tab: what waits for this person, what is open, and the button to raise a blocker."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.operations.listing import Listed, within
from bot.reports.durations import lasting, site_zone
from bot.reports.labels import Labels
from bot.slack.ids import COMMAND, Action
from bot.slack.views.archive_results import archive_line
from bot.slack.views.card_buttons import LABELS, burst_button, burst_buttons
from bot.slack.views.fit import HOME_BLOCKS, fitted_to
from bot.slack.views.follow_up import follow_up_line
from bot.slack.views.home_lists import filters, listed_bursts, paging, titled
from bot.slack.views.lists import burst_line
from bot.slack.views.modals.parts import Choice
from bot.slack.views.parts import (
    BlockDict,
    ViewDict,
    actions,
    button,
    channel_link,
    context,
    header,
    inline,
    section,
)
from bot.slack.views.standing import named
from bot.slack.views.times import moment, until
from bot.slack.views.waiting import Waiting
from bot.taskforce.burst import Burst
from bot.taskforce.follow_ups import FollowUp
from storage.archive_search import Hit
from storage.homes import HomeList, Outlook

# A page of each list. Together they stay within what Slack shows, whatever is in them.
NEEDED_PER_PAGE, CELL_PER_PAGE, MINE_PER_PAGE, OTHERS_PER_PAGE = 6, 5, 5, 8
MOST_RECENT = 5

NEEDED, CELL, MINE, OTHERS = (
    "Needs you now",
    "Waiting for the cell",
    "Your bursts",
    "Open, by most urgent clock",
)


@dataclass(frozen=True, slots=True)
class Sights:
    """What one person sees, each in the order in which it is shown.

    ``needed`` waits for the person, ``to_do`` are the person's follow-up actions of bursts that ended: all of both.
    Of the others a page: ``mine`` are bursts that the person has a seat in, ``others`` open ones that they may see,
    None when only the own ones are wanted. ``for_the_cell`` is None for whoever does not sit in the steering cell, and
    ``archived`` is what ``recent_blocks`` made for it. ``outlook`` is what the person chose, ``sites`` what they can.
    """

    needed: Sequence[Waiting] = ()
    to_do: Sequence[tuple[Burst, FollowUp]] = ()
    mine: Listed = field(default_factory=Listed)
    others: Listed | None = field(default_factory=Listed)
    for_the_cell: Listed | None = None
    archived: Sequence[BlockDict] = ()
    outlook: Outlook = field(default_factory=Outlook)
    sites: Sequence[Choice] = ()


def home(sights: Sights, *, now: datetime) -> ViewDict:
    """The tab of one person, the most pressing first."""
    raising = button(LABELS[Action.RAISE], Action.RAISE, "home", style="primary")
    blocks = [
        header("Issue Burst"),
        section("One blocker, one accountable owner, one short-lived task force."),
        *actions([raising]),
        *_needed(sights, now),
        *_for_the_cell(sights.for_the_cell, now),
        *filters(sights.outlook, sights.sites),
        *_open(sights, now),
        *sights.archived,
        context(f"New here? `{COMMAND} help` shows what to do when, with examples."),
    ]
    rest = f"… all of them with `{COMMAND} list all`"
    return {"type": "home", "blocks": fitted_to(blocks, rest, most=HOME_BLOCKS)}


def recent_blocks(
    recent: Sequence[Hit], labels: Labels, zone: ZoneInfo, *, held: Collection[int] = ()
) -> list[BlockDict]:
    """The steering cell's part: what was archived lately, each with "Open", and the way to all of it."""
    if not recent:
        nothing = section("Nothing yet. When a burst closes, what was learned is kept here.")
        return [*titled("Recently archived"), nothing]
    more = button("All archived bursts", Action.ARCHIVE_ALL, "home")
    lines = [archive_line(one, labels, zone, held=one.burst_id in held) for one in recent]
    return [*titled("Recently archived"), *lines, *actions([more])]


def _needed(sights: Sights, now: datetime) -> list[BlockDict]:
    every = [*(_waiting(one, now) for one in sights.needed), *(_to_do(*one, now) for one in sights.to_do)]
    page, pages = within(sights.outlook.page(HomeList.NEEDED), len(every), NEEDED_PER_PAGE)
    shown = [block for one in every[(page - 1) * NEEDED_PER_PAGE : page * NEEDED_PER_PAGE] for block in one]
    nothing = section("Nothing waits for you. What is asked of you comes here, with its buttons.")
    return [*titled(NEEDED), *(shown or [nothing]), *paging(NEEDED, HomeList.NEEDED, page, pages, len(every))]


def _waiting(one: Waiting, now: datetime) -> list[BlockDict]:
    details = dict.fromkeys(one.actions, one.detail) if one.detail else {}
    buttons = burst_buttons(one.burst, one.actions, details)
    return [section(_waiting_line(one, now)), *actions(buttons)]


def _to_do(burst: Burst, action: FollowUp, now: datetime) -> list[BlockDict]:
    done = burst_button(burst, Action.FOLLOW_UP_DONE, str(action.number))
    line = f"{follow_up_line(burst, action, now)} · your follow-up action"
    return [{**section(line), "accessory": done.to_dict()}]


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


def _for_the_cell(listed: Listed | None, now: datetime) -> list[BlockDict]:
    if listed is None:
        return []
    shown: list[BlockDict] = []
    for burst in listed.bursts:
        take = burst_button(burst, Action.STEERING_TAKE)
        shown.append({**section(burst_line(burst, now)), "accessory": take.to_dict()})
    nothing = section("Nothing is escalated that nobody has taken up.")
    turning = paging(CELL, HomeList.CELL, listed.page, listed.pages, listed.total)
    return [*titled(CELL), *(shown or [nothing]), *turning]


def _open(sights: Sights, now: datetime) -> list[BlockDict]:
    is_narrowed = sights.outlook.site is not None or sights.outlook.severity is not None
    narrowed = "None here. Choose *Every site* and *Every severity* above to see all."
    none_of_mine = f"You have no part in an open burst. Take part in one with `{COMMAND} join KEY`."
    blocks = listed_bursts(MINE, sights.mine, HomeList.MINE, narrowed if is_narrowed else none_of_mine, now)
    if sights.others is None:
        return blocks
    none_of_others = (
        "No other burst that you can see is open. If something blocks you, press *Raise a blocker*."
    )
    nothing = narrowed if is_narrowed else none_of_others
    return [*blocks, *listed_bursts(OTHERS, sights.others, HomeList.OTHERS, nothing, now)]
