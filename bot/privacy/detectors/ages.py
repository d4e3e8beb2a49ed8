"""``age_over_89``: an age that few people reach (45 CFR 164.514(b)(2)(i)(C))."""

import re
from collections.abc import Iterator

from bot.privacy.terms import Category, Finding

_AGE = r"(?<![\w.,:/-])(?:9[0-9]|1[01][0-9])"
_WORDS = r"ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:one|a) hundred(?: and (?:one|two|three|four|five|six|seven))?"
_OVER_89 = re.compile(
    rf"{_AGE}(?:[ -]{{0,2}}(?:years?|yrs?|yr)[ -]{{1,2}}(?:old|of age)\b|[ -]?(?:y[/.]?o\b|yo[mf]?\b|y\.o\.|yrs?[/ ]?o\b)"
    r"|[ -]{0,2}(?:jahre alt|jahrig\w*|ans\b|anos\b|anni\b|jaar oud|jarige?\b|ar gammal)"
    r"|[ -]?(?:y|yrs?|years?),? ?(?:f|m|female|male|lady|gentleman|woman|man|pt|patient)\b)"
    rf"|\b(?:aged?|age[sd]? at \w+)(?: is| was| of)?[ :=]{{1,3}}['\"\[]?(?:9[0-9]|1[01][0-9])"
    r"(?!\s?(?:[-+%:/.,]?[0-9]|days?|d\b|hours?|hrs?|h\b|min|months?|weeks?|wks?|[+%]))\b"
    rf"|(?<![\w.])(?:09[0-9]|1[01][0-9])Y\b"
    rf"|\b(?:{_WORDS})[ -](?:years?|yrs?)[ -](?:old|of age)\b"
    r"|\b(?:nonagenarian|centenarian)s?\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Finding]:
    """Every age of 90 to 119 years that is said to be one."""
    for found in _OVER_89.finditer(text):
        yield Finding(found.start(), found.end(), Category.AGE_OVER_89)
