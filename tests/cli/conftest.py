"""What the commands' tests share: a runner in an environment of its own."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import storage
from bot.cli import main
from storage import Store


class Installation:
    """A folder with an installation, and its administrator at the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {"BURST_DATA_DIR": str(folder)}
        self.url = f"sqlite:///{folder / 'burst.db'}"

    def burst(self, *words: str | Path) -> Result:
        """Run one command; whatever it raised beyond ending itself is a failure of the test."""
        result = CliRunner().invoke(main, [str(word) for word in words], env=self.environment)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def told(self, *words: str | Path) -> Mapping[str, Any]:
        """What a command prints as JSON."""
        found: Mapping[str, Any] = json.loads(self.burst(*words, "--json").stdout)
        return found

    def upgrade(self) -> None:
        """Make the database."""
        storage.upgrade(self.url, self.folder)

    def open(self) -> Store:
        """Own the database, as a running bot does."""
        return Store.open(self.url, data_dir=self.folder)


@pytest.fixture
def bare(tmp_path: Path) -> Installation:
    """An installation without a database."""
    return Installation(tmp_path)


@pytest.fixture
def installed(bare: Installation) -> Installation:
    """An installation with a fresh database."""
    bare.upgrade()
    return bare
