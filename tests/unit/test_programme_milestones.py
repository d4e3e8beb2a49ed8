"""Which of the stages' milestones a burst works towards."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.programme import Programme
from bot.taskforce.burst import MilestoneDate
from tests.unit.promises.places import SITES
from tests.unit.test_programme_people import serving

STAGES = {
    "build": {
        "milestones": [
            {"label": "Cutover", "on": date(2026, 5, 8)},
            {"label": "UAT exit", "on": date(2026, 3, 20), "sites": ["NGH", "HVM"]},
            {"label": "Dress rehearsal", "on": date(2026, 4, 10), "sites": ["KOW"]},
        ]
    }
}
UAT, REHEARSAL, CUTOVER = (
    MilestoneDate("UAT exit", date(2026, 3, 20)),
    MilestoneDate("Dress rehearsal", date(2026, 4, 10)),
    MilestoneDate("Cutover", date(2026, 5, 8)),
)


@pytest.fixture(name="programme", scope="module")
def with_milestones(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """Four sites, of which two leave user acceptance on one day."""
    return serving(Path(tmp_path_factory.mktemp("programme")), sites=SITES, stages=STAGES)


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stage", "sites", "when", "milestone"),
    [
        ("build", ("NGH",), at(3, 2, 12), UAT),
        ("build", ("NGH",), at(3, 20, 23), UAT),  # the day is not over in London
        ("build", ("NGH",), at(3, 21, 0), CUTOVER),
        ("build", ("HVM",), at(3, 21, 3), UAT),  # in New York it is still Friday
        ("build", ("HVM", "NGH"), at(3, 21, 3), CUTOVER),
        ("build", ("SBN",), at(3, 2, 12), CUTOVER),
        ("build", ("SBN", "KOW"), at(3, 2, 12), REHEARSAL),
        ("build", ("NGH",), at(5, 10, 12), None),
        ("design", ("NGH",), at(3, 2, 12), None),
        ("unheard_of", ("NGH",), at(3, 2, 12), None),
    ],
)
def test_the_next_one_of_the_stage_at_the_sites(
    programme: Programme, stage: str, sites: tuple[str, ...], when: datetime, milestone: MilestoneDate | None
) -> None:
    assert programme.milestone_for(stage, sites, when) == milestone
