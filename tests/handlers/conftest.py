"""The workspace in which the handlers' stories play."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operations.office import Office
from bot.programme import Programme, load
from bot.slack import bolt
from bot.slack.answers import Say
from bot.slack.ids import Action
from bot.taskforce.burst import Burst
from tests.handlers.workspace import FIX, OPEN_LINE, RAISER, TEAM, Inline, Workspace, owner_of
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


@pytest.fixture
def proven(slack: Workspace, working: Burst) -> Burst:
    """A burst with two kinds of evidence and nothing left to do before closing."""
    kinds = [kind for kind, _, form in working.evidence_kinds if form in {"text", "any"}][:2]
    for kind in kinds:
        slack.command(RAISER, f"evidence {working.key} {kind} Twenty studies carry the description")
    slack.press(RAISER, Action.CHECKLIST, working)
    blocking = [str(item.number) for item in working.checklist if item.blocks_closure]
    slack.submit(RAISER, slack.shown, {"items_1": blocking})
    return slack.burst()


@pytest.fixture
def resolved(slack: Workspace, proven: Burst) -> Burst:
    """A burst whose owner says that it is fixed."""
    slack.command(owner_of(proven), f"resolve {proven.key}")
    slack.submit(owner_of(proven), slack.shown, FIX)
    return slack.burst()
