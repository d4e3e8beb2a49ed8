"""More time, by those who may give it: one clock after another, counted, and with a reason."""

from datetime import datetime, timedelta

import pytest

from bot.taskforce import clocks, lifecycle, targets
from bot.taskforce.burst import Burst, Extension
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle.extending import extendable
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, PauseReason, Severity
from tests.unit.taskforce.cases import (
    LEAD,
    OWNER,
    REACH,
    STEERING,
    at,
    closed,
    effects,
    logged,
    opened,
    paused,
    policy,
    resolved,
    working,
)
from tests.unit.taskforce.climbing import about, run
from tests.unit.taskforce.refusals import refusal

BOTH = Actor("U_BOTH", leads=LEAD.leads, steering=True)


class TestExtending:
    """More time, by those who may give it."""

    def test_the_clock_is_due_later_and_the_promise_is_longer(self) -> None:
        decision = lifecycle.extend(working(), LEAD, at(600), "The part arrives at nine", now=at(20))
        (clock,) = (clock for clock in decision.after.clocks if clock.kind is ClockKind.RESOLVE)
        assert (clock.due_at, clock.total_for) == (at(600), at(600) - at(0))
        body = logged(decision, "action").body
        assert (body["extended"], body["from"], body["until"]) == (
            clock.number,
            at(480).isoformat(),
            at(600).isoformat(),
        )

    def test_it_ends_with_the_severity_and_the_log_says_so(self) -> None:
        extended = lifecycle.extend(working(), LEAD, at(600), "The part arrives at nine", now=at(20)).after
        sev1 = policy(Severity.SEV1, resolve="4h")
        decision = lifecycle.change_severity(extended, LEAD, 1, 1, Severity.SEV1, sev1, "Worse", now=at(30))
        resolve = clocks.current(decision.after, ClockKind.RESOLVE)
        assert resolve.due_at == at(240)
        assert logged(decision, "severity").body["no_longer_extended"] == [
            {"clock": resolve.number, "kind": "resolve", "until": at(600).isoformat()}
        ]

    def test_one_that_ended_before_is_not_told_again(self) -> None:
        extended = lifecycle.extend(working(), LEAD, at(600), "The part arrives at nine", now=at(20)).after
        sev1, sev2 = policy(Severity.SEV1, resolve="4h"), policy()
        worse = lifecycle.change_severity(
            extended, LEAD, 1, 1, Severity.SEV1, sev1, "Worse", now=at(30)
        ).after
        decision = lifecycle.change_severity(worse, LEAD, 1, 2, Severity.SEV2, sev2, "Better", now=at(40))
        assert clocks.current(decision.after, ClockKind.RESOLVE).due_at == at(480)
        assert "no_longer_extended" not in logged(decision, "severity").body

    def test_a_pause_is_no_extension(self) -> None:
        standing = lifecycle.pause(working(), OWNER, PauseReason.AWAITING_REQUESTER, at(90), "", now=at(10))
        extended = lifecycle.resume(standing.after, OWNER, now=at(60)).after
        assert targets.extended(extended) == ()
        longer = lifecycle.extend(extended, LEAD, at(900), "Part", now=at(70)).after
        assert [clock.kind for clock in targets.extended(longer)] == [ClockKind.RESOLVE]

    def test_other_levels_of_the_same_severity_leave_it(self) -> None:
        extended = lifecycle.extend(working(), LEAD, at(600), "The part arrives at nine", now=at(20)).after
        decision = lifecycle.change_severity(
            extended, LEAD, 2, 1, Severity.SEV2, policy(), "As bad, otherwise", now=at(30)
        )
        assert clocks.current(decision.after, ClockKind.RESOLVE).due_at == at(600)
        assert "no_longer_extended" not in logged(decision, "severity").body

    def test_its_ladder_is_climbed_anew_for_the_new_time(self) -> None:
        burst, _ = run(working(policy=policy(update_every="40h")), 481)
        extended = lifecycle.extend(burst, STEERING, at(600), "Part", now=at(481))
        (clock,) = (clock for clock in extended.after.clocks if clock.kind is ClockKind.RESOLVE)
        assert [fired.step for fired in clock.fired] == ["resolve_half", "resolve_duty"]
        assert effects(extended, EffectKind.SETTLE_PINGS)[0].subject == {"clock": clock.number}
        _, told = run(extended.after, 605)
        assert about(told, "resolve") == [(600, "resolve missed"), (600, "resolve_missed")]

    @pytest.mark.parametrize(
        ("burst", "actor", "until", "why", "code"),
        [
            (working(), OWNER, at(600), "Part", "not_allowed"),
            (working(), LEAD, at(480), "Part", "until"),
            (working(), LEAD, at(600), "", "empty"),
            (paused(), LEAD, at(600), "Part", "not_running"),
            (resolved(), LEAD, at(600), "Part", "wrong_state"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, until: datetime, why: str, code: str) -> None:
        assert refusal(lambda: lifecycle.extend(burst, actor, until, why, now=at(90))).code == code

    def test_a_late_clock_is_extended_from_now(self) -> None:
        refused = refusal(lambda: lifecycle.extend(working(), LEAD, at(490), "Part", now=at(490)))
        assert refused.code == "until"

    def test_another_clock_is_meant_by_its_number(self) -> None:
        burst = opened()
        accept = clocks.current(burst, ClockKind.ACCEPT)
        decision = lifecycle.extend(burst, LEAD, at(60), "On a plane", clock_number=accept.number, now=at(5))
        assert clocks.current(decision.after, ClockKind.ACCEPT).due_at == at(60)
        assert logged(decision, "action").body["kind"] == "accept"

    @pytest.mark.parametrize(
        ("actor", "right"), [(LEAD, "workstream_lead"), (STEERING, "steering"), (BOTH, "steering")]
    )
    def test_as_what_it_was_given_is_logged(self, actor: Actor, right: str) -> None:
        decision = lifecycle.extend(working(), actor, at(600), "Part", now=at(20))
        assert logged(decision, "action").body["right"] == right

    def test_every_extension_is_remembered_with_the_working_time_it_added(self) -> None:
        burst = lifecycle.extend(working(), LEAD, at(600), "Part", now=at(20)).after
        burst = lifecycle.extend(burst, STEERING, at(660), "Another part", now=at(30)).after
        number = clocks.current(burst, ClockKind.RESOLVE).number
        assert burst.extensions == (
            Extension(number, ClockKind.RESOLVE, LEAD.user, at(20), at(600), timedelta(hours=2)),
            Extension(number, ClockKind.RESOLVE, STEERING.user, at(30), at(660), timedelta(hours=1)),
        )

    def test_the_cells_card_follows(self) -> None:
        missed = lifecycle.escalate(opened(), OWNER, "Help", REACH, now=at(5)).after
        missed = lifecycle.escalate(missed, OWNER, "More help", REACH, now=at(6)).after
        decision = lifecycle.extend(missed, LEAD, at(600), "Part", now=at(7))
        assert [one.subject for one in effects(decision, EffectKind.REFRESH_ESCALATION)] == [{}]


@pytest.mark.parametrize(
    ("burst", "kinds"),
    [
        (opened(), ["resolve", "accept", "update"]),
        (working(), ["resolve", "update"]),
        (paused(), ["update"]),
        (resolved(), []),
        (closed(), []),
    ],
    ids=["opened", "working", "paused", "resolved", "closed"],
)
def test_what_can_be_given_more_time(burst: Burst, kinds: list[str]) -> None:
    assert [clock.kind.value for clock in extendable(burst)] == kinds


@pytest.mark.parametrize(
    ("kind", "code"), [(ClockKind.ACCEPT, "not_running"), (ClockKind.PAUSE, "unknown_clock")]
)
def test_what_is_done_or_is_not_theirs_to_give_is_refused(kind: ClockKind, code: str) -> None:
    number = clocks.last(paused(), kind).number
    refused = refusal(
        lambda: lifecycle.extend(paused(), LEAD, at(600), "Part", clock_number=number, now=at(40))
    )
    assert (refused.code, refused.field) == (code, "clock")


def test_a_clock_that_there_is_not_is_refused() -> None:
    refused = refusal(lambda: lifecycle.extend(working(), LEAD, at(600), "Part", clock_number=99, now=at(40)))
    assert refused.code == "unknown_clock"
