"""Policies: promises by clock, triggers of the ladder, and a copy that survives storage."""

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from bot.taskforce.durations import Duration
from bot.taskforce.policy import CalendarSpec, Needed, Policy, Step, Trigger, TriggerKind
from bot.taskforce.terms import ClockKind, Notify, Severity
from tests.unit.imaging import demo

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
WORKDAY = (("08:00", "17:00"),)


def policy(severity: Severity) -> Policy:
    return demo().policy_for(severity, "dicom_mapping", "build", ["NGH"], NOON)


def test_each_clock_has_its_own_promise() -> None:
    sev1 = policy(Severity.SEV1)
    assert sev1.promise(ClockKind.ACCEPT) == "15m"
    assert sev1.promise(ClockKind.WORKAROUND) == "2h"
    assert sev1.promise(ClockKind.RESOLVE) == "4h"


def test_a_clock_without_a_promise_has_none() -> None:
    assert policy(Severity.SEV1).promise(ClockKind.PRIVACY) is None


def test_the_first_update_is_promised_apart_from_the_following() -> None:
    sev2 = policy(Severity.SEV2)
    assert (sev2.promise(ClockKind.UPDATE, first=True), sev2.promise(ClockKind.UPDATE)) == ("1h", "2h")


@pytest.mark.parametrize("workaround", ["partial", "full"])
def test_a_workaround_that_stands_stretches_the_cadence(workaround: str) -> None:
    assert policy(Severity.SEV1).promise(ClockKind.UPDATE, workaround=workaround) == "60m"


def test_a_cadence_that_knows_no_workaround_stays() -> None:
    assert policy(Severity.SEV2).promise(ClockKind.UPDATE, workaround="full") == "2h"


def test_a_frozen_policy_comes_back_from_storage_unchanged() -> None:
    frozen = policy(Severity.SEV3)
    assert Policy.model_validate_json(frozen.model_dump_json()) == frozen


def test_a_policy_that_was_frozen_before_steps_could_do_more_is_read_with_what_held_then() -> None:
    written = json.loads(policy(Severity.SEV3).model_dump_json())
    for step in written["ladder"]:
        for field in ("answer", "repeat", "bring"):
            del step[field]
    read = Policy.model_validate_json(json.dumps(written))
    assert read == policy(Severity.SEV3)
    assert {(step.answer, step.repeat, step.bring) for step in read.ladder} == {(Needed.ANY, None, ())}


@pytest.mark.parametrize(
    ("at", "kind", "fraction", "wait"),
    [
        ("fraction 0.8", TriggerKind.FRACTION, 0.8, None),
        ("fraction 1.5", TriggerKind.FRACTION, 1.5, None),
        ("due", TriggerKind.DUE, None, None),
        ("due+20m", TriggerKind.DUE, None, Duration.parse("20m")),
        ("unanswered 2bd", TriggerKind.UNANSWERED, None, Duration.parse("2bd")),
    ],
)
def test_a_trigger_says_what_it_waits_for(
    at: str, kind: TriggerKind, fraction: float | None, wait: Duration | None
) -> None:
    trigger = Trigger(clock=ClockKind.RESOLVE, at=at)
    assert (trigger.kind, trigger.fraction, trigger.wait_for) == (kind, fraction, wait)


@pytest.mark.parametrize(
    "at", ["", "fraction", "fraction 0", "due+", "due+20", "due 20m", "unanswered", "later"]
)
def test_a_trigger_that_cannot_be_read_is_refused(at: str) -> None:
    with pytest.raises(ValidationError):
        Trigger(clock=ClockKind.ACCEPT, at=at)


def test_a_step_says_only_words_that_can_be_filled_in() -> None:
    with pytest.raises(ValidationError, match=r"\{key\}"):
        Step(
            id="late",
            trigger=Trigger(clock=ClockKind.ACCEPT, at="due"),
            notify=(Notify.OWNER,),
            answer_within="10m",
            say="{patient} is late",
        )


@pytest.mark.parametrize(
    "monday",
    [
        (("08:00", "12:00"), ("11:00", "17:00")),
        (("17:00", "08:00"),),
        (("08:00", "08:00"),),
        (("8:00", "17:00"),),
        (("08:00", "24:01"),),
        (("13:00", "17:00"), ("08:00", "12:00")),
    ],
)
def test_hours_that_cannot_be_worked_are_refused(monday: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(ValidationError):
        CalendarSpec(zone="Europe/London", week=(monday, WORKDAY, (), (), (), (), ()))


def test_a_calendar_that_never_runs_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least one day"):
        CalendarSpec(zone="Europe/London", week=((), (), (), (), (), (), ()))


def test_a_policy_needs_the_calendars_of_its_further_sites() -> None:
    frozen = policy(Severity.SEV3)
    with pytest.raises(ValidationError, match="further sites"):
        Policy.model_validate({**dict(frozen), "elsewhere": {"business": ("moonlight",)}})


def test_a_policy_needs_the_calendar_that_it_names() -> None:
    frozen = policy(Severity.SEV3)
    with pytest.raises(ValidationError, match="must be among its calendars"):
        Policy.model_validate({**dict(frozen), "calendar": "moonlight"})
