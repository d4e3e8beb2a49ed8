"""The summary on paper: what a reader finds in the PDF, and that whatever was written can be printed."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from syrupy.assertion import SnapshotAssertion

from bot.reports.paper import LogLine, log_lines, to_pdf
from bot.reports.summary import Summary, summarise
from bot.taskforce.burst import Burst
from bot.taskforce.terms import EntryKind
from tests.slack.views.bursts import HOSTILE, LABELS, MISSED, NOW, RAISER, Logged
from tests.slack.views.story import after, lived

HASH = "ab" * 32
UNUSUAL = "{nb} **bold** __line__ \u65e5\u672c \U0001f680 e\u0301 \u05e9\u05dc\u05d5\u05dd"


class Hashed(Logged):
    """An entry with its hash."""

    entry_hash = HASH


def story() -> tuple[Summary, tuple[LogLine, ...]]:
    burst, entries = lived()
    hashed = [Hashed(one.number, one.kind, one.actor, one.at, one.body) for one in entries]
    return summarise(burst, entries, LABELS, now=after(400)), log_lines(burst, hashed, LABELS)


def written_with(text: str) -> Burst:
    return replace(MISSED, title=text, workflow_impact=text, answers={"actual_value": text})


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def test_a_whole_life_is_one_page_and_its_log(snapshot: SnapshotAssertion) -> None:
    pages = read(to_pdf(*story())).pages

    assert pages[0].extract_text() == snapshot(name="summary")
    assert "\n".join(page.extract_text() for page in pages[1:]) == snapshot(name="log")


def test_the_same_summary_is_the_same_file() -> None:
    assert to_pdf(*story()) == to_pdf(*story())


def test_a_summary_that_is_a_little_too_long_is_set_smaller() -> None:
    summary, log = story()
    longer = replace(summary, timeline=(*summary.timeline, *summary.timeline[:8]))

    pages = read(to_pdf(longer, log)).pages

    assert "Who took part" in pages[0].extract_text()
    assert "Resolution log" in pages[1].extract_text()


def test_a_summary_that_is_far_too_long_goes_on() -> None:
    summary, log = story()

    pages = read(to_pdf(replace(summary, timeline=summary.timeline * 9), log)).pages

    assert "Who took part" not in pages[0].extract_text()


@pytest.mark.parametrize("text", [*HOSTILE, UNUSUAL])
def test_whatever_was_written_can_be_printed(text: str) -> None:
    burst = written_with(text)
    log = log_lines(burst, [Hashed(1, EntryKind.UPDATE, RAISER, NOW, {"text": text})], LABELS)

    pdf = to_pdf(summarise(burst, (), LABELS, now=NOW), log)

    assert HASH in text_of(pdf)


def test_what_no_font_shows_leaves_a_trace_and_nothing_is_markup() -> None:
    found = text_of(to_pdf(summarise(written_with(UNUSUAL), (), LABELS, now=NOW), ()))

    assert "{nb} **bold** __line__" in found
    assert "\ufffd\ufffd [rocket] \u00e9" in found
    assert "\u05e9\u05dc\u05d5\u05dd" in found


def test_a_paper_says_what_stands_for_what_it_cannot_show() -> None:
    summary, log = story()
    words = "stands for a character of a script"

    assert words not in text_of(to_pdf(summary, log))
    assert words in text_of(to_pdf(replace(summary, people=(("\u738b\u5c0f\u660e", "raiser"),)), log))


def test_our_sentences_run_from_left_to_right_whoever_they_begin_with() -> None:
    summary, log = story()
    name = "\u05e0\u05d5\u05e2\u05d4"
    named = replace(log[0], headline=f"{name} posted an update", text="")

    found = text_of(to_pdf(replace(summary, people=((name, "raiser"), ("Olive Owner", "owner"))), [named]))

    # Text is found as it stands on the page, but for the spaces around what runs the other way.
    assert f"{name}postedanupdate" in found.replace(" ", "")
    assert "raiser); Olive Owner (owner)" in found


def test_what_somebody_wrote_runs_as_it_begins() -> None:
    summary, log = story()
    said = "\u05e9\u05dc\u05d5\u05dd PACS \u05e2\u05db\u05e9\u05d9\u05d5"

    lines = text_of(to_pdf(summary, [replace(log[0], text=f"{said}\nin English")])).splitlines()

    assert "\u05e2\u05db\u05e9\u05d9\u05d5PACS \u05e9\u05dc\u05d5\u05dd" in [line.strip() for line in lines]
    assert "in English" in lines


def test_moments_stay_on_one_line_in_large_type_too() -> None:
    summary, log = story()

    pages = read(to_pdf(replace(summary, timeline=summary.timeline * 9), log)).pages

    told = [line for page in pages for line in page.extract_text().splitlines()]
    assert sum(line.startswith("GMT") for line in told) == 0


def test_a_hostile_burst_with_a_long_log_is_printed_whole(snapshot: SnapshotAssertion) -> None:
    summary, _ = story()
    hostile = replace(summary, title=UNUSUAL, fix="<b>" + UNUSUAL, follow_up=HOSTILE[5], shorter=HOSTILE[1])
    log = [
        LogLine(
            number,
            NOW + timedelta(minutes=number),
            f"Update {number}",
            HOSTILE[number % 3 + 4],
            f"{number:064x}",
        )
        for number in range(1, 301)
    ]

    pages = [page.extract_text() for page in read(to_pdf(hostile, log)).pages]

    whole = "\n".join(pages)
    assert all(f"Update {line.number}" in whole and line.entry_hash in whole for line in log)
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(
        pages
    )
    assert pages[0] == snapshot(name="first page")
    assert pages[1] == snapshot(name="first page of the log")
    assert pages[-1] == snapshot(name="last page")


def test_it_says_to_an_archive_what_it_is() -> None:
    document = read(to_pdf(*story()))
    metadata = document.xmp_metadata

    assert metadata is not None
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("2", "U")
    assert metadata.dc_title == {"x-default": "BURST-42 · CT studies hang with the chest layout"}
    assert metadata.xmp_create_date == datetime(2026, 12, 3, 15, 0)  # noqa: DTZ001 - UTC, as pypdf tells it


def test_every_font_comes_with_it() -> None:
    resources: list[Any] = [page["/Resources"] for page in read(to_pdf(*story())).pages]

    fonts = [font for one in resources for font in one["/Font"].values()]

    assert fonts
    for font in fonts:
        (descendant,) = font.get_object()["/DescendantFonts"]
        assert "/FontFile2" in descendant.get_object()["/FontDescriptor"]
        assert "/ToUnicode" in font.get_object()
