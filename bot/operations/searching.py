"""Searching the archive. The words are kept for an hour, so that a button can ask for the next page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.errors import Refused
from bot.operations.office import Office, Request, actor_for
from bot.taskforce.decision import Detail
from bot.taskforce.permissions import Actor, Right, allows
from storage import Unit
from storage.archives import ArchiveFilter, Summary

SEARCH = "search"
MOST_FOUND = 200
SHORTEST_PREFIX = 2

_FILTER = TypeAdapter(ArchiveFilter)


@dataclass(frozen=True, slots=True)
class Results:
    """One page of summaries, newest first; ``search_id`` asks for other pages of the same search.

    ``total`` are those that pages can be asked of; with ``more`` there are older ones than these.
    """

    search_id: str
    summaries: tuple[Summary, ...]
    page: int
    pages: int
    total: int
    more: bool


def search(office: Office, request: Request, wanted: ArchiveFilter, *, per_page: int) -> Results:
    """The first page of what this person may see of the archive.

    Raises ``Refused`` for guests, and for a filter that nothing could ever fit, saying what is allowed.
    """
    with office.store.write() as unit:
        actor = _searcher(unit, office, request)
        _check(unit, office, wanted)
        draft = unit.drafts.create(request.user, SEARCH, _kept(wanted))
        return _page(unit, actor, draft.id, wanted, 1, per_page)


def turn(office: Office, request: Request, search_id: str, *, page: int, per_page: int) -> Results:
    """Another page of an earlier search of this person. Raises ``Refused`` when it is too long ago."""
    with office.store.read() as unit:
        actor = _searcher(unit, office, request)
        draft = unit.drafts.get(search_id, request.user)
        if draft is None or draft.kind != SEARCH:
            raise Refused("search_gone", "That search is over an hour old; run `/burst archive` again.")
        return _page(unit, actor, search_id, _read(draft.body), page, per_page)


def _searcher(unit: Unit, office: Office, request: Request) -> Actor:
    actor = actor_for(unit, office, request)
    if not allows(Right.JOIN, actor, None):
        raise Refused("not_allowed", "Only full members of this workspace can search the archive.")
    return actor


def recently_archived(unit: Unit, actor: Actor, *, limit: int) -> tuple[Summary, ...]:
    """The newest of the archive that this person may read."""
    found = unit.archives.search(
        ArchiveFilter(), readable=lambda one: _readable(unit, actor, one), limit=limit
    )
    return found.summaries


def _page(
    unit: Unit, actor: Actor, search_id: str, wanted: ArchiveFilter, page: int, per_page: int
) -> Results:
    found = unit.archives.search(wanted, readable=lambda one: _readable(unit, actor, one), limit=MOST_FOUND)
    total = len(found.summaries)
    pages = max(1, -(-total // per_page))
    number = min(max(page, 1), pages)
    shown = found.summaries[(number - 1) * per_page : number * per_page]
    return Results(search_id, shown, number, pages, total, found.next_before is not None)


def _readable(unit: Unit, actor: Actor, summary: Summary) -> bool:
    if not summary.private:
        return True
    burst = unit.bursts.get(summary.burst_id)
    return burst is not None and allows(Right.READ, actor, burst)


def _check(unit: Unit, office: Office, wanted: ArchiveFilter) -> None:
    """Raises ``Refused`` for a beginning that is too short, and for a value that neither the programme nor the archive knows."""
    if any(term.shortest < SHORTEST_PREFIX for term in wanted.terms):
        raise Refused(
            "short_prefix",
            f"Please give at least {SHORTEST_PREFIX} characters before `*`; fewer begin too many words.",
        )
    file = office.programme().file
    known: Mapping[str, Iterable[str]] = {
        "site": office.programme().sites,
        "family": office.programme().families,
        "cause": file.delay_causes,
    }
    for name, values in known.items():
        asked, allowed = getattr(wanted, name), tuple(values)
        # What the programme has taken away since may still be archived.
        if asked is None or asked in allowed or unit.archives.holds(ArchiveFilter(**{name: asked})):
            continue
        raise Refused(f"unknown_{name}", f"`{name}:` takes one of these: {', '.join(allowed)}.")


def _kept(wanted: ArchiveFilter) -> dict[str, Detail]:
    kept: dict[str, Detail] = _FILTER.dump_python(wanted, mode="json", exclude_none=True)
    return kept


def _read(body: Mapping[str, Detail]) -> ArchiveFilter:
    return _FILTER.validate_python(body)
