"""DICOM attributes explained: name, VR with its limit, VM, and whether the attribute is retired (PS3.6)."""

from dataclasses import dataclass

from bot.taskforce.diagnosis.representations import limit_of
from bot.taskforce.notations.dicom import Attribute


def explain(attribute: Attribute) -> str:
    """One line about an attribute: "(0008,1030) StudyDescription is Study Description, VR LO (...), VM 1"."""
    if attribute.is_private:
        return f"{attribute.tag} is private: the block's owner is named in (gggg,0010-00FF) of its group"
    entry = dictionary_entry(attribute)
    limit = limit_of(entry.vr)
    vr = f"{entry.vr} ({limit})" if limit else entry.vr
    words = f"{attribute.tag} {attribute.keyword} is {entry.name}, VR {vr}, VM {entry.vm}"
    return f"{words}; retired" if entry.retired else words


@dataclass(frozen=True, slots=True)
class Entry:
    """What PS3.6 says of an attribute."""

    vr: str
    vm: str
    name: str
    retired: bool


def dictionary_entry(attribute: Attribute) -> Entry:
    """The entry of a public attribute that was parsed before. Raises ``KeyError`` for any other."""
    from pydicom.datadict import get_entry  # noqa: PLC0415 - the dictionaries take long to import

    vr, vm, name, retired, keyword = get_entry((attribute.group << 16) | attribute.element)
    return Entry(vr, vm, name or keyword, retired=bool(retired))
