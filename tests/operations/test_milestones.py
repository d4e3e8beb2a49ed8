"""A burst is opened towards the next milestone of its stage, and keeps it in the database."""

from dataclasses import replace
from datetime import timedelta

from bot import clock
from bot.operations.office import Office
from bot.operations.open_burst import open_burst
from bot.programme import Programme
from bot.programme.schema.places import Stage, StageMilestone
from bot.taskforce.burst import MilestoneDate
from bot.taskforce.terms import ClockKind
from tests.operations.story import INTAKE, RAISER, by, stored


def towards(programme: Programme, *milestones: StageMilestone) -> Programme:
    """The programme with these milestones of the build."""
    stages = {**programme.file.stages, "build": Stage(label="Build", milestones=milestones)}
    return Programme(programme.file.model_copy(update={"stages": stages}))


def test_the_stage_s_next_milestone_at_the_site_is_the_burst_s_own(
    office: Office, programme: Programme
) -> None:
    today = clock.now().date()
    soon, later = (
        MilestoneDate(label, today + timedelta(days=days))
        for label, days in (("UAT exit", 30), ("Cutover", 60))
    )
    planned = towards(
        programme,
        StageMilestone(label=later.label, on=later.on),
        StageMilestone(label=soon.label, on=soon.on, sites=INTAKE.sites),
    )
    office = replace(office, programme=lambda: planned)

    burst = stored(office, open_burst(office, by(RAISER), replace(INTAKE, stage="build")).id)
    needed = stored(
        office, open_burst(office, by(RAISER), replace(INTAKE, stage="build", needed_on=later.on)).id
    )
    elsewhere = stored(office, open_burst(office, by(RAISER), INTAKE).id)

    assert burst.milestone == soon
    assert [one.promise for one in burst.clocks if one.kind is ClockKind.MILESTONE] == [str(soon.on)]
    assert needed.milestone is None
    assert [one.promise for one in needed.clocks if one.kind is ClockKind.MILESTONE] == [str(later.on)]
    assert [one.kind for one in elsewhere.clocks if one.kind is ClockKind.MILESTONE] == []
