"""One workspace for all stories: the sandbox and the bot as processes, on real HTTP and WebSocket.

Rate limits of the sandbox are off, so that a story takes the bot's own pace and no other.
"""

import io
import json
from collections.abc import Iterator

import pytest

from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage
from bot.demo.stage import Stage
from bot.demo.story import stage_on


@pytest.fixture(scope="session")
def backstage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backstage]:
    """The workspace that all stories share."""
    folder = tmp_path_factory.mktemp("workspace")
    with Backstage(folder, PolicyTime(folder / "clock.json"), rate_limits="off") as backstage:
        yield backstage


@pytest.fixture(scope="module")
def told(backstage: Backstage) -> Iterator[Stage]:
    """The stage that the stories of a module share, with a bot that starts and ends in peace."""
    backstage.start_bot()
    yield stage_on(backstage, io.StringIO())
    assert backstage.stop_bot() == 0


@pytest.fixture
def stage(told: Stage) -> Iterator[Stage]:
    """The stage of one story; whatever the bot logged as an error meanwhile fails it."""
    log = told.backstage.bot.log
    before = log.stat().st_size
    yield told
    said = log.read_text(encoding="utf-8")[before:]
    print(said)  # noqa: T201 - shown by pytest with a story that failed
    assert not _errors(said)


def _errors(said: str) -> list[str]:
    """The lines of a log that are errors, stack traces included."""
    return [line for line in said.splitlines() if _is_error(line)]


def _is_error(line: str) -> bool:
    try:
        return json.loads(line).get("level") in {"error", "critical"}
    except (json.JSONDecodeError, AttributeError):
        return line.startswith("Traceback")
