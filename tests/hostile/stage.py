"""The stage on which every campaign begins: the story, played once and recorded."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.operations.office import Office
from bot.programme import Programme, load
from bot.slack import bolt
from bot.slack.answers import Say
from tests.handlers.conftest import DEMO
from tests.handlers.workspace import TEAM, Inline
from tests.hostile.story import Delivery, Recorder, record
from tests.store_fixtures import Database, copied, postgres_database, sqlite_database, upgraded


@dataclass(frozen=True)
class Stage:
    """What every round begins with: the story's deliveries, the programme, and a database with the story in it.

    ``played`` makes such a database; the folder is for what belongs to it.
    """

    tape: list[Delivery]
    programme: Programme
    played: Callable[[Path], AbstractContextManager[Database]]


def build(folder: Path) -> Stage:
    """Play the story on SQLite in ``folder``; the rounds get copies of it."""
    programme = load(DEMO)
    template = upgraded(sqlite_database(folder))
    tape = _play(template, programme)
    return Stage(tape, programme, lambda place: nullcontext(copied(template, place)))


def on_postgres(stage: Stage, server: str) -> Stage:
    """The same stage with databases of a PostgreSQL, in which the story is played anew each time."""

    @contextmanager
    def played(place: Path) -> Iterator[Database]:
        with postgres_database(server, place) as database:
            _play(upgraded(database), stage.programme)
            yield database

    return replace(stage, played=played)


def _play(database: Database, programme: Programme) -> list[Delivery]:
    with pytest.MonkeyPatch.context() as patch, database.opened() as store:
        patch.setattr(bolt, "ThreadPoolExecutor", Inline)
        recorder = Recorder(Office(store, lambda: programme, TEAM))

        def tell(_url: str, answer: Say) -> None:
            recorder.told.append(answer)

        patch.setattr(bolt, "_respond", tell)
        return record(recorder)
