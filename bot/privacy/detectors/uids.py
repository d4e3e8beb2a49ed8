"""``instance_uid``: UIDs that name a study, series or image, and so a patient to anybody with the archive."""

import re
from collections.abc import Iterator
from functools import cache

from bot.privacy.terms import Category, Finding

_UID = re.compile(
    r"(?<![\w.])(?:urn:oid:)?(?P<uid>[0-2](?:\.\n?(?:0|[1-9][0-9]{0,40})){2,40})(?!\w)(?P<after>\.?[xX*.]{0,3})"
)
_LABEL = re.compile(
    r"(?:study|series|sop|instance|frame of reference|image)[ _]?(?:instance)?[ _]?uids?\W{0,8}(?:\w{1,3}\W{1,4}){0,3}$",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?:implementation|sop ?class|class|transfer ?syntax|root|authority|issuer|assign\w+|system|oid|profile|template|scheme|object id"
    r"|version|snmp|certificate|extended key)\b[\w .]{0,24}\W{0,6}$",
    re.IGNORECASE,
)
# Registered elsewhere for things: HL7's arc, Microsoft and its directory, RSA, MIB-2 and SNMP, Epic's assigners, Cisco.
_THINGS = (
    "2.16.840.1.113883.", "1.3.6.1.4.1.311.", "1.2.840.113556.", "1.2.840.113549.", "1.3.6.1.2.1.", "1.3.6.1.6.", "1.3.6.1.4.1.9.",
    "1.3.6.1.5.5.", "1.2.840.114350.1.", "1.2.840.10008.", "2.16.840.1.101.", "1.3.6.1.4.1.19376.", "2.5.4.", "2.5.29.",
)  # fmt: skip
_LONG = 36
_LONG_COMPONENT = 9
_UUID_DIGITS = 20
_REACH = 44


def find(text: str) -> Iterator[Finding]:
    """Every UID that is not registered for a thing and is built, or labelled, as an instance's."""
    for found in _UID.finditer(text):
        uid = found["uid"].replace("\n", "")
        if _names_instance(uid, text[max(found.start() - _REACH, 0) : found.start()]):
            yield Finding(found.start("uid"), found.end("uid"), Category.INSTANCE_UID)


def _names_instance(uid: str, before: str) -> bool:
    if uid.startswith(_THINGS) or uid in _registered():
        return False
    if uid.startswith("2.25."):
        return len(uid) - len("2.25.") >= _UUID_DIGITS
    if _LABEL.search(before):
        return uid.count(".") > 3  # noqa: PLR2004 - four numbers are an address
    built = len(uid) >= _LONG or any(len(component) >= _LONG_COMPONENT for component in uid.split("."))
    return built and _CLASS.search(before) is None


@cache
def _registered() -> frozenset[str]:
    from pydicom._uid_dict import UID_dictionary  # noqa: PLC0415 - takes a noticeable part of a second

    return frozenset(UID_dictionary)
