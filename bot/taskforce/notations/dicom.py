"""DICOM attributes, AE titles and UIDs (PS3.5, PS3.6).

pydicom's dictionaries are imported on first use: they take a noticeable part of a second.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from bot.taskforce.notations import Malformed
from bot.taskforce.notations.entries import refuse_repeats, split_outside_parentheses

ATTRIBUTE_ALLOWED = "a tag such as (0008,1030), a keyword such as StudyDescription, or both"
_TAG = re.compile(r"\(([0-9A-Fa-f]{4}),([0-9A-Fa-f]{4})\)(?:\s+([A-Za-z0-9]+))?", re.ASCII)
_KEYWORD = re.compile(r"[A-Za-z][A-Za-z0-9]*", re.ASCII)
_UID = re.compile(r"[0-2](?:\.(?:0|[1-9][0-9]*))+", re.ASCII)
_AE_TITLE = re.compile(r"[ -\[\]-~]{1,16}", re.ASCII)
# PS3.5 7.8: these odd groups are no private groups.
_NEVER_PRIVATE = frozenset({0x0001, 0x0003, 0x0005, 0x0007, 0xFFFF})
# Group 0000 belongs to the command set of PS3.7.
_COMMAND_GROUP = 0x0000
LONGEST_UID = 64
MOST_NEAR = 3
HL7_OIDS = "2.16.840.1.113883."


@dataclass(frozen=True, slots=True)
class Attribute:
    """A DICOM attribute: group, element, and the keyword of PS3.6 (empty for a private one)."""

    group: int
    element: int
    keyword: str

    @property
    def tag(self) -> str:
        """``(gggg,eeee)`` in upper case."""
        return f"({self.group:04X},{self.element:04X})"

    @property
    def is_private(self) -> bool:
        """Whether the group is odd."""
        return self.group % 2 == 1


def parse_ae_title(text: str) -> str:
    """The AE title as it is, case kept (PS3.5 6.2, VR AE). Raises ``Malformed``."""
    if not _AE_TITLE.fullmatch(text):
        raise Malformed("An AE title has 1 to 16 printable ASCII characters and no backslash.")
    return text


def parse_attributes(text: str) -> tuple[Attribute, ...]:
    """The attributes of a list of tags and keywords. Raises ``Malformed``, with the nearest keywords."""
    entries = split_outside_parentheses(text)
    attributes = tuple(_attribute(entry, number) for number, entry in enumerate(entries, start=1))
    refuse_repeats((attribute.group, attribute.element) for attribute in attributes)
    return attributes


def parse_uid(text: str) -> str:
    """A DICOM UID (PS3.5 chapter 9). Raises ``Malformed``."""
    if len(text) > LONGEST_UID or not _UID.fullmatch(text):
        raise Malformed(
            f"A UID has at most {LONGEST_UID} characters: numbers without leading zeros, separated by"
            " dots, the first of them 0, 1 or 2."
        )
    return text


def is_public_uid(uid: str) -> bool:
    """Whether a UID names no instance: it is registered in PS3.6 or an OID of HL7's arc."""
    return uid.startswith(HL7_OIDS) or uid in _registered_uids()


def _attribute(entry: str, number: int) -> Attribute:
    found = _TAG.fullmatch(entry)
    if found is not None:
        group, element, keyword = int(found[1], 16), int(found[2], 16), found[3]
        return _tagged(group, element, keyword, number)
    if not _KEYWORD.fullmatch(entry):
        raise Malformed(f"Entry {number}: give {ATTRIBUTE_ALLOWED}.")
    known = _tags_by_keyword()
    if entry not in known:
        raise Malformed(f"Entry {number}: this is no keyword of DICOM PS3.6. {_nearest(entry)}")
    tag = known[entry]
    return Attribute(tag >> 16, tag & 0xFFFF, entry)


def _nearest(entry: str) -> str:
    """The keywords that may have been meant; whoever typed another case meant one and no other."""
    known = _tags_by_keyword()
    same = [keyword for keyword in known if keyword.casefold() == entry.casefold()]
    near = same or get_close_matches(entry, known, n=MOST_NEAR, cutoff=0.7)
    if not near:
        return f"Give {ATTRIBUTE_ALLOWED}."
    return f"The nearest {'is' if len(near) == 1 else 'are'} {', '.join(near)}."


def _tagged(group: int, element: int, keyword: str | None, number: int) -> Attribute:
    if group % 2 == 1:
        if group in _NEVER_PRIVATE:
            raise Malformed(f"Entry {number}: no attribute has this odd group (PS3.5).")
        if keyword is not None:
            raise Malformed(f"Entry {number}: a private attribute has no keyword; give the tag alone.")
        return Attribute(group, element, "")
    name = _keyword_of(group, element)
    if name is None:
        raise Malformed(f"Entry {number}: this tag is not in DICOM PS3.6.")
    if keyword is not None and keyword != name:
        raise Malformed(f"Entry {number}: the keyword of this tag is {name or 'none'}, not the one given.")
    return Attribute(group, element, name)


@cache
def _tags_by_keyword() -> dict[str, int]:
    from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary  # noqa: PLC0415

    known = {entry[4]: tag for tag, entry in DicomDictionary.items() if entry[4] and tag >> 16}
    repeating = {entry[4]: int(mask.replace("x", "0"), 16) for mask, entry in RepeatersDictionary.items()}
    return {**repeating, **known}


def _keyword_of(group: int, element: int) -> str | None:
    """The keyword of an attribute of PS3.6 (may be empty), None for a tag that is not there."""
    from pydicom.datadict import get_entry  # noqa: PLC0415

    if group == _COMMAND_GROUP:
        return None
    try:
        return get_entry((group << 16) | element)[4]
    except KeyError:
        return None


@cache
def _registered_uids() -> frozenset[str]:
    from pydicom._uid_dict import UID_dictionary  # noqa: PLC0415

    return frozenset(UID_dictionary)
