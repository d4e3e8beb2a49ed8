"""``dicom_dump``: values beside the keywords of attributes that name a patient, as tools print them."""

import re
from collections.abc import Iterator

from bot.privacy.dates import date
from bot.privacy.person_names import caret_name, full_name, is_placeholder
from bot.privacy.terms import Category, Finding
from bot.privacy.values import identifier

_KEYWORD = re.compile(
    r"(?<![A-Za-z])(?:Patient(?:Name|BirthName|Address|MotherBirthName|TelephoneNumbers|ID|BirthDate)|PatientsName|OtherPatient(?:Names|IDs))"
    r"['\"]?\s{0,40}(?:[:=\]>|]{1,2}|\bis\b|\bLO\b|\bPN\b|\bDA\b)\s?(?:(?:PN|LO|DA)\s?)?(?P<open>['\"\[]?)"
)
_QUOTED = re.compile(r"[^'\"\]\n<>*#]{2,64}(?=['\"\]])")


def find(text: str) -> Iterator[Finding]:
    """Every value that directly follows such a keyword and is no placeholder."""
    for found in _KEYWORD.finditer(text):
        end = _value(text, found.end(), quoted=bool(found["open"]))
        if end is not None:
            yield Finding(found.end(), end, Category.DICOM_DUMP)


def _value(text: str, start: int, *, quoted: bool) -> int | None:
    end = (
        caret_name(text, start)
        or full_name(text, start)
        or date(text, start)
        or identifier(text, start, fewest=4, surely=True)
    )
    if end is not None or not quoted:
        return end
    value = _QUOTED.match(text, start)
    if value is None or is_placeholder(value.group()) or any(letter.isdigit() for letter in value.group()):
        return None
    return value.end()
