"""``burst programme reload``: the bot that serves takes a new file, or says why not and goes on as it was."""

import json
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bot.cli.presence import Presence, ask_to_reload
from bot.demo.processes import Process
from bot.errors import BotError
from bot.sandbox.client import wait_for
from bot.sandbox.server import running
from bot.sandbox.settings import SandboxSettings
from tests.cli.conftest import Installation
from tests.unit.programme_files import written

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
WITHIN = 30.0


def _broken(file: dict[str, Any]) -> None:
    file["administrators"].append("ghost")


@pytest.fixture
def hear(bare: Installation) -> Iterator[Callable[[Callable[[Presence], None]], None]]:
    """Serve in this process, as far as signals go, and do something when told to reload."""
    presence = Presence(bare.folder, bare.folder / "programme.yml")
    before = signal.getsignal(signal.SIGHUP)

    def hearing(act: Callable[[Presence], None]) -> None:
        def told(_number: int, _frame: FrameType | None) -> None:
            act(presence)

        signal.signal(signal.SIGHUP, told)

    yield hearing
    signal.signal(signal.SIGHUP, before)
    presence.leave()


def test_a_file_that_was_taken_is_said_to_be(bare: Installation, hear: Callable[..., None]) -> None:
    hear(lambda presence: presence.answer(()))
    result = bare.burst("programme", "reload")
    assert (result.exit_code, result.stdout.count(f"took {bare.folder / 'programme.yml'}.")) == (0, 1)


def test_the_problems_of_one_that_was_not_are_printed(bare: Installation, hear: Callable[..., None]) -> None:
    hear(lambda presence: presence.answer(("programme.yml:3: no",)))
    result = bare.burst("programme", "reload")
    assert result.exit_code == 1
    assert result.stdout.startswith("programme.yml:3: no\n")
    assert "did not take" in result.stdout


def test_programs_get_the_answer_as_data(bare: Installation, hear: Callable[..., None]) -> None:
    hear(lambda presence: presence.answer(("no",)))
    (told,) = json.loads(bare.burst("programme", "reload", "--json").stdout)
    assert (told["number"], told["problems"]) == (1, ["no"])


def test_every_answer_is_told_from_the_one_before(bare: Installation, hear: Callable[..., None]) -> None:
    hear(lambda presence: presence.answer(()))
    numbers = [answer.number for _ in range(3) for _, answer in ask_to_reload(bare.folder)]
    assert numbers == [1, 2, 3]


def test_a_bot_that_does_not_answer_is_named(bare: Installation, hear: Callable[..., None]) -> None:
    hear(lambda _presence: None)
    with pytest.raises(BotError, match=r"process \d+ was asked and has not answered yet"):
        list(ask_to_reload(bare.folder, within=0.1))


def test_a_bot_that_ends_meanwhile_is_not_waited_for(bare: Installation, hear: Callable[..., None]) -> None:
    hear(lambda presence: presence.leave())
    with pytest.raises(BotError, match="ended before it answered"):
        list(ask_to_reload(bare.folder))


def test_where_nobody_serves_it_says_so(bare: Installation) -> None:
    result = bare.burst("programme", "reload")
    assert (result.exit_code, "no bot is serving from" in result.stderr) == (1, True)


def test_what_a_killed_bot_left_behind_is_no_bot(bare: Installation) -> None:
    left = bare.folder / "serving" / "4194304.lock"
    left.parent.mkdir()
    left.touch()
    assert bare.burst("programme", "reload").exit_code == 1
    Presence(bare.folder, Path("programme.yml")).leave()
    assert not left.exists()


def test_a_bot_that_serves_takes_what_it_can_and_refuses_the_rest(bare: Installation) -> None:
    with running(SandboxSettings(manifest=MANIFEST, port=0, rate_limit_scale=None)) as address:
        file = written(bare.folder)
        bare.environment |= {
            "SLACK_API_URL": f"{address}/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_APP_TOKEN": "xapp-sandbox",
            "BURST_PROGRAMME": str(file),
            "BURST_HTTP_PORT": "0",
        }
        bot = Process(("bot.cli", "serve", "--upgrade"), bare.environment, bare.folder / "bot.log")
        bot.start()
        with closing(_Stopping(bot)):
            wait_for(lambda: _serving(bot), WITHIN, "a bot that serves")

            taken = bare.burst("programme", "reload")
            assert f"took {file}." in taken.stdout, taken.output
            assert taken.exit_code == 0

            written(bare.folder, _broken)
            refused = bare.burst("programme", "reload")
            assert "there is no person 'ghost'" in refused.stdout, refused.output
            assert refused.exit_code == 1

            written(bare.folder)
            assert bare.burst("programme", "reload").exit_code == 0
    log = re.findall(r'"event": "(programme_\w+)"', bot.said())
    assert log == ["programme_taken", "programme_refused", "programme_taken"]
    assert list((bare.folder / "serving").iterdir()) == []


class _Stopping:
    """A process that is stopped in the end, and in peace."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def close(self) -> None:
        """Stop it."""
        assert self._process.stop() == 0


def _serving(bot: Process) -> bool:
    bot.require_running()
    return "is serving" in bot.said()
