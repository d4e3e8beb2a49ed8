"""The bot as its own process, to which the worst happens from inside: ``python -m tests.faults.doomed``.

The product has no hooks for this; what is to break is wrapped from outside, before the command line runs.
The environment says what:

- ``DOOM_AT`` is ``<step>:<n>``: SIGKILL at the n-th time that the step is passed, or after n milliseconds; of
  several, parted by semicolons, the one that comes first;
- ``WALL_STEP`` names a file that holds seconds by which the machine's wall clock is wrong, while it is there;
- ``ENGINE_ENDS`` names a file: once it is there the ticker's thread ends, nobody revives it, and the moment,
  by the monotonic clock of the machine, is written into it;
- ``SLACKS_PACE``: keep to Slack's rate limits, and back off as long, as the product does.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import partialmethod, wraps
from itertools import count
from pathlib import Path
from threading import Timer
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from bot import clock
from bot.cli.main import main
from bot.scheduling import sweep, ticker
from bot.slack import pacing, sender, socket
from bot.slack.gateway.call import Caller
from bot.slack.sending import attempt, unrecorded
from storage.applying import Applying
from storage.inbox import Inbox
from storage.kept_files import Arriving
from storage.outbox import Outbox

FAST = pacing.Limit(100_000, 1_000)
# A story's faults may all strike one intent.
WAITS_AT_MOST = 20.0
POSTING = frozenset({"chat.postMessage", "conversations.create", "chat.update", "conversations.invite"})
SHARING = "files.completeUploadExternal"
ANY_MOMENT = "at any moment"
# Nothing is uploaded before a story ends.
LAST_STEP = "upload completed, before its record"


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _wrapped(
    owner: Any, name: str, at: int, *, before: bool, when: Callable[..., bool] = lambda *_: True
) -> None:
    """Wrap a step so that its ``at``-th passing that ``when`` holds for is the last thing done."""
    original, hits = getattr(owner, name), count(1)

    @wraps(original)
    def doomed(*args: Any, **kwargs: Any) -> Any:
        fatal = when(*args) and next(hits) == at
        if fatal and before:
            _die()
        try:
            return original(*args, **kwargs)
        finally:
            if fatal:
                _die()

    setattr(owner, name, doomed)


def _posts(_caller: object, method: str, *_: object) -> bool:
    return method in POSTING


def _shares(_caller: object, method: str, *_: object) -> bool:
    return method == SHARING


def _die_after(milliseconds: int) -> None:
    timer = Timer(milliseconds / 1000, _die)
    timer.daemon = True
    timer.start()


# The sweep first: it rings only while nobody has answered. Files come at the end.
STEPS: dict[str, Callable[[int], None]] = {
    "inside the sweep": lambda n: _wrapped(sweep, "ring_clocks", n, before=False),
    "request key taken": lambda n: _wrapped(Inbox, "remember", n, before=False),
    "before commit": lambda n: _wrapped(Applying, "run", n, before=False),
    "after commit, before ack": lambda n: _wrapped(socket, "send_response", n, before=True),
    "after ack": lambda n: _wrapped(socket, "send_response", n, before=False),
    "after claim": lambda n: _wrapped(sender.Sender, "_launch", n, before=True),
    "before the Slack call": lambda n: _wrapped(Caller, "_call", n, before=True, when=_posts),
    "after the Slack call, before its record": lambda n: _wrapped(
        Caller, "_call", n, before=False, when=_posts
    ),
    "inside the record": lambda n: _wrapped(Outbox, "complete", n, before=False),
    "after the record": lambda n: _wrapped(unrecorded, "settle", n, before=False),
    "copy kept, before its record": lambda n: _wrapped(Arriving, "keep", n, before=False),
    LAST_STEP: lambda n: _wrapped(Caller, "_call", n, before=False, when=_shares),
    ANY_MOMENT: _die_after,
}


def doom(sentence: str) -> None:
    """Let the process die as ``sentence`` (``<step>:<n>;<step>:<n>``) says."""
    for one in sentence.split(";"):
        step, _, number = one.rpartition(":")
        STEPS[step](int(number))


def step_wall_clock(file: Path) -> None:
    """Let the wall clock be wrong by as many seconds as ``file`` says."""
    right = clock.wall

    def wrong() -> float:
        try:
            return right() + float(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return right()

    setattr(clock, "wall", wrong)  # noqa: B010 - a function may not be replaced in plain sight


def end_the_engine(file: Path) -> None:
    """End the scheduler's thread once ``file`` is there, as an exception in it would, and let nobody revive it."""
    going_on: Callable[[BackgroundScheduler], float] = BackgroundScheduler._process_jobs

    def ending(scheduler: BackgroundScheduler) -> float:
        if file.exists():
            file.write_text(str(clock.monotonic()), encoding="utf-8")
            raise SystemExit  # ends a thread without a word
        return going_on(scheduler)

    setattr(BackgroundScheduler, "_process_jobs", ending)  # noqa: B010 - as above
    setattr(ticker.Ticker, "_restart", lambda _: None)  # noqa: B010 - as above


if __name__ == "__main__":
    if not os.environ.get("SLACKS_PACE"):
        # Slack's rate limits, and long back-off, are another test's business; here they would only make the story slow.
        unlimited = partialmethod(
            pacing.Pacer.__init__, channel=FAST, tiers=dict.fromkeys(pacing.TIERS, FAST)
        )
        setattr(pacing.Pacer, "__init__", unlimited)  # noqa: B010 - as above
        setattr(attempt, "LONGEST_WAIT_FOR", WAITS_AT_MOST)  # noqa: B010 - as above
    if sentence := os.environ.get("DOOM_AT"):
        doom(sentence)
    if wall := os.environ.get("WALL_STEP"):
        step_wall_clock(Path(wall))
    if engine := os.environ.get("ENGINE_ENDS"):
        end_the_engine(Path(engine))
    main(sys.argv[1:])
