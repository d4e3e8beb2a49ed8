"""The workspace kept open for whoever wants to try it: with its history, until somebody says that it is enough."""

import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from bot.demo.blockers import blockers
from bot.demo.deployment import LOOPBACK
from bot.demo.foreground import alone_in_the_foreground
from bot.demo.history.course import Course
from bot.demo.history.making import BEGINNING, Keys, make_history
from bot.demo.history.present import ESCALATED, UNANSWERED, open_blockers
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage

PORT = 8642
# A terminal that is closed, and whoever stops a service, mean the same as Ctrl-C.
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LOOKS_EVERY = 1.0


def keep_open(port: int = PORT) -> int:
    """Open the workspace, say where it is and what to try, and wait for Ctrl-C; returns the exit status, 0.

    Another port is taken when this one is not free. Raises ``NotRunning`` when sandbox or bot do not come up, or
    end by themselves.
    """
    try:
        with (
            alone_in_the_foreground(),
            _stoppable(),
            tempfile.TemporaryDirectory(prefix="burst-demo-") as folder,
        ):
            _serve(Path(folder), port)
    except KeyboardInterrupt:
        _say("The workspace is closed, and nothing of it is left.")
    return 0


def _serve(folder: Path, port: int) -> None:
    """Serve the workspace until something is raised: ``KeyboardInterrupt``, if all is well."""
    time = PolicyTime(folder / "clock.json", BEGINNING)
    with Backstage(folder, time, port=port if _is_free(port) else 0) as backstage:
        _say("Opening a workspace with a past: five months of a programme at six sites, in some seconds.")
        keys = make_history(backstage, _Progress().begun)
        backstage.start_bot()
        _say(_invitation(urlsplit(backstage.slack.address).port or 0, port, keys))
        never = threading.Event()
        while not never.wait(_LOOKS_EVERY):
            backstage.require_running()


class _Progress:
    """A line for each burst when it is raised."""

    def __init__(self) -> None:
        self._titles = {one.id: one.title for one in (*blockers().values(), *open_blockers().values())}

    def begun(self, course: Course) -> None:
        """Somebody raised it."""
        _say(f"  {course.raised_at:%d %b}  {self._titles[course.blocker]}")


def _invitation(port: int, wanted: int, keys: Keys) -> str:
    """Where it is, and three things to try."""
    elsewhere = "" if port == wanted else f" (port {wanted} is taken)"
    return f"""
The workspace is open:  http://localhost:{port}{elsewhere}
Twelve bursts are over, three are open. Choose who you are, switch at the top, and try:

  1. Be Maren Cole. In "Messages", Issue Burst asks her to own {keys[UNANSWERED]}: press "Accept".
  2. Be Dominic Hayes, on duty for the steering cell. In #imaging-steering nobody has accepted {keys[ESCALATED]} in
     time: press "Take it up", then "Reassign", and give it to Wendel Osei.
  3. Be Stella Winter. In #imaging-archive type  /burst archive tunnel  and "Open" what was learned then.

Then be Noor Castell and "Raise a blocker" of your own. "Inspector" moves the time, so that promises fall due.
Ctrl-C closes the workspace."""


def _say(text: str) -> None:
    print(text, file=sys.stdout, flush=True)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


@contextmanager
def _stoppable() -> Iterator[None]:
    """The first signal to stop is a ``KeyboardInterrupt``; further ones do not disturb the cleaning up."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in _STOPS:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in _STOPS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
