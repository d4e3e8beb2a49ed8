"""How a person's name looks, and what only looks like one."""

import re

from bot.privacy.imaging_words import IMAGING, PLACEHOLDERS
from bot.privacy.known_names import GIVEN, KNOWN
from bot.privacy.wordlists import words

_WORD = (
    r"(?:(?:Mc|Mac|O'|D'|L')?[A-Z][a-z]{1,24}(?:[-'][A-Za-z][a-z]{1,24}){0,2}"
    r"|(?:O'|D')?[A-Z]{2,24}(?:[-'][A-Z]{1,24}){0,2})(?![A-Za-z])"
)
_INITIAL = r"[A-Z](?:\.|(?![A-Za-z]))"
_PARTICLES = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|bin|al|el|ter|zu|Van|Von|De|Der|Di|Da) ){0,2}"
)
_FULL = re.compile(
    rf"{_PARTICLES}(?:{_WORD}|{_INITIAL})(?:(?:, ?| ){_PARTICLES}(?:{_WORD}|{_INITIAL})){{1,3}}|{_WORD}(?:, ?{_INITIAL})"
)
_SINGLE = re.compile(_WORD)
_LOWER = re.compile(
    r"[a-z]{2,24}(?:[-'][a-z]{2,24})?(?:,? [a-z]{2,24}(?:[-'][a-z]{2,24})?){1,2}(?![\w@.-]\w)"
)
_CARETS = re.compile(r"[A-Za-z][A-Za-z' -]{0,40}\^[A-Za-z]")
_PIECE = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")

# Capitalised words that follow "patient" and name a thing, a place or a state.
THINGS = words(
    """
    access account accounts action address administration admission admissions advisory advocate affairs age alert alerts and app
    appointment appointments archive are area arrival banner bed birth birthdate board booking browser calls care cases centre
    center chart check class clinic code comfort comments communication comorbidity complaint complaints contact context cohort
    count cross dashboard data database date demographics department details did discharge document documents dose education
    encounter engagement entry error events experience export family feed feedback file files filter first flow folder for
    frame from group groups handling has header history hospital identification identifier identifiers identity image images
    impact import in index info information instance instructions is issue issuer issues journey label labels landing last
    leaflet level liaison limit list lists load location lock login lookup management manager mapping master match matching merge
    merges messages migration mismatch missing mode model monitor monitoring moved movement name names navigator no not number
    numbers of office on only optional orders orientation outcome outcomes page panel participation pathway path payment
    phantom photo picker placement policy portal portals position positioning preparation preview prior priors privacy process
    profile programme program query questionnaire reception reconciliation record records reference registration registry
    relations release relevance reminders reports representative representatives request requests resource results retrieve
    review risk root route routing safety satisfaction scheduling screen search security selection services service session setup
    sex size species split state status stay step study summary support surname sync synchronisation synchronization system
    table tab tag team test text the title to tower tracking transfer transfers transport type unit update updates upload user users
    verification view viewer visit volume waiting was weight who will with work workflow wrist wristband wristbands zone
    after all any at before both but by can cannot could does during each even every got had have he her his how if it its just
    may might must needs never none now often or other our over per please should since so still than that their them then there
    they this under until up us very via we were what when where which while why would you your
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december north south east west general royal saint st memorial university regional county city central community
    medical health healthcare imaging radiology cardiology oncology ward theatre emergency department trust nhs inc ltd gmbh
    siemens philips canon fujifilm fuji agfa sectra carestream epic cerner oracle intelerad visage merge change healthcare microsoft
    windows citrix teams slack chrome edge firefox java vendor admin administrator analyst engineer manager officer lead
    pending scheduled completed arrived active inactive verified unverified broken orphan orphaned duplicate duplicates wrong
    id ids mrn dob ssn nhs lo sh pn da uid uids no nr
    hl7 dicom pacs ris fhir ae mwl mpps uid vna ehr emr adt cda ihe pix pdq xds xua
    """
)
_NOT_NAMES = THINGS | IMAGING | PLACEHOLDERS


def full_name(text: str, start: int) -> int | None:
    """The end of a name of two words or more at ``start``: "Jane Doe", "DOE, Jane", "J. van der Berg"."""
    found = _FULL.match(text, start)
    if found is None:
        return None
    words = _words(found.group())
    if any(word in _NOT_NAMES for word in words[:2]) or max(map(len, words)) < 2:  # noqa: PLR2004 - initials alone
        return None
    return _without_things(found)


def lower_name(text: str, start: int) -> int | None:
    """The end of a name typed in small letters at ``start``; one of its words must be a known name."""
    found = _LOWER.match(text, start)
    if found is None:
        return None
    words = _words(found.group())[:2]
    if any(word in _NOT_NAMES for word in words) or not any(word in KNOWN for word in words):
        return None
    return (
        start + len(found.group())
        if len(_words(found.group())) == len(words)
        else start + _length(found.group())
    )


def single_name(text: str, start: int, *, known: bool) -> int | None:
    """The end of one capitalised word at ``start`` that is no thing; ``known``: only a frequent name."""
    found = _SINGLE.match(text, start)
    if found is None:
        return None
    word = found.group().lower()
    if word in _NOT_NAMES or (known and word not in KNOWN):
        return None
    return found.end()


def caret_name(text: str, start: int) -> int | None:
    """The end of the first two parts of ``Family^Given`` at ``start`` that are no placeholders."""
    found = _CARETS.match(text, start)
    if found is None or any(word in _NOT_NAMES for word in _words(found.group())):
        return None
    end = found.end()
    while text[end : end + 1].isalpha() or text[end : end + 1] == "^":
        end += 1
    return end


def has_known_name(words: str) -> bool:
    """Whether one of the words is a frequent name."""
    return any(word in KNOWN for word in _words(words))


def is_given_and_family(words: str) -> bool:
    """Whether a frequent given name and another frequent name stand in ``words``."""
    known = [word for word in _words(words) if word in KNOWN]
    return len(known) > 1 and any(word in GIVEN for word in known)


def is_placeholder(words: str) -> bool:
    """Whether ``words`` stand for any name, or for none."""
    found = _words(words)
    return not found or any(word in PLACEHOLDERS or set(word) <= {"x", "z"} for word in found)


def _words(name: str) -> list[str]:
    return [piece.lower() for piece in _PIECE.findall(name)]


def _without_things(found: re.Match[str]) -> int:
    """The end of the name, before the first word of a sentence that only looks like more of it."""
    for number, piece in enumerate(_PIECE.finditer(found.group())):
        if number > 1 and piece.group().lower() in _NOT_NAMES:
            return found.start() + len(found.group()[: piece.start()].rstrip(" ,"))
    return found.end()


def _length(name: str) -> int:
    second = list(_PIECE.finditer(name))[1]
    return second.end()
