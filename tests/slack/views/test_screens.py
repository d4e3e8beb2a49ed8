"""What each screen looks like, to the letter. A change here is a change that people see."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.operations.listing import Listed
from bot.operations.precedents import Precedent
from bot.operations.searching import Missing
from bot.privacy import Category
from bot.reports.durations import site_zone
from bot.reports.summary import summarise
from bot.slack.ids import NEW_DRAFT
from bot.slack.views.archive_results import archive_results, nothing_found
from bot.slack.views.card import card
from bot.slack.views.checklist import checklist
from bot.slack.views.escalation import escalation
from bot.slack.views.exposed import exposed
from bot.slack.views.help import help_for
from bot.slack.views.home import Sights, home
from bot.slack.views.lists import Page, burst_list
from bot.slack.views.modals import checklist as checklist_modal
from bot.slack.views.modals import closing, deciding, log_message, open_blocker, steering, working
from bot.slack.views.modals.open_done import joined, opened
from bot.slack.views.modals.open_similar import LookAlike, open_similar
from bot.slack.views.notice import notice
from bot.slack.views.parts import Rendered
from bot.slack.views.ping import ping, settled_ping
from bot.slack.views.precedents import precedents
from bot.slack.views.status import log, status
from bot.slack.views.summary import archived, whole
from bot.slack.views.waiting import waiting_for
from bot.taskforce.causes import Suggestion
from bot.taskforce.clocks import meet
from bot.taskforce.lifecycle import Exposure, note_exposed
from bot.taskforce.likeness import Likeness
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Outcome, Rank
from tests.slack.views.bursts import (
    ACCEPTED,
    CLINICAL,
    CLOSED,
    FAMILY,
    LABELS,
    LATE_AT,
    LEAD,
    MISSED,
    NOW,
    OPEN,
    OWNER,
    RAISER,
    RESOLVED,
    STAGES,
)
from tests.slack.views.hits import hit
from tests.slack.views.slack_rules import assert_opens, assert_posts
from tests.slack.views.story import after, lived

BEFORE = [Precedent(replace(CLOSED, id=7), Likeness(sites=("NGH",), fields=("source_ae",)))]


def shown(message: Rendered) -> dict[str, Any]:
    """The message as a snapshot keeps it, after Slack's rules were held against it."""
    assert_posts(message)
    return {"text": message.text, "blocks": message.blocks}


@pytest.mark.parametrize("stage", STAGES)
def test_card(stage: str, snapshot: SnapshotAssertion) -> None:
    assert shown(card(STAGES[stage], LABELS, now=LATE_AT if stage == "missed" else NOW)) == snapshot


def test_checklist(snapshot: SnapshotAssertion) -> None:
    assert shown(checklist(OPEN, LABELS)) == snapshot


@pytest.mark.parametrize(
    ("burst", "subject", "now"),
    [
        pytest.param(OPEN, {"user": OWNER, "rank": Rank.ASSIGNED, "clock": 1}, NOW, id="assigned"),
        pytest.param(OPEN, {"user": OWNER, "rank": Rank.ASSIGNED, "clock": 1}, LATE_AT, id="assigned-late"),
        pytest.param(ACCEPTED, {"user": OWNER, "rank": Rank.REMINDER, "clock": 2}, NOW, id="reminder"),
        pytest.param(MISSED, {"user": OWNER, "rank": Rank.MISSED, "clock": 3}, LATE_AT, id="missed"),
        pytest.param(
            MISSED,
            {"user": LEAD, "rank": Rank.STEP, "clock": 3, "step": "resolve_missed"},
            LATE_AT,
            id="step-for-the-cell",
        ),
        pytest.param(
            OPEN,
            {"user": LEAD, "rank": Rank.STEP, "clock": 1, "step": "accept_lead"},
            LATE_AT,
            id="step-to-lead",
        ),
        pytest.param(RESOLVED, {"user": CLINICAL, "rank": Rank.ASKED, "ask": "sign_off"}, NOW, id="sign-off"),
        pytest.param(RESOLVED, {"user": RAISER, "rank": Rank.ASKED, "ask": "confirm"}, NOW, id="confirm"),
    ],
)
def test_ping(burst: Any, subject: dict[str, str | int], now: Any, snapshot: SnapshotAssertion) -> None:
    reader = Actor(
        str(subject["user"]), leads=frozenset({burst.workstream}) if subject["user"] == LEAD else frozenset()
    )
    assert shown(ping(burst, subject, LABELS, now=now, reader=reader)) == snapshot


def test_the_privacy_task_and_what_the_author_hears(snapshot: SnapshotAssertion) -> None:
    found = Exposure(
        "C42BURST", f"{NOW.timestamp():.6f}", "", RAISER, ("mrn", "dob"), certain=True, officers=(LEAD,)
    )
    burst = note_exposed(ACCEPTED, found, now=NOW).after
    clock = burst.clocks[-1]
    asked: dict[str, str | int] = {"user": LEAD, "rank": Rank.ASKED, "ask": "privacy", "clock": clock.number}
    done = meet(burst, clock, NOW + timedelta(hours=2))
    assert shown(ping(burst, asked, LABELS, now=NOW)) == snapshot
    assert shown(settled_ping(done, asked, LABELS)) == snapshot
    assert shown(exposed([Category.MRN, Category.DOB], certain=True, asked=True)) == snapshot
    assert shown(exposed([Category.AGE_OVER_89], certain=False, asked=False)) == snapshot


def test_settled_ping(snapshot: SnapshotAssertion) -> None:
    subject: dict[str, str | int] = {"user": OWNER, "rank": Rank.ASSIGNED, "clock": 1}
    assert shown(settled_ping(ACCEPTED, subject, LABELS)) == snapshot


def test_escalation(snapshot: SnapshotAssertion) -> None:
    subject: dict[str, str | int] = {"clock": 3, "step": "resolve_missed"}
    assert shown(escalation(MISSED, subject, LABELS, now=LATE_AT, why="We need the vendor.")) == snapshot


def test_notices_of_a_whole_life(snapshot: SnapshotAssertion) -> None:
    burst, entries = lived()
    assert [shown(notice(burst, entry, LABELS, now=entry.at)) for entry in entries] == snapshot


def test_log(snapshot: SnapshotAssertion) -> None:
    burst, entries = lived()
    assert shown(log(burst, entries[:12], Page(1, 2, len(entries), "42"), LABELS)) == snapshot


def test_status(snapshot: SnapshotAssertion) -> None:
    burst, entries = lived(until=100, resolve="1h")
    assert shown(status(burst, entries, LABELS, now=after(200))) == snapshot


def test_status_of_an_ended_burst_tells_of_its_whole_life() -> None:
    burst, entries = lived()
    told = str(status(burst, entries, LABELS, now=after(400)).blocks)
    assert "*Where the time went*" in told
    assert "In all: 5 h 30 min" in told


def test_summary(snapshot: SnapshotAssertion) -> None:
    burst, entries = lived()
    assert shown(whole(summarise(burst, entries, LABELS, now=after(400)))) == snapshot


def test_list(snapshot: SnapshotAssertion) -> None:
    assert shown(burst_list([MISSED, OPEN], Page(2, 3, 22, "site:NGH"), now=LATE_AT)) == snapshot


def test_what_was_solved_before(snapshot: SnapshotAssertion) -> None:
    assert shown(precedents(BEFORE, LABELS)) == snapshot


def test_in_a_channel_where_guests_may_be_nothing_is_told_of_what_was_solved() -> None:
    told = json.dumps(precedents(BEFORE, LABELS).blocks)
    for one in BEFORE:
        assert one.burst.title not in told
        assert one.fix not in told


def test_archive_results(snapshot: SnapshotAssertion) -> None:
    solved = hit(
        42,
        title=CLOSED.title,
        cause="vendor_wait",
        took=timedelta(hours=3),
        fix="The rule was widened.\nThen tried.",
    )
    cancelled = hit(7, title="Opened twice", outcome=Outcome.MISTAKE, drill=True, took=timedelta(minutes=9))
    found = [solved, cancelled]
    assert (
        shown(archive_results(found, Page(1, 1, 2, "s1"), LABELS, site_zone(CLOSED), more=False)) == snapshot
    )


def test_an_archive_without_matches(snapshot: SnapshotAssertion) -> None:
    missing = [Missing("wroklist", "wro*"), Missing('"no `such` <phrase>"')]
    assert [
        shown(nothing_found(missing, together=True)),
        shown(nothing_found((), together=True)),
        shown(nothing_found((), together=False)),
    ] == snapshot


def test_help(snapshot: SnapshotAssertion) -> None:
    assert [shown(help_for()), shown(help_for("pause")), shown(help_for("esclate"))] == snapshot


def test_home(snapshot: SnapshotAssertion) -> None:
    needed = waiting_for(MISSED, Actor(OWNER), {}, now=LATE_AT)
    cell = Sights(
        needed, mine=Listed.whole([MISSED]), others=Listed.whole([OPEN]), for_the_cell=Listed.whole([MISSED])
    )
    views = [home(sights, now=LATE_AT) for sights in (cell, Sights())]
    for view in views:
        assert_opens(view)
    assert views == snapshot


MODALS: dict[str, dict[str, Any]] = {
    "checklist": checklist_modal.checklist(OPEN),
    "decide": deciding.decide(OPEN),
    "decline": working.decline(OPEN),
    "escalate": working.escalate(OPEN),
    "evidence": working.evidence(OPEN),
    "hand_over": working.hand_over(OPEN),
    "log_message": log_message.log_message(OPEN, "d7", "The scanner was updated on Monday."),
    "pause": working.pause(OPEN),
    "reopen": closing.reopen(CLOSED),
    "resolve": closing.resolve(
        RESOLVED,
        [("vendor_wait", "Waiting for a vendor"), ("scope_change", "Scope changed")],
        Suggestion("vendor_wait", "2 of 5 hours were spent waiting for the vendor."),
    ),
    "send_back": closing.send_back(RESOLVED),
    "send_back_by_raiser": closing.send_back(RESOLVED, as_raiser=True),
    "steering_decide": steering.steering_decide(MISSED),
    "update": working.update(OPEN),
    "open": open_blocker.open_blocker(
        "d1",
        open_blocker.OpenChoices(
            families=[("dicom_mapping", "DICOM mapping conflict")],
            sites=[("NGH", "Northgate General"), ("LKC", "Lakeside Clinic")],
            stages=[("build", "Build")],
            impacts=[("1", "Reading, scanning or results stopped")],
            urgencies=[("1", "Getting worse")],
        ),
        open_blocker.Header(title="CT hangs", sites=("NGH",)),
    ),
    "open_there": open_blocker.open_blocker(
        NEW_DRAFT,
        open_blocker.OpenChoices(
            families=[("dicom_mapping", "DICOM mapping conflict")],
            sites=[("LKC", "Lakeside Clinic")],
            stages=[("build", "Build")],
            impacts=[("1", "Reading, scanning or results stopped")],
            urgencies=[("1", "Getting worse")],
        ),
        open_blocker.Header(family="dicom_mapping", title="CT hangs"),
        same_as=RESOLVED,
    ),
    "open_details": open_blocker.open_details(
        "d1",
        FAMILY,
        open_blocker.Details(
            severity=OPEN.severity,
            severity_label="high",
            impact=2,
            urgency=1,
            owner=OWNER,
            owner_reason="PACS administrator at NGH",
            answers={
                "symptom": "uid_fault",
                "results": ["seg"],
                "live": True,
                "since": "2026-12-01",
                "studies": 12,
            },
        ),
    ),
    "open_similar": open_similar(
        "d1",
        FAMILY,
        [
            LookAlike(replace(OPEN, id=13, sites=("LKC",)), Likeness(near_title=True)),
            LookAlike(OPEN, Likeness(near_title=True, sites=("NGH",), fields=("source_ae",))),
        ],
        BEFORE,
    ),
    "open_done": opened(OPEN, LABELS, BEFORE),
    "joined": joined(12),
}


@pytest.mark.parametrize("name", MODALS)
def test_modal(name: str, snapshot: SnapshotAssertion) -> None:
    assert_opens(MODALS[name])
    assert MODALS[name] == snapshot


def test_of_a_private_burst_the_archive_shows_its_key_and_that_it_is_closed() -> None:
    burst, entries = lived()
    summary = summarise(burst, entries, LABELS, now=after(400))
    private = archived(replace(summary, private=True))
    assert private.text == "BURST-42 · closed"
    assert [block["text"]["text"] for block in private.blocks] == ["BURST-42 · closed"]


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_that_asks_has_a_block_for_refusals_of_the_whole(name: str) -> None:
    asked = [block["block_id"] for block in MODALS[name]["blocks"] if block["type"] == "input"]
    assert (
        not asked
        or "text" in asked
        or asked[0] in {"fix", "reason", "kind", "family", "f_symptom", "similar"}
    )
    assert all(
        block["block_id"] == block["element"]["action_id"]
        for block in MODALS[name]["blocks"]
        if block["type"] == "input"
    )
