"""A burst that is opened and then left alone: the real rules, run ahead of time until nothing is left to ring."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.programme.explaining.question import Question
from bot.programme.programme import Programme
from bot.taskforce import ladder, lifecycle
from bot.taskforce.burst import Answer, Burst
from bot.taskforce.family import Family
from bot.taskforce.lifecycle import Opening
from bot.taskforce.response_clock import FiredStep, ResponseClock
from bot.taskforce.seating import Seating

# Steps, warnings and due times of three clocks are far fewer; more would be a ladder without an end.
_MOST_RINGS = 500
_NOBODY = "somebody"


def opened(
    programme: Programme, family: Family, question: Question, answers: Mapping[str, Answer], seating: Seating
) -> Burst:
    """The burst that this blocker would become."""
    policy = programme.policy_for(seating.severity, family.id, question.stage, question.sites, question.at)
    opening = Opening(
        id=0,
        title=question.header.title,
        family=family.id,
        family_label=family.label,
        workstream=family.workstream,
        stage=question.stage,
        sites=question.sites,
        impact=question.impact,
        urgency=question.urgency,
        severity=seating.severity,
        workflow_impact=question.header.workflow_impact,
        workaround="none",
        raiser=_NOBODY,
        policy=policy,
        answers=answers,
        owner=seating.owner,
        owner_role=seating.owner_role,
        owner_reason=seating.owner_reason,
        clinical_lead=seating.clinical_lead,
        technical_lead=seating.technical_lead,
        invited=seating.invited,
        contacts=seating.contacts,
        milestone=programme.milestone_for(question.stage, question.sites, question.at),
    )
    return lifecycle.open_burst(opening, now=question.at).after


def left_alone(programme: Programme, burst: Burst) -> Burst:
    """The burst after everybody stayed silent until the last step had fired."""
    for _ in range(_MOST_RINGS):
        wakes = [clock.wake_at for clock in burst.clocks if clock.wake_at is not None]
        if not wakes:
            break
        now = min(wakes)
        reach = programme.reach(burst, now)
        for number in [clock.number for clock in burst.clocks if clock.wake_at == now]:
            burst = lifecycle.ring(burst, number, reach, now=now).after
    return burst


def fired(burst: Burst) -> Mapping[str, FiredStep]:
    """Every step that fired, by its id."""
    return {step.step: step for clock in burst.clocks for step in clock.fired}


def warnings(burst: Burst, clock: ResponseClock) -> Iterator[datetime]:
    """When the owner is warned that a clock runs out, in order."""
    yield from sorted(ladder.unwarned(burst, clock).values())
