"""A burst at two sites: each clock runs where its promise is used up first, and so does all that hangs on it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.taskforce import clocks, lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.terms import ClockKind, PauseReason, Severity
from tests.unit.taskforce import cases
from tests.unit.taskforce.cases import OWNER, armed

OFFICE = [[["08:00", "17:00"]]] * 5 + [[], []]
LONDON, NEW_YORK = "business", "business at HVM"
TWO_SITES = cases.policy(
    Severity.SEV3,
    calendar=LONDON,
    accept="4h",
    update_every="1bd",
    resolve="16h",
    calendars={
        LONDON: {"zone": "Europe/London", "week": OFFICE},
        NEW_YORK: {"zone": "America/New_York", "week": OFFICE},
    },
    elsewhere={LONDON: [NEW_YORK]},
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def opened(at: str, needed_on: date | None = None) -> Burst:
    opening = replace(cases.opening(policy=TWO_SITES, severity=Severity.SEV3), needed_on=needed_on)
    return lifecycle.open_burst(opening, now=utc(at)).after


def runs_on(burst: Burst, kind: ClockKind) -> tuple[str, datetime]:
    clock = clocks.current(burst, kind)
    return clock.calendar, clock.due_at


def test_in_london_s_morning_london_is_due_first() -> None:
    assert runs_on(opened("2026-03-02 09:00"), ClockKind.ACCEPT) == (LONDON, utc("2026-03-02 13:00"))


def test_in_london_s_evening_new_york_is() -> None:
    assert runs_on(opened("2026-03-02 17:30"), ClockKind.ACCEPT) == (NEW_YORK, utc("2026-03-02 21:30"))


def test_each_clock_has_the_site_that_is_strictest_for_it() -> None:
    burst = opened("2026-03-02 12:00")
    assert runs_on(burst, ClockKind.ACCEPT) == (LONDON, utc("2026-03-02 16:00"))
    assert runs_on(burst, ClockKind.RESOLVE) == (NEW_YORK, utc("2026-03-03 20:00"))


def test_a_day_that_is_needed_by_ends_where_it_ends_first() -> None:
    assert armed(opened("2026-03-02 09:00", date(2026, 3, 2)))[ClockKind.RESOLVE] == utc("2026-03-03 00:00")


def test_a_paused_clock_goes_on_in_the_hours_that_it_had() -> None:
    burst = lifecycle.accept(opened("2026-03-02 09:00"), OWNER, now=utc("2026-03-02 09:30")).after
    burst = lifecycle.pause(
        burst,
        OWNER,
        PauseReason.AWAITING_VENDOR,
        utc("2026-03-03 12:00"),
        "CASE-7",
        now=utc("2026-03-02 16:00"),
    ).after
    burst = lifecycle.resume(burst, OWNER, now=utc("2026-03-02 20:00")).after
    # Seven of sixteen hours were used, and London's next day has the nine that are left.
    assert runs_on(burst, ClockKind.RESOLVE) == (LONDON, utc("2026-03-03 17:00"))


def test_with_another_severity_the_site_is_chosen_anew() -> None:
    burst = opened("2026-03-02 16:30")
    assert runs_on(burst, ClockKind.ACCEPT) == (NEW_YORK, utc("2026-03-02 20:30"))
    longer = TWO_SITES.model_copy(update={"severity": Severity.SEV4, "accept": "8h"})
    burst = lifecycle.change_severity(
        burst, cases.LEAD, 3, 3, Severity.SEV4, longer, "One scanner only", now=utc("2026-03-02 16:45")
    ).after
    assert runs_on(burst, ClockKind.ACCEPT) == (LONDON, utc("2026-03-03 15:30"))
