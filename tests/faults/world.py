"""A Slack workspace and a bot that may die, as processes, and a story that people play in spite of it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import storage
from bot import clock
from bot.clock import Shift
from bot.sandbox.client import Person, Refused, SandboxClient, texts_of, wait_for
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Entry
from bot.taskforce.lifecycle import facts_of, replay
from bot.taskforce.terms import EntryKind
from storage.terms import IntentState

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "bot" / "demo"
READY_WITHIN = 90.0
DONE_WITHIN = 90.0


def environment(sandbox: str, folder: Path) -> dict[str, str]:
    """What the bot's process is started with."""
    inherited = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return inherited | {
        "SLACK_API_URL": f"{sandbox}/api/",
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "BURST_PROGRAMME": str(DEMO / "programme.yml"),
        "BURST_DATA_DIR": str(folder / "data"),
        "BURST_HTTP_PORT": "0",
        "BURST_CLOCK_FILE": str(folder / "clock.json"),
    }


class Mortal:
    """The bot's process. Whenever it dies it is started again, doomed to the next death, if one is left."""

    def __init__(self, env: Mapping[str, str], log: Path) -> None:
        self._env = dict(env)
        self._log = log.open("ab")
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._dooms: list[str] = []
        self.deaths = 0

    def start(self) -> None:
        """Start it, and keep it alive from then on."""
        self._launch()
        self._keeper.start()

    @property
    def dooms_left(self) -> int:
        """How many deaths are still to come, the one that the running process is doomed to not counted."""
        return len(self._dooms)

    def restart(self, dooms: Sequence[str]) -> None:
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
        self._log.close()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            process = self._process
            if process is None:
                return
            code = process.wait()
            if self._stopping.is_set():
                return
            self.deaths += code == -signal.SIGKILL
            self._launch()

    def _launch(self) -> None:
        self._env["DOOM_AT"] = self._dooms.pop(0) if self._dooms else ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.doomed", "serve", "--upgrade"],
            cwd=ROOT,
            env=self._env,
            stdout=self._log,
            stderr=self._log,
        )


@dataclass
class World:
    """One workspace, one bot, one clock."""

    folder: Path
    slack: SandboxClient
    bot: Mortal
    moved: timedelta = timedelta()
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        """Somebody of the demonstration's hospitals."""
        return self.people.setdefault(name, self.slack.person(name))

    def move_time(self, by: timedelta) -> None:
        """Let policy time jump ahead."""
        self.moved += by
        clock.write_shift(self.folder / "clock.json", Shift(self.moved))

    def burst(self, number: int) -> Burst | None:
        """The burst as it is stored now."""
        url = f"sqlite:///{self.folder / 'data' / 'burst.db'}"
        with storage.peek(url, self.folder / "data") as unit:
            return unit.bursts.get(number)


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """A running workspace with its bot, ended afterwards."""
    address_file = folder / "address"
    sandbox = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "bot.sandbox",
            "--port=0",
            "--rate-limits=off",
            f"--seed={DEMO / 'people.yml'}",
            f"--manifest={ROOT / 'manifest.yml'}",
            f"--state-file={address_file}",
        ],
        cwd=ROOT,
    )
    try:
        address = wait_for(lambda: _address(address_file), READY_WITHIN, "the sandbox")
        clock.write_shift(folder / "clock.json", Shift())
        with SandboxClient(address) as slack:
            bot = Mortal(environment(address, folder), folder / "bot.log")
            bot.start()
            try:
                slack.wait_until_connected(within=READY_WITHIN)
                yield World(folder, slack, bot)
            finally:
                bot.stop()
    finally:
        sandbox.terminate()
        sandbox.wait()


def insist(world: World, act: Callable[[], object], done: Callable[[], object], what: str) -> None:
    """Do as people do: try, and if it did not come true (the bot was dead), try again until it does."""

    def tried() -> object:
        if done():
            return True
        try:
            act()
        except Refused:
            return False  # nobody can act while the app is away; the next round tries again
        return done()

    wait_for(tried, DONE_WITHIN, what)


def visible_twice(world: World) -> list[str]:
    """Messages that a person can see and that answer the same intent: there must be none."""
    made: Counter[str] = Counter()
    for call in world.slack.calls("chat.postMessage"):
        if call["ok"]:
            made[_operation(call)] += 1
    return [operation for operation, times in made.items() if operation and times > 1]


def lost(world: World, number: int) -> list[str]:
    """What does not fit together in the burst's record: state without entry, broken chain, undelivered intents."""
    data = world.folder / "data"
    url = f"sqlite:///{data / 'burst.db'}"
    problems = storage.check(url, data)
    with storage.peek(url, data) as unit:
        burst = unit.bursts.get(number)
        entries = unit.log.entries(number)
        waiting = unit.outbox.listed((IntentState.PENDING, IntentState.LEASED), burst_id=number)
    if burst is None:
        return [*problems, f"BURST-{number} is gone"]
    if replay(Entry(e.kind, e.actor, e.at, e.body or {}) for e in entries) != facts_of(burst):
        problems.append("the log alone does not yield the stored state")
    if sum(entry.kind is EntryKind.OPENED for entry in entries) != 1:
        problems.append("it was not opened exactly once")
    problems += [f"intent {row.id} ({row.kind}) was never delivered" for row in waiting]
    return problems


def _operation(call: Mapping[str, Any]) -> str:
    arguments = call.get("arguments") or {}
    metadata = arguments.get("metadata") or "{}"
    held = json.loads(metadata) if isinstance(metadata, str) else metadata
    return str((held.get("event_payload") or {}).get("op", ""))


def _address(file: Path) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["address"])
    except FileNotFoundError:
        return ""


__all__ = ["World", "insist", "lost", "texts_of", "visible_twice", "wait_for", "world"]
