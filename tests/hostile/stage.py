"""The stage on which every campaign begins: the story, played once and recorded."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

import storage
from bot.operations.office import Office
from bot.programme import Programme, load
from bot.slack import bolt
from bot.slack.answers import Say
from tests.handlers.conftest import DEMO
from tests.handlers.workspace import TEAM, Inline
from tests.hostile.story import Delivery, Recorder, record


@dataclass(frozen=True)
class Stage:
    """What every round begins with: the played story's database, its deliveries, the programme."""

    database: Path
    tape: list[Delivery]
    programme: Programme


def build(folder: Path) -> Stage:
    """Play the story in ``folder``."""
    storage.upgrade("sqlite:///burst.db", folder)
    programme = load(DEMO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bolt, "ThreadPoolExecutor", Inline)
        with closing(storage.Store.open("sqlite:///burst.db", data_dir=folder)) as store:
            recorder = Recorder(Office(store, lambda: programme, TEAM))

            def tell(_url: str, answer: Say) -> None:
                recorder.told.append(answer)

            patch.setattr(bolt, "_respond", tell)
            tape = record(recorder)
    return Stage(folder / "burst.db", tape, programme)
