"""A Slack workspace and a bot that may die, as processes of their own."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from bot import clock
from bot.clock import Shift
from bot.demo.processes import MANIFEST, PEOPLE, PROGRAMME, PROJECT, Process, own_environment
from bot.reports.entries import LoggedEntry
from bot.sandbox.client import Person, SandboxClient, wait_for
from bot.taskforce.burst import Burst
from storage import Unit
from storage.engine import sqlite_reader
from storage.policies import PolicyCache

READY_WITHIN = 90.0


class Mortal:
    """The bot's process. Whenever it ends it is started again, doomed to the next death, if one is left.

    ``deaths`` are the moments, in real seconds, at which SIGKILL was its end.
    """

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = dict(environment)
        self.log = log
        self._written = log.open("ab")
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._dooms: list[str] = []
        self.deaths: list[float] = []

    def start(self) -> None:
        """Start it on a new database, and keep it alive from then on."""
        self._launch("--upgrade")
        self._keeper.start()

    @property
    def pid(self) -> int:
        """The process that runs now."""
        assert self._process is not None
        return self._process.pid

    def restart(self, dooms: Sequence[str] = ()) -> None:
        """End it in order and start it anew; it will die of these dooms, one life after the other."""
        self._dooms = list(dooms)
        if self._process is not None:
            self._process.terminate()

    def stop(self) -> None:
        """End it for good."""
        self._stopping.set()
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
        self._keeper.join()
        self._written.close()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            process = self._process
            if process is None:
                return
            code = process.wait()
            if self._stopping.is_set():
                return
            if code == -signal.SIGKILL:
                self.deaths.append(clock.wall())
            self._launch()

    def _launch(self, *options: str) -> None:
        self._environment["DOOM_AT"] = self._dooms.pop(0) if self._dooms else ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.doomed", "serve", *options],
            cwd=PROJECT,
            env=self._environment,
            stdout=self._written,
            stderr=self._written,
        )


@dataclass
class World:
    """One workspace, one bot, and the clocks that the bot reads."""

    folder: Path
    data: Path
    slack: SandboxClient
    bot: Mortal
    moved: timedelta = timedelta()
    wall_off: timedelta = timedelta()
    people: dict[str, Person] = field(default_factory=dict)
    reader: Engine | None = None

    def person(self, name: str) -> Person:
        """Somebody of the demonstration's hospitals."""
        return self.people.setdefault(name, self.slack.person(name))

    def now(self) -> datetime:
        """Policy time, aware UTC."""
        return clock.machine() + self.moved

    def move_time(self, by: timedelta) -> None:
        """Let policy time jump, ahead or back."""
        self.moved += by
        clock.write_shift(self.folder / "clock.json", Shift(self.moved))

    def step_wall(self, by: timedelta) -> None:
        """Let the machine's wall clock jump, ahead or back, as the bot reads it."""
        self.wall_off += by
        draft = self.folder / "wall.tmp"
        draft.write_text(str(self.wall_off.total_seconds()), encoding="utf-8")
        draft.replace(self.folder / "wall")

    @contextmanager
    def stored(self) -> Iterator[Unit]:
        """What the database holds, read beside the bot, by one connection that stays: it is read very often."""
        if self.reader is None:
            self.reader = sqlite_reader(self.data / "burst.db")
        with self.reader.connect() as connection, connection.begin():
            yield Unit(connection, PolicyCache(), writing=False)

    def close(self) -> None:
        """Let go of the database."""
        if self.reader is not None:
            self.reader.dispose()

    @property
    def url(self) -> str:
        """The database's address."""
        return f"sqlite:///{self.data / 'burst.db'}"

    def burst(self, number: int) -> Burst | None:
        """The burst as it is stored now."""
        with self.stored() as unit:
            return unit.bursts.get(number)

    def entries(self, number: int) -> tuple[LoggedEntry, ...]:
        """The burst's log as it is stored now."""
        with self.stored() as unit:
            return tuple(unit.log.entries(number))


@contextmanager
def world(folder: Path, *, data: Path | None = None, **environment: str) -> Iterator[World]:
    """A running workspace with its bot, ended afterwards; ``data`` is where the database lies."""
    folder.mkdir(parents=True, exist_ok=True)
    data = data or folder / "data"
    with _sandbox(folder) as address, SandboxClient(address) as slack:
        clock.write_shift(folder / "clock.json", Shift())
        settings = own_environment() | _settings(address, folder, data) | environment
        bot = Mortal(settings, folder / "bot.log")
        bot.start()
        try:
            slack.wait_until_connected(within=READY_WITHIN)
            with closing(World(folder, data, slack, bot)) as living:
                yield living
        finally:
            bot.stop()


@contextmanager
def _sandbox(folder: Path) -> Iterator[str]:
    address_file = folder / "address"
    options = (
        "--port=0",
        "--rate-limits=off",
        f"--seed={PEOPLE}",
        f"--manifest={MANIFEST}",
        f"--state-file={address_file}",
    )
    process = Process(("bot.sandbox", *options), {}, folder / "sandbox.log")
    process.start()
    try:
        yield wait_for(lambda: _address(address_file), READY_WITHIN, "the sandbox")
    finally:
        process.stop()


def _settings(sandbox: str, folder: Path, data: Path) -> dict[str, str]:
    return {
        "SLACK_API_URL": f"{sandbox}/api/",
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "BURST_PROGRAMME": str(PROGRAMME),
        "BURST_DATA_DIR": str(data),
        "BURST_HTTP_PORT": "0",
        "BURST_CLOCK_FILE": str(folder / "clock.json"),
        "WALL_STEP": str(folder / "wall"),
    }


def _address(file: Path) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["address"])
    except FileNotFoundError:
        return ""
