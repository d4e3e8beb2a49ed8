"""What two DICOM nodes said to each other: rejected and aborted associations, and the status of a C-STORE.

Association results are of PS3.8 section 9.3.4 (table 9-21) and 9.3.8 (table 9-26), statuses of PS3.4
annex B.2.3 and PS3.7 annex C.
"""

import re
from collections.abc import Iterator

_REJECTED = re.compile(
    r"\b(?:A-?)?ASSOCIATE[- ]?RJ\b\W{0,3}(?:result\W{1,3})?([0-9])\s*[/,;]\s*(?:source\W{1,3})?([0-9])\s*[/,;]\s*"
    r"(?:reason\W{1,3})?([0-9])(?![0-9])",
    re.ASCII | re.IGNORECASE,
)
_ABORTED = re.compile(r"\bA-?ABORT\b\W{0,3}([0-9])\s*/\s*([0-9])(?![0-9])", re.ASCII | re.IGNORECASE)
_STATUS = re.compile(
    r"(?:\b0x|\bstatus\W{1,3}(?:code\W{1,3})?(?:0x)?|\bC-STORE\W{1,3}(?:0x)?)([0-9A-F]{4})\b",
    re.ASCII | re.IGNORECASE,
)
# Rooms and products are called C100 and A700 too: a bare code counts where storing is spoken of.
_STORING = re.compile(r"\b(?:C-STORE|stor(?:e|ed|ing|age)|status)\b", re.IGNORECASE)
_CODE = re.compile(r"\b(A[79][0-9A-F]{2}|C[0-9A-F]{3}|B00[067])H?\b", re.ASCII)

_RESULT = {1: "rejected for good", 2: "rejected for the moment"}
_REASONS = {
    (1, 1): "no reason given by the receiver's application",
    (1, 2): "the application context name is not supported",
    (1, 3): "the receiver does not know the calling AE title: look at its list of allowed senders",
    (1, 7): "the receiver does not answer to the called AE title: compare it, case included",
    (2, 1): "no reason given by the receiver's association layer",
    (2, 2): "the protocol version is not supported",
    (3, 1): "the receiver is congested for the moment",
    (3, 2): "the receiver's limit of associations is reached",
}
_ABORT_SOURCE = {0: "the application of the other side", 2: "the association layer"}
_ABORT_REASON = {
    0: "no reason given",
    1: "a message was not recognised",
    2: "a message came unexpectedly",
    4: "a message held a parameter that was not recognised",
    5: "a message held a parameter that was unexpected",
    6: "a message held an invalid value",
}
_EXACT = {
    0x0000: "success: stored",
    0x0110: "the receiver failed while processing: look at its log",
    0x0111: "the SOP Instance is there already, under the same UID",
    0x0117: "the SOP Instance UID is not valid",
    0x0118: "the receiver has no such SOP class",
    0x0122: "the receiver does not support this SOP class",
    0x0124: "the sender is not authorised to store",
    0x0211: "the receiver does not know this operation",
    0xB000: "warning: stored, and the receiver coerced data elements, so a mapping rule is at work",
    0xB006: "warning: stored, and elements were discarded",
    0xB007: "warning: stored, and the data set does not match the SOP class",
}
_RANGES = (
    (0xA700, 0xA7FF, "refused: the receiver is out of resources"),
    (0xA900, 0xA9FF, "error: the data set does not match the SOP class"),
    (0xC000, 0xCFFF, "error: the receiver cannot understand the data set"),
)


def explain(text: str) -> Iterator[str]:
    """One line for each association result and C-STORE status in ``text``; unknown ones are left alone."""
    for result, source, reason in dict.fromkeys(_REJECTED.findall(text)):
        words = _REASONS.get((int(source), int(reason)))
        if words is not None and int(result) in _RESULT:
            yield f"A-ASSOCIATE-RJ {result}/{source}/{reason}: {_RESULT[int(result)]}; {words}"
    for source, reason in dict.fromkeys(_ABORTED.findall(text)):
        if int(source) in _ABORT_SOURCE and int(reason) in _ABORT_REASON:
            yield f"A-ABORT {source}/{reason} by {_ABORT_SOURCE[int(source)]}: {_ABORT_REASON[int(reason)]}"
    bare = _CODE.findall(text) if _STORING.search(text) else []
    for code in dict.fromkeys(found.upper() for found in (*_STATUS.findall(text), *bare)):
        words = _status(int(code, 16))
        if words is not None:
            yield f"C-STORE status {code}: {words}"


def _status(code: int) -> str | None:
    if code in _EXACT:
        return _EXACT[code]
    return next((words for first, last, words in _RANGES if first <= code <= last), None)
