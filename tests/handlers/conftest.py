"""The workspace in which the handlers' stories play."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import storage
from bot.operations.office import Office
from bot.programme import Programme, load
from bot.slack import bolt
from bot.slack.answers import Say
from bot.taskforce.burst import Burst
from tests.handlers.workspace import OPEN_LINE, RAISER, TEAM, Inline, Workspace

DEMO = Path(__file__).parents[2] / "bot" / "demo" / "programme.yml"


@pytest.fixture(scope="session")
def programme() -> Programme:
    """The demonstration's programme."""
    return load(DEMO)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("database")
    storage.upgrade("sqlite:///burst.db", folder)
    return folder / "burst.db"


@pytest.fixture
def office(tmp_path: Path, programme: Programme, empty_database: Path) -> Iterator[Office]:
    """An office on a database of its own."""
    (tmp_path / "burst.db").write_bytes(empty_database.read_bytes())
    store = storage.Store.open("sqlite:///burst.db", data_dir=tmp_path)
    yield Office(store, lambda: programme, TEAM)
    store.close()


@pytest.fixture
def slack(office: Office, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace in which nothing has happened yet."""
    monkeypatch.setattr(bolt, "ThreadPoolExecutor", Inline)
    workspace = Workspace(office)

    def tell(_url: str, answer: Say) -> None:
        workspace.told.append(answer)

    monkeypatch.setattr(bolt, "_respond", tell)
    return workspace


@pytest.fixture
def opened(slack: Workspace) -> Burst:
    """A burst that was raised a moment ago."""
    slack.command(RAISER, OPEN_LINE)
    return slack.burst()


@pytest.fixture
def working(slack: Workspace, opened: Burst) -> Burst:
    """A burst that its owner has accepted and works on."""
    assert opened.owner is not None
    slack.command(opened.owner, f"accept {opened.key}")
    slack.command(opened.owner, f"update {opened.key} The header dump is on its way, next update at noon.")
    return slack.burst()
