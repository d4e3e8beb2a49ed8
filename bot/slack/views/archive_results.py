"""`/burst archive`: what a search of the archived summaries found."""

from collections.abc import Collection, Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.operations.searching import Missing
from bot.reports.durations import lasting
from bot.reports.labels import Labels
from bot.reports.words import OUTCOME
from bot.slack.ids import Action, ButtonValue
from bot.slack.views.fit import fitted_to
from bot.slack.views.lists import Page, paging
from bot.slack.views.parts import BlockDict, Rendered, button, code, inline, section
from bot.slack.views.times import moment
from bot.taskforce.terms import Outcome
from storage.archive_search import Hit

PER_PAGE = 10
FILTERS = "`site:` `family:` `cause:` `since:` `until:` `sev:` `outcome:` `owner:@somebody` `mine`"
_NOTHING = "Nothing in the archive matches"
_ALLOWED = (
    'Every word has to be there. `"a phrase"` holds words together, `NGH_CT*` finds what begins like that, and filters '
    f"narrow it: {FILTERS}."
)


def archive_results(
    found: Sequence[Hit],
    page: Page,
    labels: Labels,
    zone: ZoneInfo,
    *,
    held: Collection[int] = (),
    more: bool,
) -> Rendered:
    """One page of results, newest first, each with "Open"; ``held`` are on hold, ``more``: there are older ones than can be paged to."""
    words = f"{page.total} archived {'burst' if page.total == 1 else 'bursts'}"
    if more:
        words = f"The newest {page.total} archived bursts; older ones match too, so use more words or filters"
    lines = [archive_line(one, labels, zone, held=one.burst_id in held) for one in found]
    blocks = fitted_to(lines, "… use more words to find fewer", reserve=3)
    return Rendered(text=words, blocks=[*blocks, *paging(page, Action.ARCHIVE_PAGE, words)])


def nothing_found(missing: Sequence[Missing], *, together: bool) -> Rendered:
    """What may help: words that are nowhere, with how others begin; or that all are somewhere, but never ``together``."""
    told = [*_missing(missing)]
    if not told and together:
        told = ["Each word is in it, but not together with all the rest: leave something out."]
    return Rendered(text=f"{_NOTHING}.", blocks=[section("\n".join((f"{_NOTHING}.", *told, _ALLOWED)))])


def archive_line(one: Hit, labels: Labels, zone: ZoneInfo, *, held: bool) -> BlockDict:
    """An archived burst in a few lines, with "Open": what and where, how long and why, and what fixed it."""
    key = f"DRILL {one.key}" if one.drill else one.key
    cause = f" · {inline(labels.cause(one.cause), 80)}" if one.cause else ""
    hold = " · on hold" if held else ""
    fix = f"\nWhat fixed it: {inline(one.fix, 160)}" if one.fix else ""
    text = (
        f"*{key}* · {inline(one.title, 120)}\n"
        f"{inline(', '.join(one.sites), 100)} · {inline(labels.kind(one.family), 60)} · {one.severity}{cause}\n"
        f"{_ended(one)} · closed {moment(one.closed_at, zone)}{hold}{fix}"
    )
    opens = button("Open", Action.ARCHIVE_OPEN, ButtonValue(one.burst_id, 0))
    return {**section(text), "accessory": opens.to_dict()}


def _ended(one: Hit) -> str:
    took = lasting(one.closed_at - one.opened_at)
    if one.outcome is Outcome.RESOLVED:
        return f"{took} from raised to closed"
    return f"{OUTCOME[one.outcome]}, {took} after it was raised"


def _missing(missing: Sequence[Missing]) -> Iterator[str]:
    for one in missing:
        begins = f", but words that begin with {code(one.beginning, 80)} are" if one.beginning else ""
        yield f"{code(one.words, 80)} is nowhere in it{begins}."
