"""How ``burst programme reload`` reaches the bot that serves: a signal there, an answer in a file back.

Every serving process holds a lock on a file of its own in the data directory, so that the living are
told from the dead: the kernel drops the lock with the process, however it ends. Nothing listens on
the network, and whoever may signal the bot may reload it.
"""

import fcntl
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event
from typing import TextIO

from bot import clock
from bot.errors import BotError

ANSWERS_WITHIN = 30.0
_LOOKS_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Answer:
    """What a bot says after its ``number``-th reload: the file, and the problems that kept it from it."""

    number: int
    file: str
    problems: tuple[str, ...] = ()


class Presence:
    """This process serves; held from construction to ``leave``."""

    def __init__(self, data_dir: Path, file: Path) -> None:
        folder = _folder(data_dir)
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.lock"):
            if not _is_held(old):
                _remove(old)
        self._path = folder / f"{os.getpid()}.lock"
        self._lock = _locked(self._path)
        self._file = file
        self._number = -1
        self.answer(())

    def answer(self, problems: tuple[str, ...]) -> None:
        """Tell whoever asked that the file was taken, or which ``problems`` kept it from being taken."""
        self._number += 1
        draft = self._path.with_suffix(".tmp")
        draft.write_text(
            json.dumps(asdict(Answer(self._number, str(self._file), problems))), encoding="utf-8"
        )
        draft.replace(self._path.with_suffix(".json"))

    def leave(self) -> None:
        """This process serves no longer."""
        _remove(self._path)
        self._lock.close()


def ask_to_reload(data_dir: Path, within: float = ANSWERS_WITHIN) -> Iterator[tuple[int, Answer]]:
    """Have every bot that serves from ``data_dir`` read its programme again; its process id and its answer.

    Raises ``BotError`` when none serves, or when one does not answer ``within`` so many real seconds.
    """
    serving = sorted(int(path.stem) for path in _folder(data_dir).glob("*.lock") if _is_held(path))
    if not serving:
        raise BotError(
            f"no bot is serving from {data_dir}; set BURST_DATA_DIR as it is for the bot. "
            "One that is started now reads the file anyway"
        )
    before = {process: _answer(data_dir, process).number for process in serving}
    for process in serving:
        os.kill(process, signal.SIGHUP)
    deadline = clock.monotonic() + within
    for process in serving:
        yield process, _awaited(data_dir, process, before[process], deadline)


def _awaited(data_dir: Path, process: int, before: int, deadline: float) -> Answer:
    pause = Event()
    while clock.monotonic() < deadline:
        found = _answer(data_dir, process)
        if found.number > before:
            return found
        if not _is_held(_folder(data_dir) / f"{process}.lock"):
            raise BotError(f"process {process} ended before it answered; look at its log")
        pause.wait(_LOOKS_EVERY)
    raise BotError(f"process {process} was asked and has not answered yet; look at its log")


def _answer(data_dir: Path, process: int) -> Answer:
    try:
        told = json.loads((_folder(data_dir) / f"{process}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Answer(-1, "")
    return Answer(told["number"], told["file"], tuple(told["problems"]))


def _folder(data_dir: Path) -> Path:
    return data_dir / "serving"


def _locked(path: Path) -> TextIO:
    """The file, held: one that was cleaned away between opening and locking is made again."""
    while True:
        file = path.open("a", encoding="ascii")
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:
            return file
        file.close()


def _is_held(path: Path) -> bool:
    try:
        with path.open("r", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def _remove(lock: Path) -> None:
    for path in (lock, lock.with_suffix(".json"), lock.with_suffix(".tmp")):
        path.unlink(missing_ok=True)
