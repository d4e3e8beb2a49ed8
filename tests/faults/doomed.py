"""The bot as its own process, made to die by SIGKILL at a named step: ``python -m tests.faults.doomed``.

The product has no hooks for this; the step is wrapped from outside, before the command line runs.
``DOOM_AT`` is ``<step>:<n>``, the n-th time that the step is passed.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import partialmethod, wraps
from itertools import count
from typing import Any

from bot.cli.main import main
from bot.scheduling import sweep
from bot.slack import pacing, sender, socket
from bot.slack.gateway.call import Caller
from bot.slack.sending import unrecorded
from storage.applying import Applying
from storage.inbox import Inbox
from storage.outbox import Outbox

FAST = pacing.Limit(100_000, 1_000)
POSTING = frozenset({"chat.postMessage", "conversations.create", "chat.update", "conversations.invite"})


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
        result = original(*args, **kwargs)
        if fatal:
            _die()
        return result

    setattr(owner, name, doomed)


def _posts(_caller: object, method: str, *_: object) -> bool:
    return method in POSTING


STEPS: dict[str, Callable[[int], None]] = {
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
    "inside the sweep": lambda n: _wrapped(sweep, "ring_clocks", n, before=False),
}


def doom(sentence: str) -> None:
    """Let the process die as ``sentence`` (``<step>:<n>``) says."""
    step, _, number = sentence.rpartition(":")
    STEPS[step](int(number))


if __name__ == "__main__":
    # Slack's rate limits are another test's business; here they would only make the story slow.
    unlimited = partialmethod(pacing.Pacer.__init__, channel=FAST, tiers=dict.fromkeys(pacing.TIERS, FAST))
    setattr(pacing.Pacer, "__init__", unlimited)  # noqa: B010 - a method may not be assigned in plain sight
    if sentence := os.environ.get("DOOM_AT"):
        doom(sentence)
    main(sys.argv[1:])
