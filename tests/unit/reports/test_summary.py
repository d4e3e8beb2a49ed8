"""The summary of a whole life: where the time went, what was promised, and that it only shows."""

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.reports.markdown import plain, quoted, to_markdown
from bot.reports.promises import promises
from bot.reports.summary import summarise
from bot.slack.views.summary import whole
from bot.taskforce.burst import Correction
from bot.taskforce.terms import ClockKind, EntryKind
from tests.slack.views.bursts import HOSTILE, LABELS, MISSED, told_with
from tests.slack.views.story import after, lived


def test_a_whole_life_reads_as_markdown(snapshot: SnapshotAssertion) -> None:
    burst, entries = lived()
    assert to_markdown(summarise(burst, entries, LABELS, now=after(400))) == snapshot


def test_what_nobody_said_is_told_as_that() -> None:
    burst, entries = lived()
    summary = summarise(replace(burst, workflow_impact=""), entries, LABELS, now=after(400))
    assert "> Nobody said." in to_markdown(summary)
    assert "> Nobody said." in str(whole(summary).blocks)


def test_a_promise_that_was_missed_and_never_met_has_no_lateness() -> None:
    told = {one.kind: (one.kept, one.missed, one.worst_for) for one in promises(MISSED)}
    assert told == {ClockKind.ACCEPT: (1, 0, None), ClockKind.RESOLVE: (0, 1, None)}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text_in_markdown(text: str) -> None:
    burst, entries = lived()
    written = to_markdown(summarise(told_with(text, burst), entries, LABELS, now=after(400)))
    written.encode()
    unescaped = written.replace("\\\\", "").replace("\\<", "").replace("\\`", "").replace("\\#", "")
    assert "<" not in unescaped
    assert unescaped.count("`") == 2  # around the last hash
    assert next(line for line in unescaped.splitlines() if line.startswith("#")).startswith("# BURST-42")


def test_a_line_that_looks_like_a_list_or_heading_stays_in_its_quotation() -> None:
    assert quoted("# big\n- item\n\x07") == "> \\# big\n> - item\n> "
    assert plain("a\nb *c*") == "a b \\*c\\*"


@pytest.mark.parametrize("kind", [EntryKind.EVIDENCE, EntryKind.RESOLVED, EntryKind.ACCEPTED])
def test_what_was_corrected_says_so_in_the_summary(kind: EntryKind) -> None:
    burst, entries = lived()
    number = next(one.number for one in entries if one.kind is kind)
    corrected = replace(burst, corrections=(Correction(number, 99),))

    written = to_markdown(summarise(corrected, entries, LABELS, now=after(400)))

    assert written.count("(corrected by entry 99)") == 1
