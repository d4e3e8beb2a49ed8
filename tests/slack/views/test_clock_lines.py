"""What people read about clocks: how they stand, what a ping about one says, and how much time it took."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.slack.views.card import card
from bot.slack.views.checklist import checklist
from bot.slack.views.escalation import escalation
from bot.slack.views.parts import Rendered
from bot.slack.views.ping import ping
from bot.slack.views.standing import clock_words
from bot.slack.views.status import status
from bot.taskforce.burst import Burst, ChecklistItem, MilestoneDate, PastPause
from bot.taskforce.terms import ClockKind, PauseReason, Rank
from tests.slack.views.bursts import ACCEPTED, LABELS, NOW, OPEN, OPENED_AT, OWNER, RAISER, clock
from tests.slack.views.slack_rules import assert_posts

UAT = MilestoneDate("UAT <exit>", date(2026, 12, 7))
DAY = replace(clock(4, ClockKind.MILESTONE, timedelta(days=4)), promise="2026-12-07")
TARGET = clock(4, ClockKind.WORKAROUND, timedelta(hours=4))


def with_clock(one: object, **fields: object) -> Burst:
    return replace(ACCEPTED, clocks=(*ACCEPTED.clocks, one), **fields)  # type: ignore[arg-type]


def words(message: Rendered) -> str:
    assert_posts(message)
    return str(message.blocks)


def test_a_milestone_is_called_by_its_name_and_says_how_long_before_it_warned() -> None:
    told = clock_words(with_clock(DAY, milestone=UAT), replace(DAY, warned=("10bd", "2bd")), NOW)
    assert told.startswith("*Milestone UAT &lt;exit&gt;* · due ")
    assert told.endswith("(in 3 d 23 h) · :large_orange_circle: warned 2 business days before")


def test_missing_facts_say_wherever_they_stand_what_ends_them() -> None:
    item = ChecklistItem(1, "Complete the intake: Sending AE title", "intake", RAISER)
    asked = clock(5, ClockKind.INTAKE, timedelta(hours=1))
    burst = with_clock(asked, checklist=(item,))

    assert words(card(burst, LABELS, now=NOW)).count("ticking item 1 of the checklist ends it") == 1
    assert "ticking it ends “Missing facts”" in words(checklist(burst, LABELS))
    late = ping(
        burst, {"user": RAISER, "rank": Rank.MISSED, "clock": 5}, LABELS, now=NOW + timedelta(hours=1)
    )
    assert "Complete the intake: Sending AE title" in words(late)
    assert "then tick item 1 of the checklist" in words(late)


def test_the_card_and_the_cell_read_when_the_ladder_climbs_next_unless_it_is_held() -> None:
    held = replace(OPEN, clocks=tuple(replace(one, held_since=NOW) for one in OPEN.clocks))
    for burst, times in ((OPEN, 1), (held, 0)):
        asked = escalation(burst, {"clock": 1, "step": "accept_lead"}, LABELS, now=NOW)
        for message in (card(burst, LABELS, now=NOW), asked):
            assert words(message).count("the ladder climbs <!date^1796293200^") == times


def test_without_a_name_it_is_a_milestone() -> None:
    assert clock_words(with_clock(DAY), DAY, NOW).startswith("*Milestone* · due ")


def test_a_workaround_is_shown_as_a_target() -> None:
    assert clock_words(with_clock(TARGET), TARGET, NOW).startswith("*Workaround target* · due ")


@pytest.mark.parametrize(("late", "says"), [(0, "is due"), (5, "was due")])
def test_a_ping_about_a_milestone_names_it_and_lets_one_act(late: int, says: str) -> None:
    burst = with_clock(DAY, milestone=UAT)
    subject: dict[str, str | int] = {"user": OWNER, "rank": Rank.REMINDER.value, "clock": 4}
    told = words(ping(burst, subject, LABELS, now=NOW + timedelta(days=late)))
    assert f"Milestone UAT &lt;exit&gt; {says}" in told
    assert "Post update" in told


def test_the_end_of_a_pause_says_what_runs_now_and_until_when() -> None:
    burst = with_clock(clock(4, ClockKind.PAUSE, timedelta(minutes=20)))
    message = ping(burst, {"user": OWNER, "rank": Rank.REMINDER.value, "clock": 4}, LABELS, now=NOW)
    assert message.text.endswith(
        "the pause is over and the clock runs again. Resolution is due 17:30 GMT, in 7 h 40 min."
    )
    assert "Pause clock" in words(message)


def test_the_card_and_the_status_say_how_much_time_is_used() -> None:
    for message in (card(ACCEPTED, LABELS, now=NOW), status(ACCEPTED, (), LABELS, now=NOW)):
        assert "*Time used* · 20 min of 8 h working time'" in words(message).replace("\\n", "'")


@pytest.mark.parametrize(("minutes", "is_said"), [(10, False), (11, True)])
def test_more_than_half_a_life_of_pauses_is_said_on_the_card_and_to_the_steering_cell(
    minutes: int, is_said: bool
) -> None:
    past = PastPause(PauseReason.AWAITING_VENDOR, OPENED_AT, OPENED_AT + timedelta(minutes=minutes))
    burst = replace(ACCEPTED, pauses=(past,))
    asked = escalation(burst, {"clock": 3, "step": "resolve_missed"}, LABELS, now=NOW)
    for message in (card(burst, LABELS, now=NOW), asked):
        assert (":warning: Paused for 55% of its life, 11 min in all" in words(message)) is is_said
