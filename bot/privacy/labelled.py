"""Values behind a label: "MRN 00482913", "date of birth: 14 Mar 1957", ``"patientName": "Doe, Jane"``.

The labels are a tree of words. From the end of a label at most a dozen words and signs are passed over
to its value, so that the work grows with the length of the text alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.privacy.context import INVENTED, LEADING, LOOSE, OTHERS, PASSING, SURE
from bot.privacy.labels import SLIPS
from bot.privacy.terms import Category, Finding
from bot.privacy.tokens import Token

_MOST_PASSED = 30
_MOST_WORDS = 8
_JOINTS = frozenset("._-'/&\n\"")
_COMPONENT = re.compile(r"(?:\[[0-9]\])?(?:\.[0-9]{1,2}){0,2}(?![0-9])")
_NEXT = re.compile(
    r"['\"*)\]]?\s{0,2}(?:,|;|&|/|\||\+|->|=>|and\b|or\b|to\b|vs\b\.?|und\b|et\b|y\b)\s{0,2}['\"*(\[]?"
)
_LINK = re.compile(
    r"[)'\"*]{0,2}\s{0,2}(?:\(|\[|[-=/]\s?|,?\s?(?:is|was|as|being)\s(?:(?:the|her|his|their|its|a|an|our|this|my)\s)?(?:(?:patient|pt|correct|right"
    r"|actual|real|new|old|wrong|full|local)(?:'s)?\s){0,2})",
    re.IGNORECASE,
)
_BEFORE = 60
_BETWEEN = frozenset({"patient", "study", "order", "case", "person", "-", "_"})


class Hint(NamedTuple):
    """What led to a value."""

    surely: bool
    """A sign such as ``:`` or ``=`` introduced it."""
    glued: bool
    """It follows the label's letters without anything between."""
    loosely: bool
    """A comma or a line end lay between."""
    astray: bool = False
    """Words lay between that lead to no value: only one that could hardly be anything else counts."""


Reader = Callable[[str, int, Hint], int | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a label announces: a category, and how its value is read."""

    category: Category
    read: Reader
    shapes: re.Pattern[str] | None = None
    """How a value looks that may also stand before its label: "00482913 (MRN)"."""
    passed: frozenset[str] = LEADING
    """The words that may stand between the label and its value."""
    strays: int = 0
    """How many other words may."""


@dataclass(slots=True)
class _Node:
    below: dict[str, "_Node"] = field(default_factory=dict)
    rule: Rule | None = None


class Labels:
    """A tree of labels, each with its rule. The first rule that is given for a phrase stays."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, phrases: Iterable[tuple[str, ...]], rule: Rule) -> None:
        """Let each of ``phrases`` announce what ``rule`` says."""
        for phrase in phrases:
            node = self._root
            for word in phrase:
                node = node.below.setdefault(word, _Node())
            node.rule = node.rule or rule

    def find(self, text: str, pieces: list[Token]) -> Iterator[Finding]:
        """Every value of ``text`` behind a label, or before one that names it."""
        place = 0
        first = self._root.below
        while place < len(pieces):
            word = pieces[place].text
            found = self._longest(pieces, place) if word in first or word in SLIPS else None
            if found is None:
                place += 1
                continue
            rule, after = found
            if not _is_invented(pieces, place):
                yield from _values(text, pieces, after, rule)
                yield from _value_before(text, pieces[place].start, rule)
            place = after

    def rule_of(self, pieces: list[Token]) -> Rule | None:
        """The rule of a heading: of the label that it is, alone."""
        found = self._longest(pieces, 0) if pieces else None
        return found[0] if found is not None and found[1] >= len(pieces) else None

    def _longest(self, pieces: list[Token], place: int) -> tuple[Rule, int] | None:
        node, best, joints = self._root, None, 0
        while place < len(pieces):
            word = pieces[place].text
            below = node.below.get(word) or node.below.get(SLIPS.get(word, ""))
            if below is None:
                joints += 1
                if node is self._root or word not in _JOINTS or joints > 2:  # noqa: PLR2004 - "hosp._no"
                    return best
            else:
                node, joints = below, 0
                if node.rule is not None:
                    best = (node.rule, place + 1)
            place += 1
        return best


def _is_invented(pieces: list[Token], place: int) -> bool:
    """Whether "test", "synthetic" or their like stand right before the label, or before "patient" there."""
    before = [token.text for token in pieces[max(place - 2, 0) : place]]
    return "issuer" in before or (
        bool(before) and (before[-1] in INVENTED or (before[0] in INVENTED and before[-1] in _BETWEEN))
    )


def _values(text: str, pieces: list[Token], after: int, rule: Rule) -> Iterator[Finding]:
    label_end = pieces[after - 1].end
    if text[label_end - 1].isdigit() and (component := _COMPONENT.match(text, label_end)):
        label_end = component.end()  # PID-3[1].4
    surely = pieces[after - 1].text == "#"
    loosely = False
    words = strays = 0
    for token in pieces[after : after + _MOST_PASSED]:
        if token.start < label_end:
            continue
        glued = token.start == label_end and text[label_end - 1].isalpha()
        hint = Hint(surely, glued, loosely, astray=strays > 0)
        end = rule.read(text, token.start, hint)
        if end is not None:
            yield Finding(token.start, end, rule.category)
            yield from _more(text, end, rule)
            return
        words += token.text.isalpha()
        if token.text not in PASSING and token.text not in rule.passed:
            strays += 1
        if words > _MOST_WORDS or strays > rule.strays or (strays and _ends_thought(token)):
            return
        surely = surely or token.text in SURE
        loosely = loosely or (token.text in LOOSE and not surely)


def _ends_thought(token: Token) -> bool:
    return token.text in OTHERS or token.text in LOOSE or token.text in ".|" or token.text.isdigit()


def _more(text: str, end: int, rule: Rule) -> Iterator[Finding]:
    """The further values of a list: "MRNs 00482913, 00482914 and 00482915"."""
    while (link := _NEXT.match(text, end)) is not None:
        start = link.end()
        following = rule.read(text, start, Hint(surely=False, glued=False, loosely=True))
        if following is None:
            return
        yield Finding(start, following, rule.category)
        end = following


def _value_before(text: str, label: int, rule: Rule) -> Iterator[Finding]:
    if rule.shapes is None:
        return
    start = max(label - _BEFORE, 0)
    window = text[start:label]
    for shape in rule.shapes.finditer(window):
        if _LINK.fullmatch(window, shape.end()) is not None:
            hint = Hint(surely=False, glued=False, loosely=False)
            end = rule.read(text, start + shape.start(), hint)
            if end is not None:
                yield Finding(start + shape.start(), end, rule.category)
