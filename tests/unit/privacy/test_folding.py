"""Tricks of spelling hide nothing, and what was found is found again in the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import Category, Guard
from bot.privacy.folding import fold

GUARD = Guard()
WIDE = "".join(chr(ord("０") + int(digit)) for digit in "00482913")  # noqa: RUF001 - full-width digits
BOLD = "".join(chr(ord("𝟬") + int(digit)) for digit in "00482913")  # noqa: RUF001 - mathematical digits
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("MRN " + WIDE, WIDE),
        ("M\u200bR\u200bN 0048\u200b2913", "0048\u200b2913"),
        ("MRN\u00a000482913", "00482913"),
        ("MRN\u202800482913", "00482913"),
        ("МRN 00482913", "00482913"),  # noqa: RUF001 - the first letter is Cyrillic
        ("MRN%3A%2000482913", "00482913"),
        ("MRN&#58;&nbsp;00482913", "00482913"),
        (r"MRN\t00482913", "00482913"),
        ("MRN ٠٠٤٨٢٩١٣", "٠٠٤٨٢٩١٣"),
        ("MRN " + BOLD, BOLD),
        ("MRN 0\ufe0f⃣0\ufe0f⃣4\ufe0f⃣8\ufe0f⃣2\ufe0f⃣9\ufe0f⃣", "0\ufe0f⃣0\ufe0f⃣4\ufe0f⃣8\ufe0f⃣2\ufe0f⃣9\ufe0f⃣"),
    ],
)
def test_an_unusual_spelling_is_found_where_it_stands(written: str, value: str) -> None:
    [finding] = GUARD.inspect(written).findings

    assert finding.category is Category.MRN
    assert written[finding.start : finding.end] == value


@pytest.mark.parametrize("dash", DASHES)
def test_any_dash_parts_a_social_security_number(dash: str) -> None:
    assert GUARD.inspect(f"SSN 219{dash}09{dash}9999").categories == (Category.SSN,)


def test_plain_text_is_left_as_it_is() -> None:
    assert fold("CT of the head, 14:20").text == "CT of the head, 14:20"


@given(st.text(max_size=60))
def test_every_place_leads_back_into_the_original(text: str) -> None:
    folded = fold(text)

    assert len(folded.origins) == len(folded.text) + 1
    assert list(folded.origins) == sorted(folded.origins)
    assert folded.origins[-1] == len(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_stands_around_a_value_never_makes_the_guard_fail(before: str, after: str) -> None:
    assert isinstance(GUARD.redact(f"{before} MRN: 00482913 {after}"), str)
