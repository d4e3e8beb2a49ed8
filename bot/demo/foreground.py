"""The terminal's Ctrl-C for this process alone: whoever started it, such as ``make``, is not interrupted with it."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def alone_in_the_foreground() -> Iterator[None]:
    """While this lasts, what the terminal sends for a key reaches this process and nobody else.

    ``make`` would end with "Interrupt" and a status of its own, whatever its recipe made of Ctrl-C. Where the process
    is at no terminal, in its background, or in a group of its own already, nothing is changed.
    """
    group = os.getpgrp()
    terminal = _terminal_of(group)
    if terminal is None or group == os.getpid():
        yield
        return
    # Whoever waits for us would not hear of a stop, and a group that is behind the terminal is stopped for writing to it.
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTSTP, signal.SIGTTOU)}
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpid())
    try:
        yield
    finally:
        os.tcsetpgrp(terminal, group)
        os.setpgid(0, group)
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminal_of(group: int) -> int | None:
    """The descriptor of the terminal in whose foreground ``group`` is; None when there is none."""
    try:
        terminal = sys.stdin.fileno()
        return terminal if os.tcgetpgrp(terminal) == group else None
    except (AttributeError, OSError, ValueError):
        return None  # no standard input, none with a descriptor, or one that is no terminal of ours
