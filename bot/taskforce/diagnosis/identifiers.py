"""UIDs named: SOP classes, transfer syntaxes and everything else that DICOM PS3.6 registers."""

import re
from collections.abc import Iterator

_UID = re.compile(r"(?<![0-9.])[0-2](?:\.[0-9]+){2,63}(?![0-9]|\.[0-9])", re.ASCII)
_MOST_NAMED = 5


def explain(text: str) -> Iterator[str]:
    """One line for each registered UID in ``text``, such as "1.2.840.10008.5.1.4.1.1.2 is CT Image Storage (SOP Class)"."""
    from pydicom._uid_dict import UID_dictionary  # noqa: PLC0415 - the dictionaries take long to import

    found = dict.fromkeys(uid for uid in _UID.findall(text) if uid in UID_dictionary)
    for uid in tuple(found)[:_MOST_NAMED]:
        name, kind, _info, retired, _keyword = UID_dictionary[uid]
        yield f"{uid} is {name} ({kind}{', retired' if retired else ''})"
