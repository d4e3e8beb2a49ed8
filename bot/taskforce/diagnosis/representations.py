"""Value representations: how long a value may be, which characters it takes (DICOM PS3.5 table 6.2-1)."""

import re
from collections.abc import Iterator

_LONGEST = {
    "AE": 16,
    "AS": 4,
    "CS": 16,
    "DA": 8,
    "DS": 16,
    "DT": 26,
    "IS": 12,
    "LO": 64,
    "LT": 10240,
    "PN": 64,
    "SH": 16,
    "ST": 1024,
    "TM": 14,
    "UI": 64,
}
# The form of a value, and how it is said.
_FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    "AS": (re.compile(r"[0-9]{3}[DWMY]", re.ASCII), "three digits and D, W, M or Y: 045Y"),
    "CS": (re.compile(r"[A-Z0-9 _]*", re.ASCII), "upper case letters, digits, space and underscore only"),
    "DA": (re.compile(r"[0-9]{8}", re.ASCII), "YYYYMMDD"),
    "DS": (
        re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([Ee][+-]?[0-9]+)?\s*", re.ASCII),
        "a decimal number",
    ),
    "IS": (re.compile(r"\s*[+-]?[0-9]+\s*", re.ASCII), "a whole number"),
    "TM": (
        re.compile(r"[0-9]{2}([0-9]{2}([0-9]{2}(\.[0-9]{1,6})?)?)?\s*", re.ASCII),
        "HHMMSS.FFFFFF, without colons",
    ),
    "UI": (
        re.compile(r"[0-2](\.(0|[1-9][0-9]*))+", re.ASCII),
        "numbers separated by dots, without leading zeros",
    ),
}
_BY_CHARACTER_SET = frozenset({"LO", "LT", "PN", "SH", "ST", "UC", "UT"})
# In these a backslash is a character; in every other text VR it separates values.
_ONE_VALUE = frozenset({"LT", "ST", "UT", "UR"})


def limit_of(vr: str) -> str:
    """How long a value of this VR may be, in words; empty where PS3.5 sets no limit that people meet."""
    longest = _LONGEST.get(vr)
    each = " in each component group" if vr == "PN" else ""
    return f"at most {longest:,} characters{each}" if longest is not None else ""


def faults(vr: str, written: str) -> Iterator[str]:
    """What keeps ``written`` from being values of this VR, as phrases; nothing when it may be."""
    if vr == "AE" and "\\" in written:
        yield "VR AE takes no backslash"
        return
    values = [written] if vr in _ONE_VALUE else written.split("\\")
    if len(values) > 1:
        yield f"the backslash makes it {len(values)} values"
    for value in values:
        yield from _faults_of_one(vr, value)


def _faults_of_one(vr: str, value: str) -> Iterator[str]:
    longest = _LONGEST.get(vr)
    length = max(len(group) for group in value.split("=")) if vr == "PN" else len(value)
    if longest is not None and length > longest:
        yield f"it has {length} characters, VR {vr} allows {longest}"
    form = _FORMS.get(vr)
    if form is not None and not form[0].fullmatch(value):
        yield f"VR {vr} takes {form[1]}"
    if not value.isascii():
        if vr in _BY_CHARACTER_SET:
            yield "characters outside ASCII need the right Specific Character Set (0008,0005)"
        elif form is None and longest is not None:
            yield f"VR {vr} takes ASCII only"
