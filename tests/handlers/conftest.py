"""The workspace in which the handlers' stories play."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operations.office import Office
from bot.programme import Programme, load
from bot.slack import bolt
from bot.slack.answers import Say
from bot.taskforce.burst import Burst
from tests.handlers.workspace import OPEN_LINE, RAISER, TEAM, Inline, Workspace
from tests.store_fixtures import Database

DEMO = Path(__file__).parents[2] / "bot" / "demo" / "programme.yml"


@pytest.fixture(scope="session")
def programme() -> Programme:
    """The demonstration's programme."""
    return load(DEMO)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.everywhere)])
def offices_database(request: pytest.FixtureRequest) -> Database:
    """The office's database: SQLite, and PostgreSQL too in ``make stories``."""
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def office(offices_database: Database, programme: Programme) -> Iterator[Office]:
    """An office on a database of its own."""
    with offices_database.opened() as store:
        yield Office(store, lambda: programme, TEAM)


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
