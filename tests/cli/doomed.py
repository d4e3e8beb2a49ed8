"""A command that is killed in the middle: ``python -m tests.cli.doomed <step> <n> <words of the command>``.

SIGKILL comes just before the step is begun for the n-th time.
"""

import os
import signal
import sys
from collections.abc import Mapping
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any

from bot.cli.main import main
from bot.operations.export_folder import ExportFolder
from storage.log import Log
from storage.portable import Portable
from storage.restoring import Restoring

STEPS: Mapping[str, tuple[Any, str]] = {
    "read a table": (Portable, "rows"),
    "say that it is complete": (ExportFolder, "finish"),
    "make a file durable": (os, "fsync"),
    "pack a file": (Path, "unlink"),
    "put rows in": (Restoring, "insert"),
    "index the archive": (Restoring, "finish"),
    "look at a log": (Log, "verify"),
}


def doom(step: str, at: int) -> None:
    """Let this process end there."""
    owner, name = STEPS[step]
    original, times = getattr(owner, name), count(1)

    @wraps(original)
    def doomed(*args: Any, **kwargs: Any) -> Any:
        if next(times) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)

    setattr(owner, name, doomed)


if __name__ == "__main__":
    doom(sys.argv[1], int(sys.argv[2]))
    main(sys.argv[3:])
