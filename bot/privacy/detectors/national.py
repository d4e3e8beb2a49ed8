"""National identifiers: by their shape, their check digits and, where neither is telling enough, their name."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.privacy import checksums
from bot.privacy.terms import Category, Finding, Locale
from bot.privacy.values import is_masked


def _always(_value: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Number:
    """One kind of identifier: its shape, its check, and the words near it without which it is none."""

    locale: Locale
    category: Category
    shape: re.Pattern[str]
    is_valid: Callable[[str], bool] = _always
    named: re.Pattern[str] | None = None
    never_after: re.Pattern[str] | None = None


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9.-]){pattern}(?![A-Za-z0-9-])", re.IGNORECASE)


def _named(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", re.IGNORECASE)


_MBI = "[AC-HJKMNP-RT-Y]"
_PART = re.compile(
    r"(?:\b(?:part|parts|p/n|s/n|sn|cat|catalog(?:ue)?|model|serial|item|sku|licen[cs]e|key|cost cent(?:re|er)|account|asset|tag|room)\W{0,3}(?:no|nr|number|#)?\W{0,4})$",
    re.IGNORECASE,
)
_TEN = r"[0-9](?:[ .\-/\n]{0,2}[0-9]){9}"
_NIR = r"[1-478]_[0-9]{2}_(?:0[1-9]|1[0-2]|[2-9][0-9])_(?:[0-9]{2}|2[AB])_[0-9]{3}_[0-9]{3}_[0-9]{2}"
_BEFORE = 40
_AFTER = 16

_US, _UK, _EU = Locale.US, Locale.UK, Locale.EU
_ID = Category.NATIONAL_ID
NUMBERS = (
    # Social Security numbers never begin with 000, 666 or 9 and have no part of zeros (SSA POMS RM 10201).
    Number(_US, Category.SSN, _shape(r"(?!000|666|9)[0-9]{3}-\n?(?!00)[0-9]{2}-\n?(?!0000)[0-9]{4}"), never_after=_PART),
    Number(_US, Category.SSN, _shape(r"(?!000|666|9)[0-9]{3}[ .\-/]{0,2}(?!00)[0-9]{2}[ .\-/]{0,2}(?!0000)[0-9]{4}"),
           named=_named(r"ssns?|pid[-.]19|s\.s\.n\.?|ss ?(?:#|no|num\w*)|soc(?:ial)?\.? ?sec\w*(?: (?:no|num\w*|#))?|social (?:no|number|#)")),
    # Medicare Beneficiary Identifier: letters without S, L, O, I, B and Z (CMS, MBI format).
    Number(_US, Category.MBI, _shape(rf"[1-9]{_MBI}(?:[0-9]|{_MBI})[0-9][- ]?{_MBI}(?:[0-9]|{_MBI})[0-9][- ]?{_MBI}{{2}}[0-9]{{2}}")),
    Number(_UK, Category.NHS_NUMBER, _shape(_TEN), checksums.is_nhs,
           _named(r"nhs(?:number|no|num)?|n\.h\.s\.?|chi|h ?& ?c|health (?:and|&) care|hcn")),
    Number(_UK, _ID, _shape(r"(?![DFIQUV])[A-Z](?![DFIOQUV])[A-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]"),
           named=_named(r"nino|n\.?i\.?|national insurance|ni ?(?:no|number|num|#)")),
    Number(_EU, _ID, _shape(r"[A-Z][0-9]{9}"), checksums.is_german_health_insurance,
           _named(r"kvnr|kv-?nr|krankenvers\w*|versicherten\w*|versicherung\w*|egk|gkv")),
    Number(_EU, _ID, _shape(r"[0-9]{2} ?[0-9]{6} ?[A-Z] ?[0-9]{3}"),
           named=_named(r"rvnr|rentenvers\w*|sozialvers\w*|svnr|sv-?nummer|versicherungs\w*")),
    Number(_EU, _ID, _shape(_NIR.replace("_", " ")), checksums.is_nir),
    Number(_EU, _ID, _shape(_NIR.replace("_", "")), checksums.is_nir, _named(r"nir|secu\w*|insee|nss|vitale|no ss|num\w* ss")),
    Number(_EU, _ID, _shape(r"[0-9]{4}[ .]?[0-9]{2}[ .]?[0-9]{3}|[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}"), checksums.is_bsn, _named(r"bsn|burgerservice\w*|sofi\w*")),
    Number(_EU, _ID, _shape(r"(?:[0-9]{2}\.?[0-9]{3}\.?[0-9]{3}|[XYZ]-?[0-9]{7})[- ]?[A-Z]"), checksums.is_dni, _named(r"dni|nie|nif|d\.n\.i\.?")),
    Number(_EU, _ID, _shape(r"[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]"), checksums.is_codice_fiscale),
    Number(_EU, _ID, _shape(r"(?:19|20)?[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2}[-+]?[0-9]{4}"), checksums.is_personnummer,
           _named(r"personnummer|personnr|pnr|person-?id")),
    Number(_EU, _ID, _shape(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}[- ]?[0-9]{4}"), named=_named(r"cpr(?:-?(?:nr|nummer|no|number))?")),
    Number(_EU, _ID, _shape(r"[0-7][0-9][0-9]{4} ?[0-9]{5}"), checksums.is_fodselsnummer, _named(r"fodselsnummer|fnr|personnummer|fodselsnr")),
    Number(_EU, _ID, _shape(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]"), checksums.is_hetu),
    Number(_EU, _ID, _shape(r"[0-9]{11}"), checksums.is_pesel, _named(r"pesel")),
    Number(_EU, _ID, _shape(r"[0-9]{2}[. ]?[0-9]{2}[. ]?[0-9]{2}[- ]?[0-9]{3}[. ]?[0-9]{2}"), checksums.is_belgian,
           _named(r"rijksregister\w*|registre national|insz|niss|nrn|national register|national number")),
    Number(_EU, _ID, _shape(r"756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2}"), checksums.is_ahv),
    Number(_EU, _ID, _shape(r"[0-9]{7} ?[A-W][A-IW]?"), checksums.is_pps, _named(r"pps|ppsn|pps ?(?:no|number)")),
    Number(_EU, _ID, _shape(r"[0-9]{6}/?[0-9]{4}"), checksums.is_rodne_cislo, _named(r"rodne cislo|rc|r\.c\.|birth number")),
    Number(_EU, _ID, _shape(r"[0-9]{4} ?[0-9]{6}"), checksums.is_austrian, _named(r"svnr|sv-?nummer|sozialvers\w*|vsnr|versicherungs\w*")),
    Number(_EU, _ID, _shape(r"[0-9]{9,18}"), named=_named(r"ihi|amka|utente|cnp|cnas|oib|jmbg|emso|egn|personal code|asmens kodas|isikukood|ehic")),
)  # fmt: skip


def find(text: str, locales: frozenset[Locale]) -> Iterator[Finding]:
    """Every national identifier of ``locales``."""
    for number in NUMBERS:
        if number.locale in locales and (number.named is None or number.named.search(text)):
            yield from _each(text, number)


def _each(text: str, number: Number) -> Iterator[Finding]:
    for found in number.shape.finditer(text):
        before = text[max(found.start() - _BEFORE, 0) : found.start()]
        if number.never_after and number.never_after.search(before):
            continue
        if number.named and not (
            number.named.search(before) or number.named.search(text[found.end() : found.end() + _AFTER])
        ):
            continue
        if number.is_valid(found.group()) and not is_masked(text, found.start(), found.end()):
            yield Finding(found.start(), found.end(), number.category)
