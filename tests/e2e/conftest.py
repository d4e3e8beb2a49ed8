"""The sandbox and the bot as processes, on real HTTP and WebSocket: one workspace for each way to run the bot.

A story plays in the deployments that ``usually_on`` names; the rest of the matrix is marked ``everywhere``
and left to ``make stories``, since every combination tells mostly the same. Rate limits of the sandbox are
off, so that a story takes the bot's own pace and no other.
"""

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bot.demo.deployment import USUAL, Deployment, over_http
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage
from bot.demo.stage import Stage
from bot.demo.story import stage_on
from tests.e2e.acts import PATIENCE_FOR
from tests.slack.documented import undocumented
from tests.store_fixtures import postgres_database

DEPLOYMENTS = ("socket+sqlite", "http+sqlite", "socket+postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play each story in its usual deployments, and everywhere when asked to."""
    if "deployment" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker("usually_on")
    usual = marker.args if marker else DEPLOYMENTS[:1]
    chosen = [
        pytest.param(name, marks=() if name in usual else pytest.mark.everywhere) for name in DEPLOYMENTS
    ]
    metafunc.parametrize("deployment", chosen, indirect=True, scope="session")


@pytest.fixture(scope="session")
def deployment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    """How the bot of a story is run."""
    with ExitStack() as stack:
        match request.param:
            case "http+sqlite":
                yield over_http()
            case "socket+postgresql":
                server = request.getfixturevalue("postgres")
                database = stack.enter_context(postgres_database(server, tmp_path_factory.mktemp("postgres")))
                yield Deployment(database_url=database.url)
            case _:
                yield USUAL


@pytest.fixture(scope="session")
def backstage(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backstage]:
    """The workspace that all stories of a deployment share."""
    folder = tmp_path_factory.mktemp("workspace")
    time = PolicyTime(folder / "clock.json")
    with Backstage(folder, time, rate_limits="off", deployment=deployment) as backstage:
        yield backstage


@pytest.fixture(scope="module")
def told(backstage: Backstage) -> Iterator[Stage]:
    """The stage that the stories of a module share, with a bot that starts and ends in peace."""
    backstage.start_bot()
    yield stage_on(backstage, io.StringIO(), PATIENCE_FOR)
    assert backstage.stop_bot() == 0


@pytest.fixture
def stage(told: Stage) -> Iterator[Stage]:
    """The stage of one story; it fails by what the bot logged as an error, or called as Slack does not document."""
    log = told.backstage.bot.log
    before = log.stat().st_size
    begins_at = max((call["at"] for call in told.backstage.slack.calls()), default=0.0)
    yield told
    calls = told.backstage.slack.calls(since=begins_at)
    assert [problem for call in calls for problem in undocumented(call)] == []
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
