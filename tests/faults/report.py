"""All runs of a seed as a table, and its place in a document."""

import os
import platform
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from bot import clock
from tests.faults.runs import Run

BEGINS, ENDS = "<!-- summary: begins -->", "<!-- summary: ends -->"


def summary(runs: Iterable[Run]) -> str:
    """One line for each campaign and seed: what was done, what showed twice, what was lost."""
    rows = ["| campaign | seed | runs | what was done | duplicates | losses |", "|---|---|---|---|---|---|"]
    grouped: defaultdict[tuple[str, int], list[Run]] = defaultdict(list)
    for run in runs:
        grouped[run.campaign, run.seed].append(run)
    for (campaign, seed), some in grouped.items():
        done, again = Counter[str](), Counter[str]()
        for run in some:
            done.update(run.numbers)
            again.update(run.duplicates)
        lost = [loss for run in some for loss in run.losses]
        cells = (campaign, seed, len(some), _listed(done), _listed(again) or 0, len(lost))
        rows.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(rows)


def troubles(runs: Iterable[Run]) -> list[str]:
    """Every duplicate and every loss in words, with the run that it came from."""
    return [
        f"{run.campaign} {run.seed}.{run.index}: {what}"
        for run in runs
        for what in (
            *run.losses,
            *(f"{kind} shown {times} times too often" for kind, times in run.duplicates.items()),
        )
    ]


def written_into(document: Path, runs: list[Run]) -> None:
    """Replace what stands between the two marks of ``document``. Raises ``ValueError`` when it has none."""
    before, begins, rest = document.read_text(encoding="utf-8").partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    if not (begins and ends):
        raise ValueError(f"{document} has no place for the summary: {BEGINS} and {ENDS}")
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    dated = f"{clock.machine():%d %B %Y}, {machine}."
    found = (
        "".join(f"- {trouble}\n" for trouble in troubles(runs))
        or "Nothing was lost and nothing shows twice.\n"
    )
    body = f"{BEGINS}\n{dated}\n\n{summary(runs)}\n\n{found}{ENDS}"
    document.write_text(f"{before}{body}{after}", encoding="utf-8")


def _listed(numbers: Counter[str]) -> str:
    return ", ".join(f"{times:,} {what}" for what, times in numbers.items())
