"""Which buttons and words fit a burst's state, and what a lock screen may show."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.reports.summary import summarise
from bot.slack.ids import Action
from bot.slack.views.card import card
from bot.slack.views.card_buttons import LABELS as BUTTONS
from bot.slack.views.card_buttons import offered
from bot.slack.views.checklist import checklist
from bot.slack.views.escalation import escalation
from bot.slack.views.lists import Page, burst_list
from bot.slack.views.notice import notice
from bot.slack.views.parts import Rendered
from bot.slack.views.ping import ping, settled_ping, settlement
from bot.slack.views.ping_parts import Subject
from bot.slack.views.status import log, status
from bot.slack.views.summary import archived, whole
from bot.taskforce.burst import Burst, SignOff
from bot.taskforce.decision import Detail
from bot.taskforce.terms import ClockKind, ClockState, EntryKind, Rank, Seat, Severity, State
from tests.slack.views.bursts import (
    ACCEPTED,
    ARCHIVED,
    CLINICAL,
    CLOSED,
    LABELS,
    LATE_AT,
    LEAD,
    MISSED,
    NOW,
    OPEN,
    OWNER,
    PAUSED,
    RAISER,
    RESOLVED,
    STAGES,
    Logged,
    clock,
)
from tests.slack.views.story import after, lived

ABOVE = ["Reassign", "Extend", "Decide", "Ask for more"]
WORK = ["Post update", "Log decision", "Add evidence", "Checklist"]
SIGNED = replace(
    RESOLVED,
    raiser_answer="works",
    sign_offs=(SignOff(Seat.CLINICAL_LEAD, CLINICAL, NOW), SignOff(Seat.TECHNICAL_LEAD, LEAD, NOW)),
)


@pytest.mark.parametrize(
    ("burst", "labels"),
    [
        pytest.param(OPEN, ["Accept", "Decline", *WORK, "Hand over", "Escalate"], id="open"),
        pytest.param(replace(OPEN, owner=None), [*WORK, "Hand over", "Escalate"], id="open without an owner"),
        pytest.param(ACCEPTED, [*WORK, "Resolve", "Hand over", "Pause clock", "Escalate"], id="accepted"),
        pytest.param(
            replace(ACCEPTED, severity=Severity.SEV1), [*WORK, "Resolve", "Hand over", "Escalate"], id="sev1"
        ),
        pytest.param(
            PAUSED, [*WORK, "Resolve", "Hand over", "Resume clock", "Extend pause", "Escalate"], id="paused"
        ),
        pytest.param(
            replace(PAUSED, accepted_at=None),
            ["Accept", "Decline", *WORK, "Hand over", "Resume clock", "Extend pause", "Escalate"],
            id="handed over while paused",
        ),
        pytest.param(
            RESOLVED, ["Sign off", "Send back", "It works for me", "It does not", *WORK], id="resolved"
        ),
        pytest.param(SIGNED, ["Send back", *WORK], id="everybody has answered"),
        pytest.param(CLOSED, ["Keep open", "Reopen"], id="closed"),
        pytest.param(ARCHIVED, [], id="archived"),
    ],
)
def test_a_card_offers_what_fits_the_state(burst: Burst, labels: list[str]) -> None:
    shown = {**BUTTONS, Action.PAUSE: "Extend pause"} if burst.pause else BUTTONS
    assert [shown[action] for action in offered(burst)] == labels
    assert buttons(card(burst, LABELS, now=NOW)) == labels


@pytest.mark.parametrize("stage", STAGES)
def test_only_the_first_button_stands_out_and_what_alarms_people_comes_last(stage: str) -> None:
    for message in every_message(STAGES[stage]):
        styles = [button.get("style") for block in message.blocks for button in buttons_of(block)]
        assert "primary" not in styles[1:]
        assert "danger" not in styles[:-1]


def buttons_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    return [element for element in block.get("elements", []) if element["type"] == "button"]


def buttons(message: Rendered) -> list[str]:
    """The labels of a message's buttons, each of which carries the burst and its version."""
    elements = [element for block in message.blocks for element in block.get("elements", [])]
    return [element["text"]["text"] for element in elements if element["type"] == "button"]


ASSIGNED: Subject = {"user": OWNER, "rank": Rank.ASSIGNED, "clock": 1}
STEP: Subject = {"user": LEAD, "rank": Rank.STEP, "clock": 3, "step": "resolve_missed"}
ACCEPT_STEP: Subject = {"user": LEAD, "rank": Rank.STEP, "clock": 1, "step": "accept_lead"}


@pytest.mark.parametrize(
    ("burst", "subject", "wanted"),
    [
        pytest.param(OPEN, ASSIGNED, ["Accept", "Decline"], id="assigned"),
        pytest.param(ACCEPTED, {"user": OWNER, "rank": Rank.REMINDER, "clock": 2}, ["Post update"], id="update"),
        pytest.param(MISSED, {"user": OWNER, "rank": Rank.MISSED, "clock": 3}, ["Resolve", "Post update"], id="late"),
        pytest.param(ACCEPTED, {"user": OWNER, "rank": Rank.MISSED, "clock": 99}, [], id="a clock that is no more"),
        pytest.param(
            RESOLVED, {"user": CLINICAL, "rank": Rank.ASKED, "ask": "sign_off"}, ["Sign off", "Send back"], id="sign"
        ),
        pytest.param(
            RESOLVED, {"user": RAISER, "rank": Rank.ASKED, "ask": "confirm"}, ["It works for me", "It does not"], id="ask"
        ),
        pytest.param(MISSED, {"user": LEAD, "rank": Rank.ASKED, "ask": "decide"}, ["Decide"], id="decide"),
        pytest.param(ACCEPTED, ASSIGNED, [], id="accepted meanwhile"),
    ],
)  # fmt: skip
def test_a_ping_offers_the_next_thing_to_do(burst: Burst, subject: Subject, wanted: list[str]) -> None:
    assert buttons(ping(burst, subject, LABELS, now=LATE_AT)) == wanted


def test_the_owner_is_told_by_when_and_how_long() -> None:
    assert ping(OPEN, ASSIGNED, LABELS, now=NOW).text == (
        "You are the accountable owner of BURST-42. Accept by 10:00 GMT (30 min)."
    )


def test_hours_that_the_night_makes_longer_are_said_to_be_working_time() -> None:
    evening = replace(OPEN.clocks[0], promise="4h", calendar="business", armed_at=NOW.replace(hour=16))
    overnight = replace(OPEN, clocks=(evening,))
    assert ping(overnight, ASSIGNED, LABELS, now=NOW).text.endswith("(4 h of working time).")


def test_an_owner_with_business_days_to_accept_is_told_so() -> None:
    slow = replace(OPEN, clocks=(replace(OPEN.clocks[0], promise="1bd"),))
    assert ping(slow, ASSIGNED, LABELS, now=NOW).text.endswith("(1 business day).")


MET = replace(OPEN.clocks[0], state=ClockState.MET, met_at=NOW)


@pytest.mark.parametrize(
    ("burst", "subject", "words"),
    [
        pytest.param(ACCEPTED, ASSIGNED, "in time.", id="kept in time"),
        pytest.param(replace(ACCEPTED, clocks=(replace(MET, met_at=LATE_AT),)), ASSIGNED, "8 h 12 min late.", id="late"),
        pytest.param(CLOSED, ASSIGNED, "closed; nothing more is asked of you.", id="closed"),
        pytest.param(PAUSED, {"rank": Rank.REMINDER, "clock": 3}, "Resolution: the clock stands still.", id="paused"),
        pytest.param(replace(MISSED, taken_up_by=LEAD), STEP, "taken up by Lee Lead.", id="taken up"),
        pytest.param(MISSED, STEP, "overtaken by a newer message.", id="overtaken"),
        pytest.param(
            replace(OPEN, clocks=(replace(MET, state=ClockState.DISARMED, met_at=None),)),
            ASSIGNED, "Acceptance is no longer asked for.", id="disarmed",
        ),
        pytest.param(MISSED, {"rank": Rank.MISSED, "clock": 99}, "settled.", id="a clock that is no more"),
        pytest.param(ACCEPTED, {"rank": Rank.ASKED, "ask": "sign_off"}, "sent back to work; nothing is asked of you now.", id="back"),
        pytest.param(SIGNED, {"rank": Rank.ASKED, "ask": "confirm"}, "thank you for your answer.", id="confirmed"),
        pytest.param(RESOLVED, {"rank": Rank.ASKED, "ask": "confirm"}, "answered.", id="unconfirmed"),
        pytest.param(SIGNED, {"rank": Rank.ASKED, "ask": "sign_off"}, "thank you, signed off.", id="signed off"),
        pytest.param(ACCEPTED, {"rank": Rank.ASKED, "ask": "decide"}, "decided.", id="decided"),
    ],
)  # fmt: skip
def test_a_settled_ping_says_why_nothing_is_asked_any_more(
    burst: Burst, subject: Subject, words: str
) -> None:
    assert settlement(burst, subject, LABELS).endswith(words)
    assert buttons(settled_ping(burst, subject, LABELS)) == []


@pytest.mark.parametrize(
    ("burst", "wanted"),
    [
        pytest.param(MISSED, ["Take it up", *ABOVE], id="waiting"),
        pytest.param(replace(MISSED, taken_up_by=LEAD), ABOVE, id="taken up"),
        pytest.param(OPEN, ABOVE, id="nothing to take up"),
        pytest.param(replace(MISSED, clocks=()), ["Reassign", "Decide", "Ask for more"], id="nothing runs"),
        pytest.param(RESOLVED, [], id="resolved"),
    ],
)
def test_the_cell_is_offered_what_it_can_do(burst: Burst, wanted: list[str]) -> None:
    subject: Subject = {"clock": 3, "step": "resolve_missed"}
    assert buttons(escalation(burst, subject, LABELS, now=LATE_AT)) == wanted


def every_message(burst: Burst) -> list[Rendered]:
    """Everything that is ever posted about a burst."""
    entries = [Logged(number, kind, OWNER, NOW, {"text": burst.title, "reason": burst.title}) for number, kind in enumerate(EntryKind, 1)]  # fmt: skip
    summary = summarise(burst, entries, LABELS, now=LATE_AT)
    subject: Subject = {"clock": 3, "step": "resolve_missed"}
    return [
        card(burst, LABELS, now=NOW),
        checklist(burst, LABELS),
        status(burst, entries, LABELS, now=NOW),
        log(burst, entries, Page(1, 1, len(entries), "42"), LABELS),
        burst_list([burst], Page(1, 1, 1, "all"), now=NOW),
        escalation(burst, subject, LABELS, now=LATE_AT, why=burst.title),
        whole(summary),
        archived(summary),
        *(ping(burst, sent, LABELS, now=LATE_AT) for sent in (ASSIGNED, STEP, ACCEPT_STEP)),
        *(settled_ping(burst, sent, LABELS) for sent in (ASSIGNED, STEP)),
        *(notice(burst, entry, LABELS, now=NOW) for entry in entries),
    ]


@pytest.mark.parametrize("stage", STAGES)
def test_no_lock_screen_shows_what_people_wrote(stage: str) -> None:
    for message in every_message(STAGES[stage]):
        assert STAGES[stage].title not in message.text
        assert STAGES[stage].workflow_impact not in message.text


@pytest.mark.parametrize("stage", STAGES)
def test_a_drill_says_so_in_every_message(stage: str) -> None:
    drill = replace(STAGES[stage], drill=True)
    for message in every_message(drill):
        assert "DRILL BURST-42" in message.text or message.text.endswith("open burst")


def test_a_notice_that_came_late_says_when_it_happened() -> None:
    burst, entries = lived()
    update = next(entry for entry in entries if entry.kind is EntryKind.UPDATE)
    message = notice(burst, update, LABELS, now=update.at + timedelta(hours=1))
    assert message.blocks[-1]["elements"][0]["text"].startswith("This happened <!date^")
    assert "context" not in {block["type"] for block in notice(burst, update, LABELS, now=update.at).blocks}


def test_whoever_is_called_upon_in_a_notice_is_mentioned() -> None:
    burst, entries = lived()
    handed = next(entry for entry in entries if entry.kind is EntryKind.HANDED_OVER)
    assert notice(burst, handed, LABELS, now=after(60)).blocks[0]["text"]["text"] == (
        "*Lee Lead handed it over to <@U06SECOND>, who is asked to accept*"
    )


def test_whoever_is_called_by_a_name_that_the_words_do_not_hold_is_mentioned_behind_them() -> None:
    asked = Logged(9, EntryKind.ASSIGNED, OWNER, NOW, {"to": OWNER})
    nobody_of_that_name = replace(LABELS, names={OWNER: "is"})
    shown = notice(OPEN, asked, nobody_of_that_name, now=NOW).blocks[0]["text"]["text"]
    assert shown.count(f"<@{OWNER}>") == 1


def test_a_decline_says_why_and_calls_upon_whoever_is_next() -> None:
    body: dict[str, Detail] = {"to": "U06SECOND", "reason": "On leave until Monday"}
    message = notice(OPEN, Logged(9, EntryKind.DECLINED, OWNER, NOW, body), LABELS, now=NOW)
    assert message.blocks[0]["text"]["text"].endswith("<@U06SECOND> is asked next*")
    assert "On leave until Monday" in str(message.blocks[1])
    assert buttons(message) == [BUTTONS[Action.ACCEPT], BUTTONS[Action.DECLINE]]


def test_a_closed_burst_that_was_reopened_is_not_said_to_be_archived() -> None:
    closed = Logged(9, EntryKind.CLOSED, CLINICAL, NOW, {"outcome": "resolved"})
    working = replace(CLOSED, state=State.WORKING, archive_at=None, outcome=None)
    assert [block["type"] for block in notice(working, closed, LABELS, now=NOW).blocks] == ["section"]


def test_keeping_open_is_offered_in_the_notice_of_the_end() -> None:
    closed = Logged(9, EntryKind.CLOSED, CLINICAL, NOW, {"outcome": "resolved"})
    message = notice(CLOSED, closed, LABELS, now=NOW)
    assert buttons(message) == [BUTTONS[Action.KEEP_OPEN], BUTTONS[Action.REOPEN]]


def test_a_burst_without_an_impact_says_that_it_is_not_said_yet() -> None:
    shown = card(replace(OPEN, workflow_impact=""), LABELS, now=NOW).blocks
    assert any(block.get("text", {}).get("text", "").endswith("\nNot said yet.") for block in shown)


@pytest.mark.parametrize(
    ("empty", "told", "wanted"),
    [
        ("clinical_lead", "`/burst pair BURST-42 clinical @user`", []),
        ("technical_lead", "`/burst pair BURST-42 technical @user`", []),
        ("owner", "Nobody is accountable owner.", ["Hand over"]),
    ],
)
def test_whoever_is_told_of_an_empty_seat_hears_which_and_how_to_fill_it(
    empty: str, told: str, wanted: list[str]
) -> None:
    running = clock(9, ClockKind.STAFFING, timedelta(minutes=30))
    without: dict[str, Any] = {empty: None}
    burst = replace(OPEN, clocks=(*OPEN.clocks, running), **without)

    message = ping(burst, {"user": LEAD, "rank": Rank.MISSED, "clock": 9}, LABELS, now=LATE_AT)

    assert told in str(message.blocks)
    assert buttons(message) == wanted
