"""Entries of the resolution log, read tolerantly: old ones may lack what newer ones say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.taskforce.decision import Detail
from bot.taskforce.ledger import Logged


class LoggedEntry(Logged, Protocol):
    """A stored entry of the log, with its place in it."""

    @property
    def number(self) -> int:
        """Its place in the burst's log, the first being 1."""


@dataclass(frozen=True, slots=True)
class Body:
    """The details of an entry by name; what is missing or of another type reads as empty."""

    details: Mapping[str, Detail]

    def text(self, name: str) -> str:
        """The text under ``name``, else empty."""
        value = self.details.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """The whole number under ``name``, else None."""
        value = self.details.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def is_set(self, name: str) -> bool:
        """Whether a yes stands under ``name``."""
        return self.details.get(name) is True

    def texts(self, name: str) -> tuple[str, ...]:
        """The list of texts under ``name``, else nothing."""
        value = self.details.get(name)
        if not isinstance(value, list | tuple):
            return ()
        return tuple(item for item in value if isinstance(item, str))

    def members(self, name: str) -> tuple[Mapping[str, Detail], ...]:
        """The list of details under ``name``, else nothing."""
        value = self.details.get(name)
        if not isinstance(value, list | tuple):
            return ()
        return tuple(item for item in value if isinstance(item, Mapping))

    def moment(self, name: str) -> datetime | None:
        """The aware time under ``name``, else None."""
        try:
            at = datetime.fromisoformat(self.text(name))
        except ValueError:
            return None
        return at if at.tzinfo is not None else None


def moments_in(details: Mapping[str, Detail]) -> Iterator[datetime]:
    """Every aware time that stands in the details, or in those of their members."""
    body = Body(details)
    for name in details:
        at = body.moment(name)
        if at is not None:
            yield at
        for member in body.members(name):
            yield from moments_in(member)


def body_of(entry: LoggedEntry) -> Body:
    """The entry's details; an erased entry has none."""
    return Body(entry.body or {})
