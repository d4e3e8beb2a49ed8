"""Where a burst's time went and what was lost, in words: nothing is left out, and shares add up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.delay import beyond_words, lost_words
from bot.reports.durations import percents
from bot.reports.phases import hand_off_words, hand_offs, lasted, phases
from bot.reports.summary import Summary, summarise
from bot.reports.summary_lines import delay_lines, time_lines
from bot.taskforce.ledger import ledger_of
from tests.slack.views.bursts import LABELS, SECOND_OWNER
from tests.slack.views.story import after, lived

END = after(400)


def summary() -> Summary:
    """Of a whole life."""
    return summarise(*lived(), LABELS, now=END)


def test_every_phase_is_told_with_its_share() -> None:
    burst, _ = lived()
    told = summary().phases
    assert burst.closed_at is not None
    assert lasted(told) == burst.closed_at - burst.opened_at
    assert sum(phase.percent for phase in told) == 100
    assert [phase.label for phase in told] == [
        "Unaccepted",
        "Working",
        "Waiting for a vendor",
        "Verifying",
    ]


def test_what_was_erased_is_told_as_unknown() -> None:
    _, entries = lived()
    told = phases(ledger_of([replace(entry, body=None) for entry in entries], END))
    assert [phase.label for phase in told] == [
        "Unknown, as it was erased",
        "Working",
        "Waiting",
        "Verifying",
    ]


def test_a_burst_without_a_log_has_no_phases() -> None:
    assert phases(ledger_of([], END)) == ()


def test_a_change_of_owner_is_told_with_how_long_it_lay_there() -> None:
    changes = summary().hand_offs
    assert [(one.to, one.dwell_for, one.acted) for one in changes.each] == [
        (LABELS.name(SECOND_OWNER), timedelta(minutes=10), True)
    ]
    assert hand_off_words(changes) == "One change of owner: 10 min until the new one acted (3%)"


def test_several_changes_of_owner_are_told_by_their_median() -> None:
    changes = summary().hand_offs
    twice = replace(changes, each=changes.each * 2)
    assert hand_off_words(twice) == (
        "2 changes of owner: 10 min, 10 min, in the median 10 min until the new one acted (3%)"
    )
    often = replace(changes, each=changes.each * 9)
    assert hand_off_words(often).startswith(f"9 changes of owner: {'10 min, ' * 6}…, in the median")


def test_without_a_change_of_owner_nothing_is_said_about_one() -> None:
    assert hand_off_words(hand_offs(ledger_of([], END), LABELS)) == ""


def test_what_was_lost_is_told_with_its_reason_and_adds_up() -> None:
    told = summarise(*lived(resolve="1h"), LABELS, now=END).delay
    assert sum((part.wall_for for part in told.parts), timedelta()) == told.wall_for
    assert sum(part.percent for part in told.parts) == 100
    assert beyond_words(told) == (
        "Beyond the promise to resolve: 4 h by the clock on the wall, 1 h 50 min of working time"
    )
    assert [lost_words(part) for part in told.parts] == [
        "Unclear ownership: 1 h 10 min (29%), 1 h 10 min of it working time; nobody had accepted it",
        "Waiting for a vendor: 2 h (50%); waiting for a vendor",
        "Fragmented communication: 33 min (14%), 26 min of it working time; confirmed by whoever resolved it",
        "Waiting for a vendor: 16 min (7%), 13 min of it working time; confirmed by whoever resolved it",
    ]


def test_nothing_is_said_of_a_promise_that_holds() -> None:
    assert beyond_words(summary().delay) == ""
    assert summary().delay.parts == ()


@pytest.mark.parametrize(
    ("suggested", "words"),
    [
        ("Vendor wait", "The log suggested Vendor wait: 40% of the time it waited for the vendor."),
        ("Fragmented communication", "The log suggested it too: 40% of the time it waited for the vendor."),
        ("", None),
    ],
)
def test_what_the_log_suggested_is_told_beside_what_was_confirmed(suggested: str, words: str | None) -> None:
    why = "40% of the time it waited for the vendor." if suggested else ""
    told = replace(summary(), cause="Fragmented communication", suggested=suggested, suggested_why=why)
    assert next((line for line in delay_lines(told) if "suggested" in line), None) == words


def test_a_cancelled_burst_names_no_cause() -> None:
    told = replace(summary(), cause="", other_causes=())
    assert not [line for line in delay_lines(told) if line.startswith(("Main cause", "Also", "Other sites"))]
    assert len(time_lines(told.phases, told.hand_offs)) == len(told.phases) + 2


def test_where_it_was_raised_too_is_told_with_the_other_sites() -> None:
    told = replace(summary(), same_at=("BURST-51", "BURST-52"))
    assert "Other sites: different at other sites, raised there as BURST-51, BURST-52" in delay_lines(told)


@given(st.lists(st.timedeltas(timedelta(), timedelta(days=400)), max_size=12))
def test_shares_add_up_and_are_next_to_exact(lengths: list[timedelta]) -> None:
    shares, whole = percents(lengths), sum(lengths, timedelta())
    assert sum(shares) == (100 if whole else 0)
    assert all(
        abs(share - 100 * one / whole) < 1 for share, one in zip(shares, lengths, strict=True) if whole
    )
