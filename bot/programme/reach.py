"""Whom the words of a ladder mean for one burst at one moment."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, TypeVar

Users: TypeAlias = tuple[str, ...]
Word = TypeVar("Word", bound=str)


class Reach(Mapping[Word, Users]):
    """The Slack users behind each word, empty where nobody; looked up when they are asked for, and only once.

    A clock that rings asks for one or two words of a dozen. ``ways`` is how each is looked up.
    """

    def __init__(self, ways: Mapping[Word, Callable[[], Users]]) -> None:
        self._ways = ways
        self._found: dict[Word, Users] = {}

    def __getitem__(self, word: Word) -> Users:
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = _asked(word, self._ways[word])
        return found

    def __iter__(self) -> Iterator[Word]:
        return iter(self._ways)

    def __len__(self) -> int:
        return len(self._ways)


def _asked(word: str, way: Callable[[], Users]) -> Users:
    try:
        return way()
    except KeyError as defect:
        # ``get`` would take it for a word that is not known, and reach nobody.
        raise RuntimeError(f"whom {word} means cannot be told") from defect
