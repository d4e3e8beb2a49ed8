"""What the guard says of a text, and what it never says."""

import pytest

from bot.privacy import Category, Finding, Guard, Inspection, Locale, Verdict

GUARD = Guard()
SECRET = "00482913"


def test_nothing_found_is_clean() -> None:
    assert GUARD.inspect("CT studies hang with the chest layout") == Inspection()
    assert GUARD.inspect("").verdict is Verdict.CLEAN


def test_the_gravest_category_decides() -> None:
    inspection = GUARD.inspect(f"a 92 year old, MRN {SECRET}")

    assert inspection.verdict is Verdict.BLOCK
    assert inspection.categories == (Category.MRN, Category.AGE_OVER_89)


def test_a_category_of_doubt_alone_warns() -> None:
    assert GUARD.inspect("a 92 year old").verdict is Verdict.WARN


def test_no_representation_holds_what_was_found() -> None:
    inspection = GUARD.inspect(f"MRN {SECRET}")

    assert SECRET not in repr(inspection) + str(inspection) + repr(inspection.findings)
    assert inspection.findings == (Finding(4, 12, Category.MRN),)


def test_a_redacted_text_says_what_was_removed_and_keeps_the_rest() -> None:
    text = f"the MRN {SECRET} and DOB 14/03/1957 of DOE^JANE differ"

    assert GUARD.redact(text) == "the MRN [mrn removed] and DOB [dob removed] of [dicom_pn removed] differ"


def test_what_overlaps_is_removed_once() -> None:
    assert GUARD.redact("(0010,0010) PN [DOE^JANE]") == "(0010,0010) PN [[dicom_dump removed]]"


def test_a_clean_text_is_redacted_to_itself() -> None:
    text = "zero\u200bwidth, ﬁne & 100%20 of it"

    assert GUARD.redact(text) == text


def test_every_value_of_a_list_is_removed() -> None:
    assert SECRET not in GUARD.redact(f"MRNs 77310042, 77310055 and {SECRET}")


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("SSN 219-09-9999", Locale.US),
        ("claim shows 1EG4-TE5-MK73", Locale.US),
        ("NHS number 999 000 0107", Locale.UK),
        ("national insurance no AB 12 34 56 C", Locale.UK),
        ("BSN 111222308 in het commentaar", Locale.EU),
        ("her daughter can be reached on (212) 555-0143", Locale.US),
    ],
)
def test_a_national_identifier_is_found_in_its_own_locale_only(text: str, locale: Locale) -> None:
    found = {one for one in Locale if Guard(locales=frozenset({one})).inspect(text).categories}

    assert found == {locale}


def test_addresses_outside_known_domains_warn_once_domains_are_known() -> None:
    guard = Guard(known_domains=frozenset({"ngh.example"}))

    assert guard.inspect("mail it to m.calloway@elsewhere.example").categories == (Category.EMAIL,)
    assert guard.inspect("t.hendry@ngh.example and s.ortiz@mail.ngh.example agree").categories == ()
    assert guard.inspect("mail it to m.calloway@unlikengh.example").categories == (Category.EMAIL,)
    assert Guard().inspect("mail it to m.calloway@elsewhere.example").categories == ()


@pytest.mark.parametrize(
    "label",
    [
        "MRN 00482913",
        "DOB 14/03/1957",
        "(0010,0020) LO [00482913]",
        "patient Miriam Calloway",
        "PID|1||00482913",
    ],
)
def test_nothing_is_kept_between_texts(label: str) -> None:
    assert GUARD.inspect(label).verdict is not Verdict.CLEAN
    assert GUARD.inspect("the next text").verdict is Verdict.CLEAN
