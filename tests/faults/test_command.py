"""``make faults`` remembers what it did, sums it up, and fails when something was lost; a disk that fails is its example."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo.processes import PROJECT
from tests.faults.report import BEGINS, ENDS, summary, troubles, written_into
from tests.faults.runs import Ledger, Run

WAYS = 6
WELL = Run("kills", 1, 0, {"kills": 10, "stories": 1})
ILL = Run("kills", 1, 1, {"kills": 9, "stories": 1}, {"ping": 2}, ("BURST-7 is gone",))


def faults(*options: str, folder: Path) -> str:
    """What the command says of campaigns kept in ``folder``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", *options],
        cwd=PROJECT,
        env={**os.environ, "FAULTS_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_disk_that_fails_or_loses_its_power_loses_nothing_and_a_rerun_goes_on(tmp_path: Path) -> None:
    """SIGKILL, EIO and a power cut, at a sync and at a write; each commit waits for the disk."""
    said = faults("disk", f"--runs={WAYS}", "--seed=3", folder=tmp_path)
    runs = Ledger(tmp_path / "runs.jsonl").runs()
    assert said.count("all well") == WAYS
    assert [run.losses for run in runs] == [()] * WAYS
    assert sum(times for run in runs for what, times in run.numbers.items() if what != "writers") == WAYS

    again = faults("disk", f"--runs={WAYS}", "--seed=3", folder=tmp_path)
    assert "all well" not in again
    assert Ledger(tmp_path / "runs.jsonl").runs() == runs


def test_a_line_that_was_cut_off_is_no_run(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "runs.jsonl")
    ledger.add(WELL)
    with (tmp_path / "runs.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"campaign": "ki')
    assert ledger.runs() == [WELL]


def test_the_summary_adds_up_what_was_done_and_counts_what_was_lost() -> None:
    assert summary([WELL, ILL]).splitlines()[-1] == "| kills | 1 | 2 | 19 kills, 2 stories | 2 ping | 1 |"
    assert troubles([WELL, ILL]) == ["kills 1.1: BURST-7 is gone", "kills 1.1: ping shown 2 times too often"]


def test_the_summary_is_put_where_the_document_wants_it(tmp_path: Path) -> None:
    document = tmp_path / "reliability.md"
    document.write_text(f"# Before\n\n{BEGINS}\nold\n{ENDS}\n\nAfter.\n", encoding="utf-8")
    written_into(document, [WELL])
    text = document.read_text(encoding="utf-8")
    assert text.startswith("# Before\n")
    assert text.endswith("\n\nAfter.\n")
    assert "10 kills, 1 stories" in text
    assert "old" not in text


def test_a_document_without_a_place_for_it_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "reliability.md"
    document.write_text("# Before\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the summary"):
        written_into(document, [WELL])
