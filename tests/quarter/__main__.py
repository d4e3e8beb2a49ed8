"""``make quarter``: two thousand bursts through a quarter, the bot beside the oracle."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from bot import clock, logs
from tests.quarter.comparing import Comparison
from tests.quarter.running import quarter
from tests.store_fixtures import sqlite_database, upgraded

STORIES = 20
_BEGINS, _ENDS = "<!-- quarter: begins -->", "<!-- quarter: ends -->"


@click.command()
@click.option("--seed", default=1, show_default=True, help="What everything is drawn by.")
@click.option("--bursts", default=2_000, show_default=True, help="How many blockers are raised.")
@click.option(
    "--write", type=click.Path(path_type=Path, dir_okay=False), help="Put the table into this file."
)
def main(seed: int, bursts: int, write: Path | None) -> None:
    """Play the quarter, foretell it, and say where the two differ."""
    logs.configure("ERROR")
    began = clock.monotonic()
    with tempfile.TemporaryDirectory(prefix="burst-quarter-") as folder:
        found = quarter(upgraded(sqlite_database(Path(folder))), seed, bursts)
    took = f"{clock.monotonic() - began:.0f} s"
    lines = [*_summary(found, seed, bursts)]
    click.echo("\n".join([*lines, "", took, *found.stories(STORIES)]))
    if write is not None:
        _put(write, lines)
    if found.missing or found.extra:
        raise click.ClickException("the bot and the oracle differ")


def _summary(found: Comparison, seed: int, bursts: int) -> Iterator[str]:
    yield f"{clock.machine():%-d %B %Y}, seed {seed}, {bursts:,} bursts, {len(found.acts):,} acts."
    yield ""
    yield from found.table()


def _put(page: Path, lines: list[str]) -> None:
    """Replace what stands between the page's two marks."""
    text = page.read_text(encoding="utf-8")
    marked = re.compile(f"{re.escape(_BEGINS)}.*{re.escape(_ENDS)}", re.DOTALL)
    if not marked.search(text):
        raise click.ClickException(f"{page} has no {_BEGINS}")
    body = "\n".join([_BEGINS, *lines, _ENDS])
    page.write_text(marked.sub(lambda _: body, text), encoding="utf-8")


if __name__ == "__main__":
    main()
