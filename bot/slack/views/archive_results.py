"""`/burst archive`: what a search of the archived summaries found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from bot.reports.durations import lasting
from bot.reports.labels import Labels
from bot.slack.ids import Action, ButtonValue
from bot.slack.views.fit import fitted_to
from bot.slack.views.lists import Page, paging
from bot.slack.views.parts import BlockDict, Rendered, button, inline, section
from bot.slack.views.times import moment
from bot.taskforce.terms import Outcome
from storage.archives import Summary

PER_PAGE = 10
FILTERS = "`site:` `family:` `cause:` `since:` `until:` `sev:` `outcome:` `owner:@somebody` `mine`"


@dataclass(frozen=True, slots=True)
class Found:
    """One archived burst. ``resolved_for`` is the time to its last sign-off, None when it was cancelled."""

    burst_id: int
    key: str
    title: str
    sites: tuple[str, ...]
    cause: str
    resolved_for: timedelta | None
    closed_at: datetime

    @classmethod
    def of(cls, one: Summary) -> Self:
        """What is shown of a summary."""
        return cls(
            burst_id=one.burst_id,
            key=f"DRILL {one.key}" if one.drill else one.key,
            title=one.title,
            sites=one.sites,
            cause=one.cause,
            resolved_for=one.closed_at - one.opened_at if one.outcome is Outcome.RESOLVED else None,
            closed_at=one.closed_at,
        )


def archive_results(
    found: Sequence[Found], page: Page, labels: Labels, zone: ZoneInfo, *, more: bool
) -> Rendered:
    """One page of results, newest first, each with "Open"; ``more``: there are older ones than can be paged to."""
    if not found:
        words = f"Nothing in the archive matches. Try fewer words, the beginning of one (`NGH_CT*`), or only filters: {FILTERS}."
        return Rendered(text="Nothing in the archive matches.", blocks=[section(words)])
    words = f"{page.total} archived {'burst' if page.total == 1 else 'bursts'}"
    if more:
        words = f"The newest {page.total} archived bursts; older ones match too, so use more words or filters"
    lines = [archive_line(one, labels, zone) for one in found]
    blocks = fitted_to(lines, "… use more words to find fewer", reserve=3)
    return Rendered(text=words, blocks=[*blocks, *paging(page, Action.ARCHIVE_PAGE, words)])


def archive_line(one: Found, labels: Labels, zone: ZoneInfo) -> BlockDict:
    """An archived burst in two lines, with "Open"."""
    took = (
        f"resolved and signed off in {lasting(one.resolved_for)}"
        if one.resolved_for is not None
        else "cancelled"
    )
    cause = f" · {inline(labels.cause(one.cause), 80)}" if one.cause else ""
    text = (
        f"*{one.key}* · {inline(one.title, 120)}\n"
        f"{inline(', '.join(one.sites), 100)}{cause} · {took} · closed {moment(one.closed_at, zone)}"
    )
    opens = button("Open", Action.ARCHIVE_OPEN, ButtonValue(one.burst_id, 0))
    return {**section(text), "accessory": opens.to_dict()}
