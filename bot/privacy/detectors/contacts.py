"""``email``, ``phone`` and ``address``: how somebody is reached, where that may be a patient or a relative."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from bot.privacy.context import around, is_about_a_patient, is_about_staff
from bot.privacy.terms import Category, Finding, Locale

_EMAIL = re.compile(
    r"(?<![\w.+%@/-])(?P<local>[A-Za-z0-9][\w.+'-]{0,63})(?:@|\s?[\[({]at[\])}]\s?)(?P<domain>(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24})(?![\w@-])"
)
# Where private people have their post, and hospitals do not.
_PRIVATE = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|mac|aol|gmx|web|t-online|freenet|posteo|proton(?:mail)?"
    r"|pm|fastmail|zoho|mail|comcast|verizon|att|sbcglobal|cox|btinternet|sky|talktalk|virginmedia|ntlworld|orange|wanadoo"
    r"|laposte|free|sfr|libero|virgilio|tiscali|alice|telenet|skynet|ziggo|kpnmail|planet|home|seznam|wp|o2|onet|yandex"
    r"|freemail|webmail|homemail|mailbox|privatemail|inbox|familymail|personal|post)\.[a-z.]{2,12}",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:no-?reply|support|help(?:desk)?|service(?:desk)?|desk|info|admin\w*|pacs\w*|ris\w*|it|its|ict|noc|soc|security|infosec|privacy|dpo"
    r"|oncall|on-call|alerts?|monitor\w*|noti\w+|network\w*|integration\w*|imaging\w*|radiology\w*|radiologie\w*|sales|office|team|root|postmaster"
    r"|webmaster|steering|project\w*|change\w*|incident\w*|user|name|first\.?last|someone|you|me|test\w*|svc\w*|service\w*|cab|vendor\w*|git)"
    r"(?:[._+-].*)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.+@/-])(?:\+\s?|\()?[0-9](?:[ ().\-/]{0,3}[0-9]){6,14}(?![\w@-]|\.[0-9])")
# Set aside by Ofcom for stories, so that examples call nobody; no valid numbers to the library.
_STORY = re.compile(r"(?:\+44 ?(?:\(0\) ?)?|\b0)7700[ -]?900[ -]?[0-9]{3}\b")
_FORMATTED = re.compile(r"\+|\(|[0-9][ .-][0-9]+[ .-][0-9]|[0-9]{4,5}[ ][0-9]{5,}")
_CALL = re.compile(
    r"\b(?:phone|telephone|tel|mobile|mob|cell|cellphone|contact(?:able)?|reach(?:able)?|call(?:ed|back)?|ring|text|landline|home|telefon|handy"
    r"|telefono|telephone|portable|mobiel)\b",
    re.IGNORECASE,
)
_ZERO: Mapping[Locale, tuple[str, ...]] = {
    Locale.US: (),
    Locale.UK: ("GB",),
    Locale.EU: ("DE", "FR", "NL", "BE", "IE", "AT", "SE", "CH", "IT"),
}
_NO_ZERO: Mapping[Locale, Mapping[int, tuple[str, ...]]] = {
    Locale.US: {10: ("US",), 11: ("US",)},
    Locale.UK: {},
    Locale.EU: {8: ("DK", "NO"), 9: ("ES", "PL", "PT"), 10: ("IT",)},
}
_STREET = re.compile(
    r"\b[0-9]{1,5}[A-Za-z]?,? (?:[NSEW]\.? )?(?:[A-Z][A-Za-z'.-]{1,20} ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Crescent|Way|Terrace|Place|Pl|Boulevard|Blvd|Gardens|Grove|Hill|Row"
    r"|Mews|Walk|Park|Square|Sq|Parkway|Circle|Trail|Green)\b\.?"
    r"|\b[A-Z][a-z]{2,20}-?(?:strasse|straat|weg|gasse|allee|laan|gatan|vej|platz)\.? [0-9]{1,4}[a-z]?\b"
    r"|\b[0-9]{1,4}(?: bis)?,? (?:rue|avenue|boulevard|place|chemin|allee|impasse) (?:de |du |des |de la |d'|la )?[A-Z][A-Za-z'-]{1,24}"
    r"|\b(?:[Vv]ia|[Cc]alle|[Pp]iazza|[Aa]venida|[Rr]ua|C/) (?:[a-z]{2,5} )?[A-Z][A-Za-z'-]{1,24},? [0-9]{1,4}\b"
)
_HOME = re.compile(
    r"\b(?:lives?|living|resid\w+|home|address|addr|postcode|zip|wohn\w*|domicili\w*|adresse?|woont|vive|abita|habite|from)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:site|data ?cent(?:re|er)|building|office|clinic|hospital|campus|warehouse|ship|deliver\w*|vendor|depot|ward|department)\b",
    re.IGNORECASE,
)
_NEAR = 60


def emails(text: str, known_domains: frozenset[str]) -> Iterator[Finding]:
    """Addresses outside ``known_domains``; without any, those that look private or stand beside a patient."""
    for found in _EMAIL.finditer(text):
        domain = found["domain"].lower()
        if _is_within(domain, known_domains) or _OFFICE.fullmatch(found["local"]):
            continue
        context = around(text, found.start(), found.end(), _NEAR)
        if (
            known_domains
            or _PRIVATE.fullmatch(domain)
            or (is_about_a_patient(context) and not is_about_staff(context))
        ):
            yield Finding(found.start(), found.end(), Category.EMAIL)


def _is_within(domain: str, known: frozenset[str]) -> bool:
    return any(domain == one or domain.endswith("." + one) for one in known)


def phones(text: str, locales: frozenset[Locale]) -> Iterator[Finding]:
    """Valid, formatted telephone numbers near a word for a patient or a relative, and far from people at work."""
    known: dict[str, bool] = {}
    for found in _PHONE.finditer(text):
        number = found.group()
        formatted = _FORMATTED.search(number) or _CALL.search(
            text, max(found.start() - _NEAR, 0), found.start()
        )
        if formatted and _may_be_private(text, found.start(), found.end()):
            if number not in known:
                known[number] = _is_valid(number, locales)
            if known[number]:
                yield Finding(found.start(), found.end(), Category.PHONE)


def _may_be_private(text: str, start: int, end: int) -> bool:
    context = around(text, start, end, _NEAR)
    return is_about_a_patient(context) and not is_about_staff(context)


def _is_valid(number: str, locales: frozenset[Locale]) -> bool:
    from phonenumbers import NumberParseException, is_valid_number, parse  # noqa: PLC0415 - its metadata are large

    if Locale.UK in locales and _STORY.fullmatch(number):
        return True
    for region in _regions(number, locales):
        with suppress(NumberParseException):
            if is_valid_number(parse(number, region)):
                return True
    return False


def _regions(number: str, locales: frozenset[Locale]) -> Iterator[str]:
    """Where ``number`` could be dialled as it is written: abroad by ``+``, elsewhere by its first digits and length."""
    plain = "".join(letter for letter in number if letter.isdigit())
    if number.startswith("+"):
        yield "US"
    elif plain.startswith("0"):
        yield from (region for locale in sorted(locales) for region in _ZERO[locale])
    else:
        yield from (region for locale in sorted(locales) for region in _NO_ZERO[locale].get(len(plain), ()))


def addresses(text: str) -> Iterator[Finding]:
    """Streets with a house number where somebody is said to live."""
    for found in _STREET.finditer(text):
        context = around(text, found.start(), found.end(), _NEAR)
        before = context.split("\0")[0]
        if _HOME.search(before) and is_about_a_patient(context) and not _PLACE.search(context):
            yield Finding(found.start(), found.end(), Category.ADDRESS)
