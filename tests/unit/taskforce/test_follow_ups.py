"""Follow-up actions, as people write them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.taskforce import follow_ups
from bot.taskforce.follow_ups import FollowUp
from tests.unit.taskforce.cases import opened
from tests.unit.taskforce.refusals import refusal

# A Monday morning.
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CALENDAR = opened().policy.calendars["business"].calendar
KNOWN = {"priya": "U01PRIYA"}


def parsed(written: str, owner: str | None = "U01OWNER") -> tuple[FollowUp, ...]:
    return follow_ups.parse(written, owner, KNOWN.get, now=NOW, calendar=CALENDAR)


def test_a_line_says_what_who_and_by_when() -> None:
    assert parsed("Tell the vendor, @priya, 2h") == (
        FollowUp(1, "Tell the vendor", "U01PRIYA", NOW + timedelta(hours=2)),
    )


def test_lines_are_numbered_and_empty_ones_left_out() -> None:
    assert [(one.number, one.text) for one in parsed("One, 2h\n\n  Two, 3h\n")] == [(1, "One"), (2, "Two")]


def test_without_a_person_it_is_the_owners() -> None:
    assert parsed("Tell the vendor, 2h")[0].owner == "U01OWNER"


def test_what_is_to_be_done_may_have_commas() -> None:
    assert parsed("Check CT, MR and US, <@U01LENA|lena>, 2h")[0].text == "Check CT, MR and US"
    assert parsed("Check CT, MR and US, <@U01LENA|lena>, 2h")[0].owner == "U01LENA"


def test_nothing_is_no_action() -> None:
    assert parsed(" \n") == ()


@pytest.mark.parametrize(
    ("written", "owner", "why"),
    [
        ("Tell the vendor", "U01OWNER", "Line 1: write what, who and by when"),
        ("One, 2h\nTell the vendor, soon", "U01OWNER", "Line 2: it ends with by when, which is `2h`"),
        (
            "Tell the vendor, 2026-01-05",
            "U01OWNER",
            "Line 1: it ends with by when, which is a time that lies ahead",
        ),
        ("Tell the vendor, @nobody, 2h", "U01OWNER", "Line 1: nobody is known by that name"),
        (", 2h", "U01OWNER", "Line 1: write what, who and by when"),
        ("Tell the vendor, 2h", None, "Line 1: nobody owns the burst"),
        (f"{'x' * 501}, 2h", "U01OWNER", "Line 1: it has more than 500 characters"),
        ("One, 2h\n" * 21, "U01OWNER", "At most 20 follow-up actions fit"),
    ],
)
def test_what_is_not_clear_is_refused_at_the_field(written: str, owner: str | None, why: str) -> None:
    refused = refusal(lambda: parsed(written, owner))

    assert refused.field == "follow_up"
    assert refused.message.startswith(why)
