"""Dates as people, forms and headers write them, in the languages of the locales."""

import re

_MONTHS = (
    "jan(?:uary|uar|vier|uari)?|enero|gennaio|ene|gen|feb(?:ruary|ruar|ruari)?|fevrier|fev|febrero|febbraio|mar(?:ch|s|zo|t)?"
    "|marz|maart|mrt|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|ma[yi]|mayo|mei|maggio|mag|june?|juni|juin|junio|giugno|giu"
    "|july?|juli|juillet|juil|julio|luglio|lug|aug(?:ust|ustus)?|aout|ago(?:sto)?|sept?(?:ember|embre|tembre|iembre)?"
    "|set(?:tembre)?|o[ck]t(?:ober|obre|ubre)?|ott(?:obre)?|nov(?:ember|embre|iembre)?|de[czs](?:ember|embre|iembre)?"
    "|dic(?:embre|iembre)?"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:18|19|20)[0-9]{2}"
_SHORT_YEAR = rf"(?:{_YEAR}|'?[0-9]{{2}})"
_SEPARATOR = r"\s?[-/. ,\n]\s?"
_END = r"(?![0-9])"
_NUMERIC = (
    rf"(?:{_YEAR}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_DAY}"
    rf"|{_DAY}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_SHORT_YEAR}|{_MONTH}{_SEPARATOR}{_DAY}{_SEPARATOR}{_SHORT_YEAR})"
)
_COMPACT = rf"(?:{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2]){_YEAR})"
_COMPACT_MONTH_FIRST = rf"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]){_YEAR}"
_COMPACT_SHORT = r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}"
_DAY_OF = rf"{_DAY}(?:st|nd|rd|th|\.|er)?[ \-/.]{{0,3}}(?:(?:of|de|di) )?[ ]?"
_NAMED = (
    rf"(?:{_DAY_OF}(?:{_MONTHS})(?![a-z])\.?[ \-/,.']{{0,3}}(?:(?:de|del) )?{_SHORT_YEAR}"
    rf"|(?:{_MONTHS})(?![a-z])\.?[ \-/.]{{0,2}}{_DAY}(?:st|nd|rd|th)?[ \-/,.']{{0,3}}{_SHORT_YEAR}"
    rf"|{_YEAR}[ \-/.](?:{_MONTHS})(?![a-z])\.?[ \-/.]{_DAY})"
)
_DATE = re.compile(
    rf"(?:{_NAMED}|{_NUMERIC}|{_COMPACT}|{_COMPACT_MONTH_FIRST}|{_COMPACT_SHORT}){_END}", re.IGNORECASE
)
_CALENDAR = re.compile(rf"(?:{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}|{_DAY}[-/.]{_MONTH}[-/.]{_SHORT_YEAR})")
# What systems put where nobody's date of birth is known.
_UNKNOWN = re.compile(r"(?:1[89]00|0001|9999)[-/. ]?0?1[-/. ]?0?1|0?1[-/. ]0?1[-/. ]1[89]00|01011[89]00")


def date(text: str, start: int) -> int | None:
    """The end of a date of a day at ``start``, None when there is none or it stands for an unknown one."""
    found = _DATE.match(text, start)
    if found is None or _UNKNOWN.fullmatch(found.group()):
        return None
    return found.end()


def is_calendar_date(value: str) -> bool:
    """Whether ``value`` is nothing but a date with separators."""
    return _CALENDAR.fullmatch(value) is not None
