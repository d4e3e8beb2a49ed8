"""Lines by somebody who did not know the rules, and after which no rule was mended: how the guard does on what is new."""

from pathlib import Path
from typing import NamedTuple

import pytest

from bot.privacy import Guard, Verdict

LINES = Path(__file__).parent / "lines" / "by_another_hand.tsv"
GUARD = Guard(
    known_domains=frozenset(
        {"ngh.example", "sbh.example", "lkc.example", "core.example", "cloudpacs.example"}
    )
)


class Labelled(NamedTuple):
    """A line with the verdict that it should get."""

    verdict: Verdict
    text: str


@pytest.fixture(name="labelled", scope="module")
def all_lines() -> list[Labelled]:
    """All lines, in their order."""
    rows = (line.split("\t", 2) for line in LINES.read_text(encoding="utf-8").splitlines())
    return [Labelled(Verdict(verdict), text) for verdict, _, text in rows]


def judged(labelled: list[Labelled], verdict: Verdict) -> list[Verdict]:
    """What the guard says of the lines that should get ``verdict``."""
    return [GUARD.inspect(line.text).verdict for line in labelled if line.verdict is verdict]


def test_98_of_100_lines_that_identify_a_patient_are_blocked(labelled: list[Labelled]) -> None:
    found = judged(labelled, Verdict.BLOCK)

    assert len(found) >= 150
    assert found.count(Verdict.BLOCK) / len(found) >= 0.98


def test_at_most_one_of_100_clean_lines_is_stopped(labelled: list[Labelled]) -> None:
    found = judged(labelled, Verdict.CLEAN)

    assert len(found) >= 150
    assert 1 - found.count(Verdict.CLEAN) / len(found) <= 0.01
