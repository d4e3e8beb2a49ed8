"""A summary says what was corrected as it should have been said, and that it was corrected, in every document."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest
from pypdf import PdfReader

from bot.reports.markdown import to_markdown
from bot.reports.paper import to_pdf
from bot.reports.summary import Summary, summarise
from bot.reports.summary_json import to_json
from bot.slack.views.summary import whole
from bot.taskforce.burst import Correction
from bot.taskforce.decision import Detail
from bot.taskforce.forgetting import ERASED
from bot.taskforce.terms import EntryKind
from tests.slack.views.bursts import LABELS, OWNER, Logged
from tests.slack.views.story import after, lived

Shown: TypeAlias = Callable[[Summary], str]
SAID = {
    EntryKind.RESOLVED: "The broker was told the right name.",
    EntryKind.EVIDENCE: "19 of 20 studies are right, the last was a phantom.",
    EntryKind.DECISION: "Fix at the source, and a coercion rule for old studies.",
}


def corrected(*, erased: bool = False) -> tuple[Summary, dict[EntryKind, int]]:
    """The summary of a life of which three entries were corrected; and by which entries."""
    burst, entries = lived()
    number, by = len(entries), {}
    for kind, text in SAID.items():
        number += 1
        wrong = [one.number for one in entries if one.kind is kind]
        meant = wrong[0] if kind is EntryKind.EVIDENCE else wrong[-1]
        body: dict[str, Detail] | None = None if erased else {"entry": meant, "text": text}
        entries.append(Logged(number, EntryKind.CORRECTION, OWNER, after(325), body))
        burst = replace(burst, corrections=(*burst.corrections, Correction(meant, number)))
        by[kind] = number
    assert burst.resolution is not None
    first, *rest = burst.evidence
    burst = replace(
        burst,
        resolution=replace(burst.resolution, fix=SAID[EntryKind.RESOLVED]),
        evidence=(replace(first, text=SAID[EntryKind.EVIDENCE]), *rest),
    )
    return summarise(burst, entries, LABELS, now=after(400)), by


def in_markdown(summary: Summary) -> str:
    return to_markdown(replace(summary, timeline=())).replace("\\", "")


def on_paper(summary: Summary) -> str:
    pages = PdfReader(io.BytesIO(to_pdf(replace(summary, timeline=()), ()))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def in_slack(summary: Summary) -> str:
    return str(whole(replace(summary, timeline=())).blocks)


@pytest.mark.parametrize("shown", [in_markdown, on_paper, in_slack])
def test_the_fix_and_its_evidence_are_told_as_corrected_and_marked(shown: Shown) -> None:
    summary, by = corrected()

    said = shown(summary)

    for kind in (EntryKind.RESOLVED, EntryKind.EVIDENCE):
        assert f"{SAID[kind]} (corrected by entry {by[kind]})" in said
    assert "Study Description now comes from the worklist" not in said


@pytest.mark.parametrize("shown", [in_markdown, on_paper, in_slack])
def test_a_decision_is_told_as_corrected_and_marked(shown: Shown) -> None:
    summary, by = corrected()

    said = shown(summary)

    assert f"(corrected by entry {by[EntryKind.DECISION]}): {SAID[EntryKind.DECISION]}" in said
    assert "no coercion" not in said


def test_json_has_the_entries_that_corrected() -> None:
    summary, by = corrected()

    told = json.loads(to_json(summary))

    assert (told["fix"], told["fix_corrected_by"]) == (SAID[EntryKind.RESOLVED], by[EntryKind.RESOLVED])
    assert [piece["corrected_by"] for piece in told["evidence"]] == [by[EntryKind.EVIDENCE], None]
    assert told["decisions"][0]["text"] == SAID[EntryKind.DECISION]


def test_the_timeline_keeps_what_was_said_first_and_what_was_said_instead() -> None:
    summary, by = corrected()

    resolved = [line for line in summary.timeline if "says that it is fixed" in line.headline]
    instead = [line for line in summary.timeline if line.text == SAID[EntryKind.RESOLVED]]

    assert resolved[-1].text == "Study Description now comes from the worklist."
    assert f"(corrected by entry {by[EntryKind.RESOLVED]})" in resolved[-1].headline
    assert len(instead) == 1


def test_words_of_a_correction_that_were_erased_are_not_told() -> None:
    summary, _ = corrected(erased=True)

    assert summary.decisions[0].text == ERASED


def test_each_piece_says_who_verified_it_and_when() -> None:
    summary, _ = corrected()

    told = json.loads(to_json(summary))

    for piece in told["evidence"]:
        assert [(one["name"], one["seat"], one["signed_at"]) for one in piece["verified_by"]] == [
            ("Clare Clinical", "clinical co-lead", "2026-12-03T14:50:00Z"),
            ("Tess Technical", "technical co-lead", "2026-12-03T15:00:00Z"),
        ]
    words = (
        "verified by Clare Clinical, Thu 3 Dec 2026 14:50 GMT and Tess Technical, Thu 3 Dec 2026 15:00 GMT"
    )
    assert in_markdown(summary).count(words) == on_paper(summary).count(words) == 2


def test_before_the_sign_off_nothing_is_verified() -> None:
    burst, entries = lived(until=310)

    summary = summarise(burst, entries, LABELS, now=after(311))

    assert [piece.verified for piece in summary.evidence] == [(), ()]
    assert in_markdown(summary).count("; not verified)") == 2
