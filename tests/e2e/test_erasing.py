"""Somebody asks to be erased, long after the last burst that they were in: nothing of them is left beside the bot."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage, own_environment
from bot.demo.stage import ARCHIVE, Stage
from bot.demo.story import stage_on
from bot.sandbox.client import wait_for
from tests.e2e.acts import PATIENCE_FOR, answered, archived, opened, read

pytestmark = pytest.mark.timeout(180)

BLOCKER = "ct-chest-layout"
SAID = ("whispered in the corridor", "murmured to a mirror", "demo descriptions", "grumbled at the end")


@pytest.fixture
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A workspace of its own, whose database is looked at byte by byte."""
    folder = tmp_path_factory.mktemp("erasing")
    with Backstage(folder, PolicyTime(folder / "clock.json"), rate_limits="off") as backstage:
        backstage.start_bot()
        yield stage_on(backstage, io.StringIO(), PATIENCE_FOR)


def burst(stage: Stage, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of the administrator; as a process, since it sets the clock of the one that it runs in."""
    environment = own_environment() | stage.backstage.settings()
    command = [sys.executable, "-m", "bot.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def kept(stage: Stage) -> bytes:
    """Everything that lies in the data folder."""
    data = stage.backstage.folder / "data"
    return b"".join(file.read_bytes() for file in data.rglob("*") if file.is_file()).lower()


def test_nothing_of_who_is_erased_is_left_and_the_bot_goes_on(stage: Stage) -> None:
    noor, priya = stage.cast["noor"], stage.cast["priya"]
    one, _ = opened(stage, "noor", BLOCKER)
    message = noor.say(one.channel, f"I {SAID[0]} about it, {priya.mention}.")
    noor.react(message, "pushpin")
    noor.edit(noor.say(one.channel, f"I {SAID[1]}."), "Never mind.")
    priya.say(one.channel, f"Thank you, {noor.mention}.")
    stage.command(noor, f"/burst update The protocol tree still carries {SAID[2]}.", one.channel)
    read(stage, "priya", one.channel, SAID[2])
    noor.open_home()
    stage.command(noor, f"/burst cancel mistake I {SAID[3]}.", one.channel)
    read(stage, "stella", ARCHIVE, one.key)
    stage.backstage.time.forward(timedelta(hours=25))
    wait_for(lambda: archived(priya, one), PATIENCE_FOR, "the channel archived")
    left = [*SAID, noor.id.lower(), "noor"]
    assert [words for words in left if words.encode() not in kept(stage)] == []

    assert (
        "Nothing was changed."
        in burst(stage, "person", "erase", noor.id, "--dry-run", "--as", "petra").stdout
    )
    assert stage.backstage.stop_bot() == 0
    done = burst(stage, "person", "erase", noor.id, "--as", "petra", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["kept"] == 0
    assert [words for words in left if words.encode() in kept(stage)] == []
    for command in ("log", "audit"):
        assert burst(stage, command, "verify").returncode == 0
    assert burst(stage, "db", "check").returncode == 0

    stage.backstage.start_bot()
    assert json.loads(done.stdout)["label"] in answered(stage, "stella", f"/burst show {one.key}")
