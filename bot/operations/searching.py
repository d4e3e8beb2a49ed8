"""Searching the archive. Where there are several pages the words are kept for an hour, so that a button can ask for the next one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from bot.errors import Refused
from bot.operations.office import Office, Request, actor_for
from bot.taskforce.decision import Detail
from bot.taskforce.permissions import Actor, Right, allows
from storage import Unit
from storage.archive_filter import ArchiveFilter
from storage.archive_search import ArchivePage, Hit
from storage.sought import typed_in

SEARCH = "search"
MOST_FOUND = 200
SHORTEST_PREFIX = 2
# Of how many words it is said that they are nowhere, and how short a beginning of one says anything.
_MOST_EXPLAINED = 5
_SHORTEST_HINT = 3

_FILTER = TypeAdapter(ArchiveFilter)


@dataclass(frozen=True, slots=True)
class Missing:
    """A word or a phrase as it was typed that nothing holds; ``beginning`` is the longest of it that something begins with."""

    words: str
    beginning: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of archived bursts, newest first; ``search_id`` asks for other pages of the same search, empty where there are none.

    ``total`` are those that pages can be asked of; with ``more`` there are older ones than these. Where there are none,
    ``held`` are those of them that are on hold. Where there is nothing, ``missing`` says what is nowhere, and ``together`` that words had to be there together, or with filters.
    """

    search_id: str
    hits: tuple[Hit, ...]
    page: int
    pages: int
    total: int
    more: bool
    missing: tuple[Missing, ...] = ()
    together: bool = False
    held: frozenset[int] = frozenset()


def search(office: Office, request: Request, wanted: ArchiveFilter, *, per_page: int) -> Results:
    """The first page of what this person may see of the archive.

    Raises ``Refused`` for guests, and for a filter that nothing could ever fit, saying what is allowed.
    """
    with office.store.read() as unit:
        actor = _searcher(unit, office, request)
        _check(unit, office, wanted)
        found = _page(unit, actor, "", wanted, 1, per_page)
    if found.pages == 1:
        return found
    with office.store.write() as unit:
        return replace(found, search_id=unit.drafts.create(request.user, SEARCH, _kept(wanted)).id)


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


def recently_archived(unit: Unit, actor: Actor, *, limit: int) -> tuple[Hit, ...]:
    """The newest of the archive that this person may read; nothing for whoever cannot search it."""
    if not allows(Right.JOIN, actor, None):
        return ()
    return unit.archives.search(ArchiveFilter(), reader=actor, limit=limit).hits


def _page(
    unit: Unit, actor: Actor, search_id: str, wanted: ArchiveFilter, page: int, per_page: int
) -> Results:
    def at(number: int) -> ArchivePage:
        return unit.archives.search(
            wanted,
            reader=actor,
            limit=per_page,
            offset=(number - 1) * per_page,
            most=MOST_FOUND + 1,
        )

    number = min(max(page, 1), -(-MOST_FOUND // per_page))
    found = at(number)
    if not found.hits and number > 1:  # since the buttons were shown, some were reopened
        number, found = 1, at(1)
    total = min(found.total, MOST_FOUND)
    pages = max(1, -(-total // per_page))
    if not found.hits:
        return _none(unit, actor, search_id, wanted)
    held = unit.legal_holds.among(one.burst_id for one in found.hits)
    return Results(search_id, found.hits, number, pages, total, found.total > MOST_FOUND, held=held)


def _none(unit: Unit, actor: Actor, search_id: str, wanted: ArchiveFilter) -> Results:
    """No page, but what may help to find one; of what this person may read alone."""

    def found(words: str) -> bool:
        return bool(unit.archives.search(ArchiveFilter(words), reader=actor, limit=1).hits)

    typed = typed_in(wanted.words)
    together = bool(typed) and wanted != ArchiveFilter(typed[0])
    missing = tuple(Missing(one, _begins(one, found)) for one in typed[:_MOST_EXPLAINED] if not found(one))
    return Results(search_id, (), 1, 1, 0, more=False, missing=missing, together=together)


def _begins(typed: str, found: Callable[[str], bool]) -> str:
    """The longest beginning of a word that something begins with; empty for a phrase, and where nothing does."""
    if not typed.isalnum():
        return ""
    beginnings = (f"{typed[:length]}*" for length in range(len(typed), _SHORTEST_HINT - 1, -1))
    return next((one for one in beginnings if found(one)), "")


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
