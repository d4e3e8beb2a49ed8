"""The demonstration on a terminal: the workspace stays open until Ctrl-C, and then nothing of it is left."""

import os
import pty
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from bot.cli.demo import demo
from bot.demo.open_house import PORT
from bot.demo.processes import PROJECT, own_environment
from bot.sandbox.client import SandboxClient, wait_for
from tests.e2e.acts import PATIENCE_FOR

PREPARED_WITHIN = 420.0
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


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Where temporary files go."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@dataclass
class Terminal:
    """`make demo` as a person types it at a terminal, but for the environment, which is made already."""

    playing: "subprocess.Popen[bytes]"
    keyboard: int
    _screen: bytearray = field(default_factory=bytearray)

    @classmethod
    @contextmanager
    def opened(cls, ready: Path, scratch: Path) -> "Iterator[Terminal]":
        """One at which it is being played."""
        keyboard, inside = pty.openpty()
        make = ["make", "demo", f"BIN={Path(sys.executable).parent}", f"READY={ready}"]
        ready.touch()
        playing = subprocess.Popen(
            ["setsid", "--ctty", "--wait", *make],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            cwd=PROJECT,
            # This code is to be played, also where the environment was made for a copy of it.
            env={**_unmade(own_environment()), "TMPDIR": str(scratch), "PYTHONPATH": str(PROJECT)},
        )
        os.close(inside)
        terminal = cls(playing, keyboard)
        reading = threading.Thread(target=terminal._read)
        reading.start()
        try:
            yield terminal
        finally:
            playing.terminate()
            playing.wait(PATIENCE_FOR)
            reading.join(PATIENCE_FOR)
            os.close(keyboard)

    @property
    def told(self) -> str:
        """What is on its screen, and above."""
        return self._screen.decode(errors="replace").replace("\r\n", "\n")

    def address(self) -> str:
        """Where the workspace is, once it is said."""
        assert self.playing.poll() is None, self.told
        found = re.search(r"open:  (http://localhost:\d+)", self.told)
        return found[1] if found else ""

    def _read(self) -> None:
        with suppress(OSError):  # nobody writes to it any more
            while read := os.read(self.keyboard, 4096):
                self._screen += read


def _unmade(environment: dict[str, str]) -> dict[str, str]:
    """Without what `make test` hands down: a make within another one says which folder it enters and leaves."""
    return {name: value for name, value in environment.items() if not name.startswith(("MAKE", "MFLAGS"))}


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("taken_port")
def test_the_story_is_told_and_then_it_stays_open_until_ctrl_c(tmp_path: Path, scratch: Path) -> None:
    with Terminal.opened(tmp_path / "ready", scratch) as terminal:
        address = wait_for(terminal.address, PREPARED_WITHIN, "an address")
        with SandboxClient(address) as slack:
            slack.wait_until_connected()
        assert httpx.get(address, trust_env=False, follow_redirects=True).status_code == httpx.codes.OK
        os.write(terminal.keyboard, CTRL_C)
        assert terminal.playing.wait(PATIENCE_FOR) == 0
    assert "promises of the story came true" in terminal.told
    assert f"(port {PORT} is taken)" in terminal.told
    assert terminal.told.rstrip().endswith("The workspace is closed, and nothing of it is left.")
    assert list(scratch.iterdir()) == []
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
