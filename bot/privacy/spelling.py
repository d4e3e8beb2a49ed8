"""How the long words of labels are mistyped: one letter left out, doubled, or changed places with the next."""

from collections.abc import Iterable, Iterator

_SHORTEST = 5
# Words of their own that a slip of another word would give.
_REAL = frozenset({"patent", "medial", "patients", "recor"})


# Wrong letters that are met often.
_MISSPELT = {
    "assession": "accession",
    "ascession": "accession",
    "acsession": "accession",
    "pacient": "patient",
    "patiant": "patient",
    "patinent": "patient",
    "medicle": "medical",
    "hospitle": "hospital",
    "reccord": "record",
    "burth": "birth",
}


def slips(words: Iterable[str]) -> dict[str, str]:
    """Each likely slip of one of ``words``, with the word that was meant. Short words have none."""
    right = set(words)
    made = {
        slip: word
        for word in sorted(right)
        if len(word) >= _SHORTEST
        for slip in _slips(word)
        if slip not in right and slip not in _REAL
    }
    return made | _MISSPELT


def _slips(word: str) -> Iterator[str]:
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place] + word[place:]
        yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
