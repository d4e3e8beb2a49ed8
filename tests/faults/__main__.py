"""``make faults``: every campaign in its long form; a rerun goes on where the last one stopped."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import click

from tests.faults import deliveries, disk, health, kills, lives, report, troubles, writing
from tests.faults.runs import Campaign, Ledger, Run

ROOT = Path(__file__).resolve().parents[2]
# How many runs each has; of the kills there are as many as it takes to kill so often.
CAMPAIGNS: dict[str, tuple[Campaign, int | None]] = {
    "health": (health.run, 3),
    "deliveries": (deliveries.run, 10),
    "lives": (lives.run, 100),
    "disk": (disk.run, 120),
    "troubles": (troubles.run, 14),
    "transcripts": (writing.run, 20),
    "kills": (kills.run, None),
}


@click.command()
@click.argument("campaigns", nargs=-1, type=click.Choice(list(CAMPAIGNS)))
@click.option("--seed", default=1, show_default=True, help="What everything is drawn by.")
@click.option(
    "--kills", "wanted", default=300, show_default=True, help="How often to kill over whole stories."
)
@click.option("--runs", type=int, help="Runs of each campaign, instead of its own number.")
@click.option(
    "--write", type=click.Path(path_type=Path, dir_okay=False), help="Put the summary into this file."
)
def main(campaigns: tuple[str, ...], seed: int, wanted: int, runs: int | None, write: Path | None) -> None:
    """Run fault campaigns, or what is left of them, and sum up.

    What was done is kept in the folder that FAULTS_DIR names (build/faults).
    """
    place = Path(os.environ.get("FAULTS_DIR") or ROOT / "build" / "faults")
    ledger = Ledger(place / "runs.jsonl")
    click.echo(f"seed {seed}; runs are kept in {place}")
    for name in campaigns or CAMPAIGNS:
        _run(name, seed, ledger, _enough(name, wanted, runs))
    mine = [run for run in ledger.runs() if run.seed == seed]
    click.echo(report.summary(mine))
    if write is not None:
        report.written_into(write, mine)
    if found := report.troubles(mine):
        raise click.ClickException("\n".join(found))


def _run(name: str, seed: int, ledger: Ledger, enough: Callable[[list[Run]], bool]) -> None:
    """Add runs of a campaign to the ledger until there are enough; the folder of one that failed is kept."""
    done = [run for run in ledger.runs() if (run.campaign, run.seed) == (name, seed)]
    if enough(done):
        return
    campaign, _ = CAMPAIGNS[name]
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    with closing(campaign(folder, seed, _indices(done))) as made:
        for run in made:
            ledger.add(run)
            done.append(run)
            said = "; ".join(report.troubles([run])) or "all well"
            click.echo(f"{name} {seed}.{run.index}: {said}")
            if enough(done):
                break
    if not any(report.troubles([run]) for run in done):
        shutil.rmtree(folder)


def _indices(done: list[Run]) -> Iterator[int]:
    known = {run.index for run in done}
    return (index for index in count() if index not in known)


def _enough(name: str, kills_wanted: int, runs: int | None) -> Callable[[list[Run]], bool]:
    wanted = runs if runs is not None else CAMPAIGNS[name][1]
    if wanted is not None:
        return lambda done: len(done) >= wanted
    return lambda done: sum(run.numbers.get("kills", 0) for run in done) >= kills_wanted


if __name__ == "__main__":
    main()
