"""What is asked of the archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.taskforce.terms import Outcome, Severity
from storage.sought import Term, terms_of
from storage.words import label

# These filters are words of the index: a rare word and a common filter are one intersection.
LABELLED = ("site", "family", "cause", "severity", "outcome")


@dataclass(frozen=True, slots=True)
class ArchiveFilter:
    """What is searched for; what is None does not matter.

    ``words`` are those of ``storage.sought``. Closed at ``since`` or later and before ``until``, both aware UTC.
    ``owner`` is the user who owned it at its end, ``mine`` one who belonged to it then.
    """

    words: str = ""
    site: str | None = None
    family: str | None = None
    cause: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    severity: Severity | None = None
    outcome: Outcome | None = None
    owner: str | None = None
    mine: str | None = None
    drill: bool | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the words and the filters that are words ask the index for."""
        return (*self._labels(), *terms_of(self.words))

    def _labels(self) -> Iterator[Term]:
        for name in LABELLED:
            value = getattr(self, name)
            if value is not None:
                yield Term((label(name, value),))
