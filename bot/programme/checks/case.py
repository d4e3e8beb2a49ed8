"""What is checked: the model, the names that the whole file defines, and the day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.programme.nearest import did_you_mean, listed
from bot.programme.problems import Path, Problem
from bot.programme.schema.file import ProgrammeFile

_ONE = {
    "people": "person",
    "sites": "site",
    "roles": "role",
    "families": "family",
    "workstreams": "workstream",
    "stages": "stage",
    "vendors": "vendor",
    "delay_causes": "delay cause",
}


@dataclass(frozen=True)
class Case:
    """A programme to be checked.

    ``tree`` is the whole file before broken parts were taken out of ``file``: what it names exists,
    even if it is wrong otherwise. ``own`` is the hospital's part alone. ``at`` is policy time (aware
    UTC) for what lies in the past; None leaves such questions out.
    """

    file: ProgrammeFile
    tree: Mapping[str, Any]
    own: Mapping[str, Any]
    at: datetime | None = None

    def names(self, section: str) -> Mapping[str, Any]:
        """The names that a section of the file defines."""
        entries = self.tree.get(section)
        return entries if isinstance(entries, Mapping) else {}

    def is_filled(self, role: str) -> bool:
        """Whether somebody fills the role at one site at least, by name or on call."""
        on_call = any(rotation.role == role for rotation in self.file.rotations.values())
        return on_call or any(role in person.roles for person in self.file.people.values())

    def unknown(self, section: str, name: str, path: Path) -> Iterator[Problem]:
        """A problem if ``section`` has no ``name``, with the nearest one it has."""
        known = self.names(section)
        if name not in known:
            near = did_you_mean(name, known)
            yield Problem(
                path, f"there is no {_ONE[section]} '{name}'; defined are {listed(sorted(known))}{near}"
            )

    def all_unknown(self, section: str, names: Iterable[str], path: Path) -> Iterator[Problem]:
        """As ``unknown``, for a list at ``path``."""
        for number, name in enumerate(names):
            yield from self.unknown(section, name, (*path, number))

    def all_unknown_keys(self, section: str, names: Iterable[str], path: Path) -> Iterator[Problem]:
        """As ``unknown``, for the keys of what is at ``path``."""
        for name in names:
            yield from self.unknown(section, name, (*path, name))

    def all_unknown_sites(self, sites: object, path: Path) -> Iterator[Problem]:
        """As ``all_unknown``, for sites that may be ``all``."""
        if isinstance(sites, tuple):
            yield from self.all_unknown("sites", sites, path)
