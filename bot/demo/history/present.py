"""The three bursts that are open when a newcomer looks in, and the moment of that look."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.demo.blockers import Blocker, blockers
from bot.demo.history.course import Course, Turn
from bot.demo.policy_time import MORNING

ESCALATED, IN_WORK, UNANSWERED = (
    "migrated-study-wrong-banner",
    "demographics-conflict-mr",
    "addendum-second-monitor",
)


def _ago(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


PRESENT = (
    Course(ESCALATED, "marek", MORNING - _ago(50), None),
    Course(
        IN_WORK,
        "lena",
        MORNING - _ago(130),
        timedelta(minutes=12),
        (
            Turn(
                timedelta(minutes=14),
                "The study is found in the exception queue; its order is being looked up.",
            ),
        ),
    ),
    Course(UNANSWERED, "saskia", MORNING - _ago(9), None),
)


def open_blockers() -> Mapping[str, Blocker]:
    """Those three, told as the guard wants it: without a word about a patient."""
    told = blockers(about_patients=True)
    return {
        ESCALATED: replace(
            told[ESCALATED],
            workflow_impact="Possible misfiled prior: a study shows the banner of another child. Reads with migrated "
            "priors are stopped for 6 readers.",
        ),
        IN_WORK: replace(
            told[IN_WORK],
            details={
                **told[IN_WORK].details,
                "expected": "name and date of birth as in the order",
                "actual": "typed at the scanner, one letter off",
            },
        ),
        UNANSWERED: replace(
            told[UNANSWERED],
            details={**told[UNANSWERED].details, "actual": "visible on the primary display only"},
        ),
    }
