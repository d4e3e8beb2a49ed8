"""PDF/A-2U as far as it can be seen without a validator: what ISO 19005-2 asks of the file, its fonts and its text."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pypdf import PdfReader
from pypdf.generic import ContentStream

from bot.reports.paper import LogLine, to_pdf
from tests.slack.views.bursts import HOSTILE, NOW
from tests.unit.reports.test_paper import UNUSUAL, story

HEBREW, ARABIC = "\u05e0\u05d5\u05e2\u05d4", "\u0644\u064a\u0644\u0649"
# What a PDF/A file must not have anywhere: code, other files, sounds, forms, and filters that a reader need not know.
FORBIDDEN = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/AA", "/AcroForm", "/Annots", "/LZWDecode")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A summary with names and words of several scripts, and a log over many pages."""
    summary, _ = story()
    people = ((HEBREW, "accountable owner"), (ARABIC, "raiser"), (UNUSUAL, "participant"))
    log = [
        LogLine(number, NOW + timedelta(minutes=number), f"{ARABIC} posted {number}", text, f"{number:064x}")
        for number, text in enumerate((*HOSTILE, HEBREW, UNUSUAL) * 4, start=1)
    ]
    return to_pdf(replace(summary, people=people), log)


@pytest.fixture(scope="module")
def document(pdf: bytes) -> PdfReader:
    """The same as an archive reads it."""
    return PdfReader(io.BytesIO(pdf), strict=True)


def root(document: PdfReader) -> Any:
    return document.trailer["/Root"]


def fonts(document: PdfReader) -> dict[str, Any]:
    """The fonts of every page, by their names in it."""
    resources: list[Any] = [page["/Resources"] for page in document.pages]
    return {name: font.get_object() for one in resources for name, font in one["/Font"].items()}


def shown(document: PdfReader) -> Iterator[tuple[str, int]]:
    """Every glyph that is shown, as the name of its font and its code."""
    for page in document.pages:
        font = ""
        for operands, operator in ContentStream(page["/Contents"].get_object(), document).operations:
            if operator == b"Tf":
                font = str(operands[0])
            elif operator in {b"Tj", b"TJ"}:
                strings = operands[0] if operator == b"TJ" else operands
                for one in strings:
                    if hasattr(one, "original_bytes"):
                        codes = one.original_bytes
                        yield from (
                            (font, int.from_bytes(codes[at : at + 2], "big"))
                            for at in range(0, len(codes), 2)
                        )


def meanings(font: Any) -> dict[int, str]:
    """What each code of the font says, by its ToUnicode map."""
    found = re.findall(r"^<(\w{4})> <(\w+)>$", font["/ToUnicode"].get_data().decode("ascii"), re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in found}


def widths(font: Any) -> dict[int, float]:
    """What the file says of the width of each code."""
    told: list[Any] = [one.get_object() for one in font["/W"]]
    found: dict[int, float] = {}
    while told:
        first, second, *told = told
        if isinstance(second, list):
            found.update(enumerate(map(float, second), start=int(first)))
        else:
            found.update(dict.fromkeys(range(int(first), int(second) + 1), float(told.pop(0))))
    return found


def glyph_of(font: Any, code: int) -> int:
    """The number of the glyph: two bytes for each code say it."""
    table = font["/CIDToGIDMap"].get_object().get_data()
    return int.from_bytes(table[2 * code : 2 * code + 2], "big")


def test_the_file_begins_as_one_with_binary_content_and_has_an_identity(
    pdf: bytes, document: PdfReader
) -> None:
    head, comment = pdf.split(b"\n", 2)[:2]

    assert head == b"%PDF-1.7"
    assert comment.startswith(b"%")
    assert all(byte > 127 for byte in comment[1:5])
    identity: Any = document.trailer["/ID"]
    assert len(identity) == 2


def test_it_says_which_colours_are_meant(document: PdfReader) -> None:
    (intent,) = root(document)["/OutputIntents"]
    profile = intent.get_object()["/DestOutputProfile"].get_object()

    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert profile["/N"] == 3
    assert profile.get_data()[36:40] == b"acsp"
    assert profile.get_data()[16:20] == b"RGB "


def test_it_can_be_opened_by_anybody_and_does_nothing(pdf: bytes, document: PdfReader) -> None:
    assert not document.is_encrypted
    assert [name for name in FORBIDDEN if name.encode() in pdf] == []
    assert isinstance(root(document).get("/OpenAction", []), list)  # a place in the document, and no act


def test_it_says_its_language(document: PdfReader) -> None:
    assert root(document)["/Lang"] == "en"


def test_what_it_says_of_itself_can_be_read_without_unpacking_it(document: PdfReader) -> None:
    metadata = root(document)["/Metadata"]

    assert "/Filter" not in metadata
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata.get_data()
    assert b"<pdfaid:conformance>U</pdfaid:conformance>" in metadata.get_data()


def test_every_glyph_that_is_shown_says_which_character_it_is(document: PdfReader) -> None:
    said = {name: meanings(font) for name, font in fonts(document).items()}
    used = set(shown(document))

    assert len(used) > 100
    for font, code in used:
        assert said[font].get(code), f"{font} has no character for {code}"
        assert not set(said[font][code]) & {"\0", "\ufeff", "\ufffe"}


def test_every_glyph_that_is_shown_is_in_its_font_and_as_wide_as_the_file_says(document: PdfReader) -> None:
    used = set(shown(document))
    for name, font in fonts(document).items():
        (descendant,) = (one.get_object() for one in font["/DescendantFonts"])
        program = TTFont(io.BytesIO(descendant["/FontDescriptor"]["/FontFile2"].get_data()))
        told = widths(descendant)
        metrics, order = program["hmtx"].metrics, program.getGlyphOrder()
        for code in sorted(code for font_name, code in used if font_name == name):
            advance = metrics[order[glyph_of(descendant, code)]][0] * 1000 / program["head"].unitsPerEm
            assert abs(told.get(code, float(descendant["/DW"])) - advance) <= 1
