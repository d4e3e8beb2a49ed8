"""Which files are kept as evidence, and why others are not. Reasons are for people, and quote nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from bot.operations.guarding import is_refused
from bot.privacy import Category
from bot.privacy.wording import called
from bot.programme import Programme

# DICOM PS3.10, 7.1: a preamble of 128 bytes, then the prefix.
_PREAMBLE = 128
_PREFIX = b"DICM"
_DICOM_ENDINGS = (".dcm", ".dicom", ".ima")
_DICOM = (
    "a DICOM object holds patient data; add a screenshot of a test patient, or the header values in words"
)
_MEGABYTE = 1_000_000
_TEXTUAL = frozenset(
    {"application/json", "application/xml", "application/x-ndjson", "application/x-yaml", "application/yaml"}
)
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of a text: ``lost`` says why it is not kept, in words, or is empty; ``doubts`` are what it may hold."""

    lost: str = ""
    doubts: Sequence[Category] = ()


def refused_unseen(programme: Programme, name: str, media_type: str, size: int) -> str:
    """Why a file of this name, type and size (bytes) is not fetched at all; empty when it is."""
    rules = programme.file.files
    if media_type == "application/dicom" or name.lower().endswith(_DICOM_ENDINGS):
        return _DICOM
    if not any(fnmatchcase(media_type, allowed) for allowed in rules.types):
        return f"files of this type are not kept; these are: {', '.join(rules.types)}"
    if is_text(media_type) and size > rules.largest_text_megabytes * _MEGABYTE:
        return (
            f"a text is looked through for patient data, and one longer than {rules.largest_text_megabytes} MB "
            "takes too long; cut out the lines that show it"
        )
    return too_large(programme, size)


def too_large(programme: Programme, size: int) -> str:
    """Why so many bytes are not kept; empty when they are."""
    most = programme.file.files.largest_megabytes
    return f"it is larger than {most} MB" if size > most * _MEGABYTE else ""


def is_dicom(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a DICOM object, whatever it is called."""
    return head[_PREAMBLE : _PREAMBLE + len(_PREFIX)] == _PREFIX


def refused_seen(head: bytes) -> str:
    """Why a file that begins with these bytes is not kept; empty when it is."""
    return _DICOM if is_dicom(head) else ""


def is_text(media_type: str) -> bool:
    """Whether a file of this type is words, which the privacy guard can read."""
    return media_type.startswith("text/") or media_type in _TEXTUAL


def judged(programme: Programme, content: bytes) -> Judgement:
    """What the privacy guard says of a text."""
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    found = programme.guard.inspect(content.decode(encoding, errors="replace"))
    if is_refused(programme, found):
        return Judgement(
            f"it holds what may identify a patient: {called(found.categories)}; remove it in Slack"
        )
    return Judgement(doubts=found.categories)
