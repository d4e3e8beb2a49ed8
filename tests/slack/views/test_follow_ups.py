"""What people see of follow-up actions."""

from dataclasses import replace
from datetime import timedelta

from syrupy.assertion import SnapshotAssertion

from bot.slack.views.home import Sights, home
from bot.slack.views.ping import ping, settled_ping
from bot.taskforce.burst import Burst
from bot.taskforce.clocks import meet
from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, Rank
from tests.slack.views.bursts import ARCHIVED, LABELS, LEAD, OPENED_AT, OWNER, clock
from tests.slack.views.slack_rules import assert_opens, assert_posts

DUE_IN = timedelta(days=3)
ACTION = FollowUp(1, "Tell the vendor *why*", OWNER, OPENED_AT + DUE_IN)
CLOCK = clock(9, ClockKind.FOLLOW_UP, DUE_IN)
FOLLOWED = replace(ARCHIVED, follow_ups=(ACTION,), clocks=(*ARCHIVED.clocks, replace(CLOCK, subject=1)))
SUBJECT: dict[str, str | int] = {"user": OWNER, "rank": Rank.ASKED, "ask": "follow_up", "clock": 9}


def test_whoever_does_it_sees_what_and_by_when(snapshot: SnapshotAssertion) -> None:
    told = ping(FOLLOWED, SUBJECT, LABELS, now=OPENED_AT + timedelta(hours=6))
    assert_posts(told)
    assert (told.text, told.blocks) == snapshot


def test_above_it_is_said_whose_it_is_and_how_late() -> None:
    subject = {**SUBJECT, "user": LEAD, "rank": Rank.MISSED}
    told = ping(FOLLOWED, subject, LABELS, now=OPENED_AT + DUE_IN + timedelta(hours=2), reader=Actor(LEAD))
    assert f"a follow-up action of {LABELS.name(OWNER)}'s was due" in told.text
    assert "2 h late" in told.text


def test_once_it_is_done_nothing_is_asked() -> None:
    at = OPENED_AT + timedelta(days=1)
    done: Burst = meet(FOLLOWED, FOLLOWED.clocks[-1], at)
    told = settled_ping(done, SUBJECT, LABELS)
    assert_posts(told)
    assert "Follow-up done" in told.text
    assert "actions" not in {block["type"] for block in told.blocks}


def test_the_home_tab_has_those_that_are_the_persons_own(snapshot: SnapshotAssertion) -> None:
    view = home(Sights(to_do=[(FOLLOWED, ACTION)]), now=OPENED_AT + timedelta(hours=6))
    assert_opens(view)
    assert view == snapshot


def test_the_home_tab_says_nothing_of_them_where_there_are_none() -> None:
    assert "follow-up" not in str(home(Sights(), now=OPENED_AT))
