"""The sandbox and the bot as processes of their own, in a folder of their own, told apart by their logs."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

import bot
from bot import config
from bot.demo.deployment import USUAL, Deployment
from bot.demo.policy_time import PolicyTime
from bot.errors import BotError
from bot.sandbox.client import NeverHappened, SandboxClient, wait_for

PROJECT = Path(bot.__file__).parents[1]
HERE = Path(__file__).parent
PROGRAMME = HERE / "programme.yml"
PEOPLE = HERE / "people.yml"
MANIFEST = config.MANIFEST
STARTS_WITHIN = 30.0
STOPS_WITHIN = 20.0
# The workspace is on this machine, so no proxy; and whoever tries the demo may have a real Slack's tokens set.
_FOREIGN = re.compile(r".*_proxy|SLACK_.*|BURST_.*|SSL_CERT_.*", re.IGNORECASE)
_HEALTH = re.compile(r"health on (http://\S+)/readyz")


class NotRunning(BotError):
    """A process did not start, or is gone; says which, with the end of its log."""


class Process:
    """One child process; what it says goes to the end of the file ``log``."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._command = [sys.executable, "-m", *arguments]
        self._environment = own_environment() | dict(environment)
        self.log = log
        self._spoken_before = 0
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; returns at once."""
        self._spoken_before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                self._command,
                env=self._environment,
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C is for the one who tells the story, who then stops the others in order.
                start_new_session=True,
            )

    @property
    def running(self) -> bool:
        """Whether it is still there."""
        return self._child is not None and self._child.poll() is None

    def require_running(self) -> None:
        """Raise ``NotRunning`` with the end of the log when the process is gone."""
        if not self.running:
            raise NotRunning(f"{' '.join(self._command[2:])} is not running:\n{self.tail()}")

    def said(self) -> str:
        """What it said since it was started last."""
        with self.log.open("rb") as log:
            log.seek(self._spoken_before)
            return log.read().decode(errors="replace")

    def tail(self, lines: int = 30) -> str:
        """The last lines of its log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def kill(self) -> None:
        """SIGKILL: it can do nothing about it."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM, and wait; returns its exit status. What hangs is killed in the end, status -9."""
        return self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """SIGSTOP: it stands still in whatever it is doing, and does not know it."""
        self._must_have_begun().send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """SIGCONT: it goes on where it was frozen."""
        self._must_have_begun().send_signal(signal.SIGCONT)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._must_have_begun().pid

    def _must_have_begun(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            raise NotRunning(f"{' '.join(self._command[2:])} was never started")
        return self._child

    def _end(self, how: signal.Signals) -> int:
        if self._child is None:
            return 0
        if self._child.poll() is None:
            self._child.send_signal(how)
        try:
            return self._child.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self._child.kill()
            return self._child.wait(STOPS_WITHIN)


class Backstage:
    """A sandbox workspace and a bot to serve it, on a fresh database in ``folder``.

    As a context it starts the sandbox, and stops whatever runs; the bot waits for ``start_bot``.
    ``rate_limits`` as ``python -m bot.sandbox`` takes it; ``deployment`` is how the bot is run; at ``port`` is the
    page, 0 takes a free one. Raises ``NotRunning`` when one does not come up.
    """

    def __init__(
        self,
        folder: Path,
        time: PolicyTime,
        *,
        people: Path = PEOPLE,
        programme: Path = PROGRAMME,
        rate_limits: str = "on",
        deployment: Deployment = USUAL,
        port: int = 0,
    ) -> None:
        self.folder = folder
        self.deployment = deployment
        self.time = time
        self.programme = programme
        self._state = folder / "sandbox.json"
        self._sandbox = Process(
            (
                "bot.sandbox",
                *("--port", str(port), "--state-file", str(self._state), "--rate-limits", rate_limits),
                *("--manifest", str(MANIFEST), "--seed", str(people), "--clock-file", str(time.file)),
                *deployment.sandbox_options(),
            ),
            {},
            folder / "sandbox.log",
        )
        self.slack: SandboxClient
        self.bot: Process

    def __enter__(self) -> Self:
        try:
            self._start_sandbox()
            self.bot = self.process("serve", "--upgrade", log="bot.log")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def process(self, *command: str, log: str) -> Process:
        """``burst <command>`` with this workspace's settings, not started yet."""
        return Process(("bot.cli", *command), self.settings(), self.folder / log)

    def settings(self) -> dict[str, str]:
        """The environment in which ``burst`` works on this workspace."""
        return {
            "BURST_PROGRAMME": str(self.programme),
            "BURST_DATA_DIR": str(self.folder / "data"),
            "BURST_CLOCK_FILE": str(self.time.file),
            "SLACK_API_URL": f"{self.slack.address}/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            **self.deployment.settings(),
        }

    def start_bot(self) -> None:
        """Start the bot and wait until it is ready to serve."""
        start(self.bot)

    def require_running(self) -> None:
        """Raise ``NotRunning`` with the end of the log when sandbox or bot is gone."""
        self._sandbox.require_running()
        self.bot.require_running()

    def stop_bot(self) -> int:
        """Ask the bot to stop, and return its exit status."""
        return self.bot.stop()

    def kill_bot(self) -> None:
        """SIGKILL the bot."""
        self.bot.kill()

    def close(self) -> None:
        """Stop whatever runs."""
        if hasattr(self, "bot"):
            self.bot.stop()
        if hasattr(self, "slack"):
            self.slack.close()
        self._sandbox.stop()

    def _start_sandbox(self) -> None:
        self._sandbox.start()
        wait_for(self._announced, STARTS_WITHIN, "a sandbox that listens")
        self.slack = SandboxClient(json.loads(self._state.read_text(encoding="utf-8"))["address"])

    def _announced(self) -> bool:
        self._sandbox.require_running()
        return self._state.exists()


def start(serving: Process) -> None:
    """Start a ``burst serve`` and wait until it is ready. Raises ``NotRunning`` when it does not come up."""
    serving.start()
    try:
        wait_for(lambda: is_ready(serving), STARTS_WITHIN, "a bot that is ready")
    except NeverHappened as never:
        raise NotRunning(f"{never}\n{serving.tail()}") from never


def is_ready(serving: Process) -> bool:
    """Whether a ``burst serve`` says that Slack reaches it. Raises ``NotRunning`` when it is gone."""
    return _is_well(serving, "readyz")


def is_alive(serving: Process) -> bool:
    """Whether its engine runs, with or without Slack. Raises ``NotRunning`` when it is gone."""
    return _is_well(serving, "healthz")


def _is_well(serving: Process, probe: str) -> bool:
    serving.require_running()
    found = _HEALTH.search(serving.said())
    return found is not None and _answers(f"{found[1]}/{probe}")


def own_environment() -> dict[str, str]:
    """This process's environment without proxies and without anybody's Slack."""
    return {name: value for name, value in os.environ.items() if not _FOREIGN.fullmatch(name)}


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5, trust_env=False).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
