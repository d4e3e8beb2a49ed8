"""The nearest valid word, for people who mistyped one."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_NEAR = 60.0


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, None when nothing comes near."""
    found = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[0] if found is not None else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that offers the nearest word; empty when nothing comes near."""
    near = nearest(word, known)
    return f"; did you mean {near}?" if near is not None else ""


def listed(words: Iterable[str], *, most: int = 12) -> str:
    """Words for a sentence: ``a, b, c``; beyond ``most`` the rest is counted."""
    known = list(words)
    if not known:
        return "none is defined"
    if len(known) <= most:
        return ", ".join(known)
    return f"{', '.join(known[:most])} and {len(known) - most} more"
