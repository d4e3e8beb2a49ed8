"""The page about lost time shows what the bot says."""

from dataclasses import replace
from pathlib import Path

from bot.reports.summary import summarise
from bot.reports.summary_lines import lost_lines, time_lines
from bot.reports.words import GROUND, PAUSE, PHASE
from bot.taskforce.delay import LATE_STAKEHOLDER_ENTRY, UNCLEAR_OWNERSHIP, WAITED_FOR, Ground
from tests.slack.views.bursts import LABELS
from tests.slack.views.story import after, lived
from tests.unit.imaging import demo

PAGE = (Path(__file__).parents[3] / "docs" / "delay.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The table under a heading, cell by cell, without its head."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_phase_is_explained() -> None:
    assert [row[0] for row in rows("Phases")] == list(PHASE.values())


def test_every_wait_is_put_down_as_the_page_says() -> None:
    causes = demo().file.delay_causes
    told = {
        PAUSE[reason]: [causes[cause].label, PAUSE[reason].lower()] for reason, cause in WAITED_FOR.items()
    }
    assert {row[0]: row[1:] for row in rows("What was lost, and to what") if row[0] in told} == told


def test_time_without_an_owner_and_before_work_began_is_put_down_as_the_page_says() -> None:
    causes = demo().file.delay_causes
    ownerless, mobilising, late, *_ = rows("What was lost, and to what")
    assert ownerless[1:] == [causes[UNCLEAR_OWNERSHIP].label, GROUND[Ground.OWNERLESS]]
    assert mobilising[1:] == [causes[LATE_STAKEHOLDER_ENTRY].label, GROUND[Ground.EMPTY_SEAT]]
    assert late[1] == causes[LATE_STAKEHOLDER_ENTRY].label
    assert late[2].startswith(GROUND[Ground.LATE_ENTRY])


def test_every_cause_that_is_suggested_is_one_of_the_shipped() -> None:
    suggested = {cell.strip("`") for _, cell in rows("The suggestion") if cell.startswith("`")}
    assert len(suggested) == 5
    assert suggested <= demo().file.delay_causes.keys()


def test_the_example_is_what_the_bot_says() -> None:
    burst, entries = lived(resolve="1h")
    labels = replace(LABELS, causes={one: cause.label for one, cause in demo().file.delay_causes.items()})
    told = summarise(burst, entries, labels, now=after(400))
    lines = (*time_lines(told.phases, told.hand_offs), *lost_lines(told.delay))
    assert PAGE.split("```")[1].strip().splitlines() == list(lines)
