"""The stage on which every campaign begins."""

from pathlib import Path

import pytest

import storage
from bot.operations.office import Office
from bot.programme import load
from bot.slack import bolt
from bot.slack.answers import Say
from tests.handlers.conftest import DEMO
from tests.handlers.workspace import TEAM, Inline
from tests.hostile.campaign import Stage
from tests.hostile.story import Recorder, record


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The story, played once and recorded."""
    folder = tmp_path_factory.mktemp("story")
    storage.upgrade("sqlite:///burst.db", folder)
    programme = load(DEMO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bolt, "ThreadPoolExecutor", Inline)
        store = storage.Store.open("sqlite:///burst.db", data_dir=folder)
        recorder = Recorder(Office(store, lambda: programme, TEAM))

        def tell(_url: str, answer: Say) -> None:
            recorder.told.append(answer)

        patch.setattr(bolt, "_respond", tell)
        tape = record(recorder)
        store.close()
    database = folder / "burst.db"
    return Stage(Path(database), tape, programme)
