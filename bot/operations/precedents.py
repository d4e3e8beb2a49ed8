"""What was solved before: archived bursts that look like a blocker that is raised now.

They are looked for by what tells blockers apart: the tags, ports and groups in the answers, the words of the title, and
the sites. Only the newest that hold one of these are compared, so that an archive of any size answers at once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot import clock
from bot.operations.office import Office, Request, actor_for, programme_at
from bot.operations.open_burst import Intake, check_intake
from bot.taskforce.burst import Answer, Burst
from bot.taskforce.family import Family
from bot.taskforce.likeness import Likeness, likeness, telling_entries
from bot.taskforce.permissions import Right, allows
from bot.taskforce.terms import Outcome
from storage import Unit
from storage.archive_filter import ArchiveFilter

MOST_SHOWN = 3
# Of each thing that is looked for, how many, and how many of the newest that hold it.
_MOST_ASKED = 4
_MOST_COMPARED = 10
_SHORTEST_WORD = 5


@dataclass(frozen=True, slots=True)
class Precedent:
    """A burst that was solved, and how it is like the one at hand."""

    burst: Burst
    likeness: Likeness

    @property
    def fix(self) -> str:
        """What fixed it."""
        return self.burst.resolution.fix if self.burst.resolution else ""


@dataclass(frozen=True, slots=True)
class _Blocker:
    family: Family
    title: str
    sites: tuple[str, ...]
    answers: Mapping[str, Answer]


def precedents_like(office: Office, request: Request, intake: Intake) -> tuple[Precedent, ...]:
    """Those of a blocker that is about to be raised, as far as this person may read them. Raises ``RefusedFields``."""
    with office.store.read() as unit:
        now, actor = clock.now(), actor_for(unit, office, request)
        checked = check_intake(unit, programme_at(unit, office, now), intake, now)
        header = checked.header
        blocker = _Blocker(checked.family, header.title, header.sites, checked.form.answers)
        return _most_alike(unit, blocker, lambda one: allows(Right.READ, actor, one))


def precedents_for(office: Office, request: Request, burst: Burst) -> tuple[Precedent, ...]:
    """Those of an open burst that this person may read, the most alike first."""
    with office.store.read() as unit:
        actor = actor_for(unit, office, request)
        family = office.programme().family(burst.family)
        return precedents_in(unit, burst, family, readable=lambda one: allows(Right.READ, actor, one))


def precedents_in(
    unit: Unit, burst: Burst, family: Family | None, *, readable: Callable[[Burst], bool]
) -> tuple[Precedent, ...]:
    """Those of an open burst that ``readable`` lets through, the most alike first; none where its ``family`` is gone."""
    if family is None:
        return ()
    blocker = _Blocker(family, burst.title, burst.sites, burst.answers)
    return _most_alike(unit, blocker, readable)


def _most_alike(unit: Unit, blocker: _Blocker, readable: Callable[[Burst], bool]) -> tuple[Precedent, ...]:
    compared = unit.bursts.get_many(_candidates(unit, blocker))
    found = [
        Precedent(one, _alike(one, blocker))
        for one in compared.values()
        if one.resolution is not None and readable(one)
    ]
    ranked = sorted(found, key=lambda one: (-one.likeness.strength, -one.burst.id))
    return tuple(one for one in ranked if one.likeness.strength)[:MOST_SHOWN]


def _alike(burst: Burst, blocker: _Blocker) -> Likeness:
    return likeness(
        burst, family=blocker.family, title=blocker.title, sites=blocker.sites, answers=blocker.answers
    )


def _candidates(unit: Unit, blocker: _Blocker) -> set[int]:
    return {
        hit.burst_id
        for words, site in _asked(blocker)
        for hit in unit.archives.search(
            ArchiveFilter(words, site=site, family=blocker.family.id, outcome=Outcome.RESOLVED, drill=False),
            limit=_MOST_COMPARED,
        ).hits
    }


def _asked(blocker: _Blocker) -> Iterator[tuple[str, str | None]]:
    """Words and a site to search for, one search each."""
    for entry in [*dict.fromkeys(telling_entries(blocker.family, blocker.answers))][:_MOST_ASKED]:
        yield f'"{entry.replace(chr(34), " ")}"', None
    long = [word for word in dict.fromkeys(blocker.title.split()) if len(word) >= _SHORTEST_WORD]
    for word in sorted(long, key=len, reverse=True)[:_MOST_ASKED]:
        yield word, None
    for site in blocker.sites[:_MOST_ASKED]:
        yield "", site
