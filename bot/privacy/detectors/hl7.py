"""``hl7_pid`` and the order numbers of pasted HL7 version 2 segments."""

import re
from collections.abc import Iterator

from bot.privacy.person_names import caret_name
from bot.privacy.terms import Category, Finding
from bot.privacy.values import identifier, is_masked

_PERSON = re.compile(r"(?<![A-Za-z0-9_])(?:PID|NK1|GT1|IN1|IN2|MRG|PD1)[ \n]?\|", re.IGNORECASE)
_ORDER = re.compile(r"(?<![A-Za-z0-9_])(?P<segment>ORC|OBR|IPC)\|")
_SEGMENT = re.compile(
    r"(?<![A-Za-z0-9_])(?:MSH|EVN|PID|PD1|NK1|PV1|PV2|GT1|IN1|IN2|IN3|MRG|ORC|OBR|OBX|IPC|TQ1|NTE|AL1|DG1|ZDS|ROL|SCH|RGS|AIS|AIG|AIL|AIP|MSA)\|"
)
_PART = re.compile(r"[^|^~&\n]{1,80}")
_NUMBER = re.compile(r"[0-9]{4,}")
# Which fields hold order and accession numbers (HL7 2.5.1, chapter 4; IPC: chapter 4, imaging procedure control).
_NUMBERED = {"ORC": (2, 3), "OBR": (2, 3, 18, 19), "IPC": (1, 2)}
_LONGEST = 1500
_SHORTEST = 6


def find(text: str) -> Iterator[Finding]:
    """Segments about a person that hold a value, and the order numbers of order segments."""
    for found in _PERSON.finditer(text):
        end = _end(text, found.end())
        if end - found.end() >= _SHORTEST and _holds_value(text, found.end(), end):
            yield Finding(found.start(), end, Category.HL7_PID)
    for found in _ORDER.finditer(text):
        yield from _order_numbers(text, found)


def _end(text: str, start: int) -> int:
    """Where the segment ends: at the next one, or at a line end that no field follows."""
    limit = min(start + _LONGEST, len(text))
    following = _SEGMENT.search(text, start, limit)
    limit = following.start() if following else limit
    end = _line_end(text, start, limit)
    while end < limit:
        further = _line_end(text, end + 1, limit)
        if "|" not in text[end:further] and "^" not in text[end:further]:
            break
        end = further
    return end


def _line_end(text: str, start: int, limit: int) -> int:
    end = text.find("\n", start, limit)
    return limit if end < 0 else end


def _holds_value(text: str, start: int, end: int) -> bool:
    numbers = _NUMBER.finditer(text, start, end)
    if any(not is_masked(text, number.start(), number.end()) for number in numbers):
        return True
    parts = _PART.finditer(text, start, end)
    return any(caret_name(text, part.start()) is not None for part in parts if text[part.start() - 1] in "|~")


def _order_numbers(text: str, found: re.Match[str]) -> Iterator[Finding]:
    limit = min(found.end() + _LONGEST, len(text))
    following = _SEGMENT.search(text, found.end(), limit)
    end = _line_end(text, found.end(), following.start() if following else limit)
    place = found.end()
    for number, value in enumerate(text[place:end].split("|"), start=1):
        if number in _NUMBERED[found["segment"]]:
            stop = identifier(text, place, fewest=4, surely=True)
            if stop is not None:
                yield Finding(place, stop, Category.ACCESSION)
        place += len(value) + 1
