"""`/burst list`: open bursts, the most urgent clock first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.slack.ids import Action, PageValue
from bot.slack.views.fit import fitted_to
from bot.slack.views.parts import (
    BlockDict,
    Rendered,
    actions,
    button,
    channel_link,
    context,
    inline,
    person,
    section,
)
from bot.slack.views.standing import clock_words, named, running_clocks, severity_words, state_words
from bot.taskforce.burst import Burst

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of how many is shown, the first being 1, and how many there are in all.

    ``of`` names the list for the paging buttons: validated filter words or a search's id, never free text.
    """

    number: int
    pages: int
    total: int
    of: str


def burst_list(bursts: Sequence[Burst], page: Page, *, now: datetime) -> Rendered:
    """One page of open bursts, in the order given."""
    if not bursts:
        words = "No open bursts here."
        teaches = "`/burst list` shows all that you may see; `/burst` raises a blocker."
        return Rendered(text=words, blocks=[section(f"{words} {teaches}")])
    lines = [section(burst_line(burst, now)) for burst in bursts]
    words = f"{page.total} open {'burst' if page.total == 1 else 'bursts'}"
    blocks = fitted_to(lines, "… narrow the list with `site:`, `family:` or `sev:`", reserve=3)
    return Rendered(text=words, blocks=[*blocks, *paging(page, Action.LIST_PAGE, words)])


def burst_line(burst: Burst, now: datetime) -> str:
    """A burst in three lines: what, how it stands, its most urgent clock."""
    urgent = running_clocks(burst)
    clock = f"\n{clock_words(burst, urgent[0], now)}" if urgent else ""
    owner = person(burst.owner) if burst.owner else "nobody yet"
    where = f" · {channel_link(burst.place.channel)}" if burst.place else ""
    return (
        f"*{named(burst)}* · {inline(burst.title, 120)}\n"
        f"{severity_words(burst)} · {inline(', '.join(burst.sites), 100)} · {state_words(burst)} · "
        f"owner {owner}{where}{clock}"
    )


def paging(page: Page, action: Action, words: str) -> list[BlockDict]:
    """Where one is in a list, and the buttons to the pages around; ``words`` say what is counted."""
    buttons = []
    if page.number > 1:
        buttons.append(button("Earlier page", action, PageValue(page.number - 1, page.of)))
    if page.number < page.pages:
        buttons.append(button("Next page", action, PageValue(page.number + 1, page.of)))
    place = f" · page {page.number} of {page.pages}" if page.pages > 1 else ""
    return [context(f"{words}{place}"), *_apart(actions(buttons))]


def _apart(rows: list[BlockDict]) -> list[BlockDict]:
    # Both buttons have the same action id, which must be unique within a block: one row each.
    return [{**row, "elements": [element]} for row in rows for element in row["elements"]]
