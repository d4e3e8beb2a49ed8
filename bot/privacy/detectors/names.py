"""``patient_name``: a name behind a word or a title that says that somebody is a patient."""

import re
from collections.abc import Iterator

from bot.privacy.context import around, is_about_staff
from bot.privacy.person_names import full_name, has_known_name, is_given_and_family, lower_name, single_name
from bot.privacy.terms import Category, Finding

_PATIENT = re.compile(
    r"(?<![\w.-])(?:[Pp]atients?|PATIENT|[Pp]t|[Pp]at|pnt|[Pp]aitent|[Pp]ateint|[Pp]atinet|[Pp]atientin|[Pp]aciente|[Pp]aziente)\.?(?:'s)?"
    r"(?:\s{0,2}(?:is|was|called|named|name|aka|name is|known as|initials)\b)?\s{0,2}[:=#(,\"'*_>\[-]{0,3}\s{0,2}['\"*_]?(?=[A-Za-z])"
)
_TITLE = re.compile(
    r"(?<![\w.-])(?:Mr|Mrs|Ms|Miss|MRS|MISS|Mme|Mlle|Frau|Herr|Herrn|Hr|Fr|Sra|Sr|Srta|Sig|Sig\.ra|Signora|Mevr|Mevrouw|Dhr|Master|Fru"
    r"|mrs|mr|miss|frau|herr|mme)\.?[ \n](?=[A-Za-z])"
)
_NAMED = re.compile(r"(?<![\w.-])(?:[Nn]ame|NAME)['\"]?\s?[:=]\s?['\"]?(?=[A-Za-z])")
_IMAGES = re.compile(
    r"\b(?:ct|cta|mri?|x-?rays?|scans?|ultrasounds?|mammo\w*|images?|films?|study|exams?|priors|pet|us|radiographs?|angio\w*|echo|dexa)"
    r"(?: \w{2,10}){0,2} (?:of|for|on|from|belonging to) (?=[A-Z])",
    re.IGNORECASE,
)
_CLINICAL = re.compile(
    r"\b(?:ct|cta|mri|mr|x-?rays?|scans?|scanned|ultrasound|mammo\w*|images?|imaging|study|studies|exams?|reports?|biopsy|bed|ward|admitted"
    r"|discharged|appointment|booked|results?|diagnos\w+|surgery|operation|theatre|priors?|chest|head|abdomen|hip|knee|brain|pelvis|dob|mrn|born"
    r"|aged?|year|fracture|stroke|tumou?r|cancer|befund|untersuchung|aufnahme|station|bett|irm|scanner)\b",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"\b(?:dob|d\.o\.b|birth|born|mrn|nhs|patient|accession|ssn|gender|sex)\b", re.IGNORECASE
)
_VERB = re.compile(
    r"(?:'s|,)? (?:is|was|has|had|cannot|can't|came|went|needs|got|arrived|waits|waiting|left|still|did|could|will|says|lay|lies)\b|'s (?!\w+ing\b)"
)
_LOWER = re.compile(r"[a-z]{3,20}")
_NEAR = 60
_NEARER = 40


def find(text: str) -> Iterator[Finding]:
    """Every name of somebody who is said to be a patient."""
    for places in (_after_patient, _after_title, _after_name, _after_images):
        for start, end in places(text):
            yield Finding(start, end, Category.PATIENT_NAME)


def _after_patient(text: str) -> Iterator[tuple[int, int]]:
    for found in _PATIENT.finditer(text):
        start = found.end()
        end = full_name(text, start)
        if end is not None and (
            has_known_name(text[start:end]) or not _is_heading(text, found.start(), start, end)
        ):
            yield start, end
            continue
        end = _shorter_name(text, found)
        if end is not None:
            yield start, end


def _shorter_name(text: str, cue: re.Match[str]) -> int | None:
    """One frequent name, two in small letters, or any one that is followed as only a person is."""
    start = cue.end()
    end = lower_name(text, start)
    if end is not None and is_given_and_family(text[start:end]):
        return end
    end = single_name(text, start, known=True)
    if end is not None:
        return end
    end = single_name(text, start, known=False)
    return end if end is not None and _is_person(text, cue, end) else None


def _is_heading(text: str, cue: int, start: int, end: int) -> bool:
    """Whether capitals belong to a title: all in capitals, or the next word has one too."""
    line = text[max(cue - _NEARER, 0) : cue] + text[end : end + _NEARER]
    if text[start:end].isupper() and not any(letter.islower() for letter in line):
        return True
    following = text[end : end + 2]
    return following[:1] == " " and following[1:].isupper()


def _is_person(text: str, cue: re.Match[str], end: int) -> bool:
    return not cue.group().isupper() and _VERB.match(text, end) is not None


def _after_title(text: str) -> Iterator[tuple[int, int]]:
    for found in _TITLE.finditer(text):
        start = found.end()
        end = full_name(text, start)
        end = None if end is not None and "," in text[start:end] else end
        sure = end is not None
        if end is None:
            typed = found.group().strip(" .\n")
            end = (
                single_name(text, start, known=False)
                if typed[:1].isupper()
                else lower_name(text, start) or _lower(text, start)
            )
        if end is None:
            continue
        near = around(text, found.start(), end, _NEARER)
        if not is_about_staff(near) and (sure or _CLINICAL.search(near)):
            yield start, end


def _lower(text: str, start: int) -> int | None:
    word = _LOWER.match(text, start)
    return word.end() if word and has_known_name(word.group()) else None


def _after_name(text: str) -> Iterator[tuple[int, int]]:
    for found in _NAMED.finditer(text):
        end = full_name(text, found.end()) or lower_name(text, found.end())
        if end is not None and _IDENTITY.search(around(text, found.start(), end, _NEAR)):
            yield found.end(), end


def _after_images(text: str) -> Iterator[tuple[int, int]]:
    for found in _IMAGES.finditer(text):
        end = full_name(text, found.end())
        if end is None or not has_known_name(text[found.end() : end]):
            continue
        if not is_about_staff(around(text, found.start(), end, _NEARER)):
            yield found.end(), end
