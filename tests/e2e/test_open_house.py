"""The demonstration on a terminal: the workspace stays open until Ctrl-C, and then nothing of it is left."""

import os
import pty
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from bot.cli.demo import demo
from bot.demo.open_house import PORT
from bot.demo.processes import PROJECT, own_environment
from bot.sandbox.client import SandboxClient, wait_for
from tests.e2e.acts import PATIENCE_FOR

PREPARED_WITHIN = 180.0
CTRL_C = b"\x03"


@pytest.fixture
def taken_port() -> Iterator[None]:
    """The usual port is somebody else's."""
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # then somebody has it already
            other.bind(("127.0.0.1", PORT))
            other.listen()
        yield


@pytest.mark.usefixtures("taken_port")
def test_it_stays_open_until_ctrl_c(tmp_path: Path) -> None:
    terminal, inside = pty.openpty()
    told = tmp_path / "told.txt"
    command = ["setsid", "--ctty", "--wait", sys.executable, "-m", "bot.cli", "demo", "--no-story"]
    environment = {**own_environment(), "TMPDIR": str(tmp_path)}
    with told.open("wb") as out:
        playing = subprocess.Popen(
            command, stdin=inside, stdout=out, stderr=out, cwd=PROJECT, env=environment
        )
    os.close(inside)
    try:
        address = wait_for(lambda: _address(told, playing), PREPARED_WITHIN, "an address")
        with SandboxClient(address) as slack:
            slack.wait_until_connected()
        assert httpx.get(address, trust_env=False, follow_redirects=True).status_code == httpx.codes.OK
        os.write(terminal, CTRL_C)
        assert playing.wait(PATIENCE_FOR) == 0
    finally:
        playing.terminate()
        playing.wait(PATIENCE_FOR)
        os.close(terminal)
    assert f"(port {PORT} is taken)" in told.read_text()
    assert "nothing of it is left" in told.read_text()
    assert list(tmp_path.iterdir()) == [told]
    with pytest.raises(httpx.ConnectError):
        httpx.get(address, trust_env=False)


def test_neither_story_nor_stay_is_refused() -> None:
    came_of = CliRunner().invoke(demo, ["--no-story", "--no-stay"])

    assert came_of.exit_code == 2
    assert "nothing left of the demonstration" in came_of.output


@pytest.mark.parametrize(
    ("options", "status", "opened"),
    [((), 0, False), (("--no-stay",), 0, False), (("--stay",), 0, True), (("--stay",), 1, False)],
)
def test_it_stays_open_after_a_story_only_when_asked_to_or_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], status: int, *, opened: bool
) -> None:
    opening: list[bool] = []

    def keep_open() -> int:
        opening.append(True)
        return 0

    monkeypatch.setattr("bot.demo.story.tell", lambda **_: status)
    monkeypatch.setattr("bot.demo.open_house.keep_open", keep_open)

    came_of = CliRunner().invoke(demo, options)

    assert came_of.exit_code == status
    assert bool(opening) is opened


def _address(told: Path, playing: "subprocess.Popen[bytes]") -> str:
    """Where the workspace is, once it is said."""
    said = told.read_text()
    assert playing.poll() is None, said
    found = re.search(r"open:  (http://localhost:\d+)", said)
    return found[1] if found else ""
