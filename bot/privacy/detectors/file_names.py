"""``patient_name`` in file names: ``smith_ct.png``, ``Doe_Jane_1957.dcm``."""

import re
from collections.abc import Iterator

from bot.privacy.known_names import GIVEN, KNOWN
from bot.privacy.terms import Category, Finding
from bot.privacy.wordlists import words

_EXTENSION = re.compile(
    r"\.(?:png|jpe?g|jpg|pdf|dcm|dicom|zip|tiff?|bmp|gif|docx?|xlsx?|csv|txt|mp4|mov|avi|wav|heic|rtf|html?|xml|hl7|nii|gz|7z|eml|msg|pptx?)\b",
    re.IGNORECASE,
)
_STEM = re.compile(r"[\w.^'+-]{2,100}$")
_PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_SUBJECTS = words(
    "ct cta mr mri mra xr xray us pet nm mg mammo dx cr rx head brain chest abdomen abd pelvis knee hip spine scan report banner result"
    " results mrn dob patient pt referral letter consent wrist ankle shoulder lung thorax skull cxr biopsy echo angio fracture"
)
_LONGEST = 100
_IDENTIFYING_DIGITS = 6


def find(text: str) -> Iterator[Finding]:
    """Every file name with the name of somebody and what it shows, or with a whole name."""
    for extension in _EXTENSION.finditer(text):
        stem = _STEM.search(text[max(extension.start() - _LONGEST, 0) : extension.start()])
        if stem is not None and _names_patient([piece.lower() for piece in _PIECE.findall(stem.group())]):
            yield Finding(extension.start() - len(stem.group()), extension.end(), Category.PATIENT_NAME)


def _names_patient(pieces: list[str]) -> bool:
    known = [piece for piece in pieces if piece in KNOWN]
    numbers = any(piece.isdigit() and len(piece) >= _IDENTIFYING_DIGITS for piece in pieces)
    if not known:
        return False
    whole = len(set(known)) > 1 and any(piece in GIVEN for piece in known)
    return whole or numbers or any(piece in _SUBJECTS for piece in pieces)
