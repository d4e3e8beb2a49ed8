"""The summary of a whole life: where the time went, what was promised, and that it only shows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.reports.markdown import plain, quoted, to_markdown
from bot.reports.phases import Phase, phases
from bot.reports.promises import promises
from bot.reports.summary import search_text, summarise
from bot.taskforce.terms import ClockKind, EntryKind
from tests.slack.views.bursts import HOSTILE, LABELS, MISSED, OWNER, Logged, told_with
from tests.slack.views.story import after, lived


def hours(length: float) -> timedelta:
    return timedelta(hours=length)


def test_a_whole_life_reads_as_markdown(snapshot: SnapshotAssertion) -> None:
    burst, entries = lived()
    assert to_markdown(summarise(burst, entries, LABELS, now=after(400))) == snapshot


def test_every_minute_of_a_life_is_in_one_phase() -> None:
    burst, entries = lived()
    told = phases(entries, after(400))
    assert burst.closed_at is not None
    assert sum((phase.lasted_for for phase in told), timedelta()) == burst.closed_at - burst.opened_at


def story(*points: tuple[float, EntryKind, dict[str, str]]) -> list[Logged]:
    """A log of entries at these hours."""
    return [
        Logged(number, kind, OWNER, after(60 * at), body) for number, (at, kind, body) in enumerate(points, 1)
    ]


@pytest.mark.parametrize(
    ("log", "told"),
    [
        pytest.param(
            story((0, EntryKind.OPENED, {}), (0, EntryKind.ASSIGNED, {"to": ""})),
            [Phase("Unassigned", hours(10))],
            id="nobody was found",
        ),
        pytest.param(
            story(
                (0, EntryKind.OPENED, {}),
                (0, EntryKind.ASSIGNED, {"to": "U1"}),
                (1, EntryKind.ACCEPTED, {}),
                (3, EntryKind.SEATED, {"seat": "owner", "from": "U1", "to": ""}),
                (4, EntryKind.ASSIGNED, {"to": "U2"}),
                (6, EntryKind.ACCEPTED, {}),
            ),
            [Phase("Unaccepted", hours(3)), Phase("Working", hours(6)), Phase("Unassigned", hours(1))],
            id="the owner was gone and another one came",
        ),
        pytest.param(
            story(
                (0, EntryKind.ASSIGNED, {"to": "U1"}),
                (0, EntryKind.ACCEPTED, {}),
                (1, EntryKind.SEATED, {"seat": "clinical_lead", "to": ""}),
                (2, EntryKind.PAUSED, {"reason": "awaiting_approval"}),
                (5, EntryKind.RESUMED, {}),
                (6, EntryKind.PAUSED, {"reason": "of another age"}),
                (7, EntryKind.RESOLVED, {}),
                (8, EntryKind.SENT_BACK, {}),
            ),
            [
                Phase("Working", hours(5)),
                Phase("Waiting for an approval", hours(3)),
                Phase("Waiting", hours(1)),
                Phase("Verifying", hours(1)),
            ],
            id="waiting is told by its reason and ends with resolving",
        ),
        pytest.param(
            story(
                (0, EntryKind.ACCEPTED, {}),
                (2, EntryKind.CLOSED, {}),
                (7, EntryKind.REOPENED, {}),
            ),
            [Phase("Working", hours(5))],
            id="closed time is in no phase",
        ),
        pytest.param([], [], id="nothing is logged"),
    ],
)
def test_where_the_time_went(log: list[Logged], told: list[Phase]) -> None:
    assert list(phases(log, after(600))) == told


def test_an_archived_burst_that_came_back_as_a_new_one_stays_at_its_end() -> None:
    log = [
        *story((0, EntryKind.ACCEPTED, {}), (2, EntryKind.CLOSED, {})),
        Logged(3, EntryKind.REOPENED, OWNER, after(180), {"successor": 43}),
    ]
    assert phases(log, after(600)) == (Phase("Working", hours(2)),)


def test_an_erased_entry_still_counts_with_its_time() -> None:
    _, entries = lived()
    erased = [replace(entry, body=None) for entry in entries]
    assert {phase.label for phase in phases(erased, after(400))} == {
        "Unaccepted",
        "Working",
        "Waiting",
        "Verifying",
    }


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


def test_a_burst_is_found_by_what_fixed_it_and_by_its_facts() -> None:
    burst, entries = lived()
    text = search_text(summarise(burst, entries, LABELS, now=after(400)))
    for words in (
        "NGH_CT_ER1",
        "comes from the worklist",
        "Waiting for a vendor",
        "no coercion",
        "Northgate",
    ):
        assert words in text
