"""Exports and imports that are killed in the middle: nothing unfinished passes for complete, and both can be begun again."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import Store
from tests.cli.conftest import Installation
from tests.cli.test_export import AS, fresh, kept
from tests.storage.bursts import loaded
from tests.store_fixtures import Database

__all__ = ["fresh", "kept"]
ROOT = Path(__file__).parents[2]


def killed(installation: Installation, step: str, at: int, *words: str | Path) -> None:
    """Run a command that is killed there."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.cli.doomed", step, str(at), *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **installation.environment},
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize(
    ("step", "at"),
    [("read a table", 5), ("make a file durable", 3), ("say that it is complete", 1)],
)
def test_an_export_that_was_killed_is_never_taken_for_one(
    kept: Installation, fresh: Installation, step: str, at: int
) -> None:
    out = kept.folder / "out"
    killed(kept, step, at, "export", "--to", out, "--all", "--format", "jsonl", "--format", "csv", *AS)

    refused = fresh.burst("import", out, *AS)
    assert (refused.exit_code, "holds no complete export" in refused.stderr) == (1, True)
    over_it = kept.burst("export", "--to", out, "--all", *AS)
    assert (over_it.exit_code, "is not empty" in over_it.stderr) == (1, True)
    again = kept.burst("export", "--to", kept.folder / "again", "--all", *AS)
    assert again.exit_code == 0
    assert fresh.burst("import", kept.folder / "again", *AS).exit_code == 0


@pytest.mark.parametrize("ending", [".tar", ".zip"])
@pytest.mark.parametrize(("step", "at"), [("say that it is complete", 1), ("pack a file", 3)])
def test_an_export_to_a_file_that_was_killed_leaves_none(
    kept: Installation, step: str, at: int, ending: str
) -> None:
    out = kept.folder / f"all{ending}"
    killed(kept, step, at, "export", "--to", out, "--all", *AS)

    assert not out.exists()
    over_it = kept.burst("export", "--to", out, "--all", *AS)
    assert (over_it.exit_code, f"{out.name}.part exists already" in over_it.stderr) == (1, True)


@pytest.fixture
def target(fresh: Installation, database: Database) -> Installation:
    """The same empty installation, on SQLite or on PostgreSQL."""
    if database.kind == "postgresql":
        fresh.url = fresh.environment["BURST_DATABASE_URL"] = database.url
    return fresh


@pytest.mark.parametrize(("step", "at"), [("put rows in", 1), ("put rows in", 3), ("index the archive", 1)])
def test_an_import_that_was_killed_leaves_nothing_behind_and_is_begun_again(
    kept: Installation, target: Installation, step: str, at: int
) -> None:
    kept.burst("export", "--to", kept.folder / "out", "--all", *AS)
    killed(target, step, at, "import", kept.folder / "out", *AS)

    with closing(target.open()) as store:
        assert occupied(store) == ()
    again = target.burst("import", kept.folder / "out", *AS)
    assert (again.exit_code, "Every log is what was logged." in again.stdout) == (0, True)
    with closing(kept.open()) as here, closing(target.open()) as there:
        assert loaded(there, 2) == loaded(here, 2)


def test_an_import_that_was_killed_after_it_was_committed_is_whole(
    kept: Installation, target: Installation
) -> None:
    kept.burst("export", "--to", kept.folder / "out", "--all", *AS)
    killed(target, "look at a log", 1, "import", kept.folder / "out", *AS)

    again = target.burst("import", kept.folder / "out", *AS)
    assert (again.exit_code, "The database is not empty" in again.stderr) == (1, True)
    assert target.told("log", "verify")["ok"] is True
    assert [one["kind"] for one in target.told("audit", "list")] == ["exported", "restored"]  # type: ignore[index]


def occupied(store: Store) -> tuple[str, ...]:
    with store.read() as unit:
        return unit.restoring.occupied()
