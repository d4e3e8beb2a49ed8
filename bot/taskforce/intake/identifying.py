"""The rule ``identifying_values: refuse``: beside an identifying attribute, only a pattern may be given."""

import ipaddress
import re
import unicodedata

from bot.taskforce.notations import Malformed
from bot.taskforce.notations.dicom import is_public_uid
from bot.taskforce.notations.hl7 import MESSAGE_TYPE

PATTERN_WANTED = (
    "This names an attribute that identifies a patient, staff or a device: give no value of it, but a"
    " pattern, such as '2 letters + 10 digits'."
)
_MOST_DIGITS = 4
_NAME = re.compile(r"[^\W\d_]\^+[^\W\d_]")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+){3}", re.ASCII)
_CORE = re.compile(r"\w(?:.*\w)?", re.DOTALL)


def refuse_values(text: str) -> None:
    """Raise ``Malformed`` if a word of ``text`` looks like the value of a person, order or study."""
    for word in unicodedata.normalize("NFKC", text).split():
        core = _CORE.search(word)
        if core is not None and _looks_like_value(core[0]):
            raise Malformed(PATTERN_WANTED)


def _looks_like_value(word: str) -> bool:
    digits = sum(letter.isdecimal() for letter in word)
    if digits <= _MOST_DIGITS and not _NAME.search(word):
        return False
    return not _is_harmless(word)


def _is_harmless(word: str) -> bool:
    return (
        _VERSION.fullmatch(word) is not None
        or MESSAGE_TYPE.fullmatch(word) is not None
        or _is_address(word)
        or is_public_uid(word)
    )


def _is_address(word: str) -> bool:
    try:
        ipaddress.ip_address(word)
    except ValueError:
        return False
    return True
