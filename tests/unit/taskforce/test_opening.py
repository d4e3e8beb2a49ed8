"""Opening a burst."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import ChecklistItem
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import ClockKind, State
from tests.unit.taskforce.cases import (
    ANALYST,
    CLINICAL,
    NOON,
    OWNER,
    RAISER,
    TECHNICAL,
    armed,
    at,
    kinds,
    logged,
    opened,
    opening,
    pinged,
    policy,
)


def test_it_is_assigned_and_its_clocks_run() -> None:
    burst = opened()
    assert (burst.state, burst.owner, burst.assigned_at, burst.accepted_at) == (
        State.OPEN,
        OWNER.user,
        NOON,
        None,
    )
    assert armed(burst) == {
        ClockKind.ACCEPT: at(20),
        ClockKind.UPDATE: at(30),
        ClockKind.RESOLVE: at(8 * 60),
    }
    assert (burst.version, burst.log_count) == (1, 2)


def test_it_says_what_slack_must_show() -> None:
    decision = lifecycle.open_burst(opening(), now=NOON)
    assert [effect.kind for effect in decision.effects] == [
        EffectKind.OPEN_CHANNEL,
        EffectKind.INVITE,
        EffectKind.POST_CARD,
        EffectKind.PIN_CARD,
        EffectKind.SET_TOPIC,
        EffectKind.POST_CHECKLIST,
        EffectKind.POST_PRECEDENTS,
        EffectKind.PING,
    ]
    assert {effect.lane for effect in decision.effects[:-1]} == {"burst:42"}
    assert decision.effects[-1].lane == f"person:{OWNER.user}"
    assert decision.effects[-1].subject == {"user": OWNER.user, "rank": "assigned", "clock": 1}


def test_it_logs_who_was_assigned_and_why() -> None:
    decision = lifecycle.open_burst(opening(), now=NOON)
    assert kinds(decision) == ["opened", "assigned"]
    assert logged(decision, "opened").actor == RAISER.user
    assigned = logged(decision, "assigned")
    assert (assigned.actor, assigned.body["to"], assigned.body["reason"]) == (
        "system",
        OWNER.user,
        "PACS administrator at NGH",
    )


def test_without_an_owner_the_staffing_clock_runs_and_nobody_is_pinged() -> None:
    decision = lifecycle.open_burst(opening(owner=None), now=NOON)
    assert armed(decision.after)[ClockKind.STAFFING] == at(20)
    assert ClockKind.ACCEPT not in armed(decision.after)
    assert decision.after.assigned_at is None
    assert pinged(decision) == {}


def test_everybody_takes_part_once_and_a_technical_role_counts_most() -> None:
    invited = (("lead_tech", ANALYST.user), ("ris_analyst", ANALYST.user), ("pacs_admin", RAISER.user))
    burst = opened(invited=invited)
    assert {person.user: person.via for person in burst.participants} == {
        ANALYST.user: "role:ris_analyst",
        RAISER.user: "role:pacs_admin",
        OWNER.user: "added",
        CLINICAL.user: "added",
        TECHNICAL.user: "added",
    }


def test_a_raiser_who_fills_no_role_takes_part_as_the_raiser() -> None:
    assert {p.user: p.via for p in opened().participants}[RAISER.user] == "raiser"


def test_items_of_the_checklist_are_numbered() -> None:
    items = (ChecklistItem(0, "First", "family"), ChecklistItem(0, "Second", "family"))
    assert [item.number for item in opened(checklist=items).checklist] == [1, 2]


def test_what_the_intake_lacks_comes_first_with_a_clock_of_its_own() -> None:
    burst = opened(missing=("Sending AE title", "Workflow impact"), workflow_impact="")
    first = burst.checklist[0]
    assert (first.number, first.source, first.assignee) == (1, "intake", RAISER.user)
    assert first.text == "Complete the intake: Sending AE title, Workflow impact"
    assert armed(burst)[ClockKind.INTAKE] == at(20)


def test_a_needed_by_day_that_comes_earlier_bounds_the_time_to_resolve() -> None:
    burst = opened(needed_on=NOON.date(), policy=policy(resolve="20h"))
    assert armed(burst)[ClockKind.RESOLVE] == at(12 * 60)


def test_a_needed_by_day_that_comes_later_changes_nothing() -> None:
    assert armed(opened(needed_on=date(2026, 3, 9)))[ClockKind.RESOLVE] == at(8 * 60)


def test_the_needed_by_day_ends_when_it_ends_at_the_site() -> None:
    summer = NOON.replace(month=6)
    burst = lifecycle.open_burst(
        opening(needed_on=summer.date(), policy=policy(resolve="20h")), now=summer
    ).after
    assert armed(burst)[ClockKind.RESOLVE] == summer + timedelta(hours=11)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "   "}, "empty"),
        ({"title": "x" * 81}, "too_long"),
        ({"title": "a\x00b"}, "control_characters"),
        ({"workflow_impact": ""}, "empty"),
        ({"workflow_impact": "x" * 3001}, "too_long"),
        ({"needed_on": date(2026, 3, 1)}, "needed_on"),
        ({"clinical_lead": OWNER.user}, "seats"),
        ({"clinical_lead": TECHNICAL.user}, "seats"),
    ],
)
def test_it_is_refused(fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        lifecycle.open_burst(opening(**fields), now=NOON)
    assert refused.value.code == code


def test_a_needed_by_day_that_ends_this_very_moment_is_over() -> None:
    with pytest.raises(Refused, match="is over"):
        lifecycle.open_burst(opening(needed_on=NOON.date()), now=NOON.replace(hour=0) + timedelta(days=1))


def test_a_missing_clinical_co_lead_is_no_reason_to_refuse() -> None:
    burst = lifecycle.open_burst(replace(opening(), clinical_lead=None), now=NOON).after
    assert burst.clinical_lead is None
