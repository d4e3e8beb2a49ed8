"""Runs work in a forked process, watches its system calls, and spoils one: what ``strace -e inject`` does.

Done with ptrace(2) itself, so that a Linux with Python is enough to run it. ``PTRACE_GET_SYSCALL_INFO`` (Linux 5.3)
says alike on every processor which call is entered; only spoiling a call's answer needs the registers.
"""

import ctypes
import errno
import os
import platform
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

SEIZE, INTERRUPT, SYSCALL, GET_SYSCALL_INFO = 0x4206, 0x4207, 24, 0x420E
POKE_USER, GET_REGISTERS, SET_REGISTERS = 6, 0x4204, 0x4205
TRACE_SYSTEM_GOOD, EXIT_KILL = 0x1, 0x100000
WALL = 0x40000000
SYSCALL_STOP = signal.SIGTRAP | 0x80
ENTRY, EXIT = 1, 2

# asm/unistd.h, by processor. SQLite syncs with the one, and writes with the other.
CALLS = {
    "x86_64": {75: "fdatasync", 74: "fsync", 18: "pwrite64"},
    "aarch64": {83: "fdatasync", 82: "fsync", 68: "pwrite64"},
}[platform.machine()]
SYNCS = frozenset({"fdatasync", "fsync"})
# sys/user.h and sys/uio.h: where x86-64 keeps the call and its answer; register sets of aarch64.
X86_CALL, X86_ANSWER = 15 * 8, 10 * 8
ARM_GENERAL, ARM_CALL, ARM_BYTES = 1, 0x404, 34 * 8
NO_CALL = 0xFFFFFFFFFFFFFFFF

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


class _Info(ctypes.Structure):
    """The head of ``struct ptrace_syscall_info``."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("instruction", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("arguments", ctypes.c_uint64 * 6),
    )


class _Vector(ctypes.Structure):
    """``struct iovec``."""

    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


@dataclass(frozen=True)
class Spoil:
    """What becomes of the ``at``-th ``call`` of a process: it is killed before it, or the call fails with EIO."""

    call: str
    at: int
    how: Literal["kill", "fail"]


@dataclass(frozen=True)
class Watched:
    """What a process came to: its wait status, its calls of each kind, and what it said."""

    status: int
    calls: Counter[str]
    said: tuple[str, ...]

    @property
    def killed(self) -> bool:
        """Whether SIGKILL was its end; any other end than that and exit 0 is a mistake of the test."""
        if os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == signal.SIGKILL:
            return True
        assert self.status == 0, f"wait status {self.status:#x}; it said {self.said[-3:]}"
        return False


def watched(
    work: Callable[[Callable[[str], None]], None],
    spoil: Spoil | None = None,
    on_sync: Callable[[Path], object] = lambda _: None,
) -> Watched:
    """Let ``work`` run in a process of one thread; what it says line by line is known even if it is killed.

    ``on_sync`` is called with each file that was synced, while the process stands still. Only for a process that has no other threads: they would be missing in the fork.
    """
    go, said = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.read(go[0], 1)
        try:
            work(lambda line: _write(said[1], line))
        except BaseException as error:  # noqa: BLE001 - there is nobody above to raise it to
            _write(said[1], f"raised {error!r}")
            os._exit(1)
        os._exit(0)
    os.close(said[1])
    trace = _Trace(pid, spoil, on_sync)
    status = trace.follow(lambda: os.write(go[1], b"!"))
    with os.fdopen(said[0], encoding="utf-8") as lines:
        found = tuple(lines.read().splitlines())
    for end in go:
        os.close(end)
    return Watched(status, trace.counts, found)


def _write(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


@dataclass
class _Trace:
    """One process of one thread, watched until it ends."""

    pid: int
    spoil: Spoil | None
    on_sync: Callable[[Path], object]
    counts: Counter[str] = field(default_factory=Counter)
    _failing: bool = False
    _syncing: Path | None = None

    def follow(self, ready: Callable[[], object]) -> int:
        """Begin to watch, call ``ready``, and watch to the end; returns the process's wait status."""
        _ptrace(SEIZE, self.pid, 0, TRACE_SYSTEM_GOOD | EXIT_KILL)
        _ptrace(INTERRUPT, self.pid)
        ready()
        while True:
            _, status = os.waitpid(self.pid, WALL)
            if not os.WIFSTOPPED(status):
                return status
            stopped_by = os.WSTOPSIG(status)
            if stopped_by == SYSCALL_STOP:
                self._passed()
            is_signal = stopped_by not in {SYSCALL_STOP, signal.SIGTRAP}
            self._go_on(stopped_by if is_signal else 0)

    def _go_on(self, with_signal: int) -> None:
        try:
            _ptrace(SYSCALL, self.pid, 0, with_signal)
        except ProcessLookupError:
            return  # killed: the next wait says so

    def _passed(self) -> None:
        info = _Info()
        _ptrace(GET_SYSCALL_INFO, self.pid, ctypes.sizeof(info), ctypes.addressof(info))
        if info.op == EXIT:
            self._left()
        elif info.op == ENTRY and info.number in CALLS:
            self._entered(CALLS[info.number], info.arguments[0])

    def _entered(self, call: str, file: int) -> None:
        self.counts[call] += 1
        if call in SYNCS:
            self._syncing = Path(f"/proc/{self.pid}/fd/{file}").readlink()
        if self.spoil is not None and (self.spoil.call, self.spoil.at) == (call, self.counts[call]):
            self._do(self.spoil)

    def _left(self) -> None:
        synced, self._syncing = self._syncing, None
        if self._failing:
            self._failing = False
            _set_answer(self.pid, -errno.EIO)
        elif synced is not None:
            self.on_sync(synced)

    def _do(self, spoil: Spoil) -> None:
        if spoil.how == "kill":
            os.kill(self.pid, signal.SIGKILL)
            return
        self._failing = True
        _set_no_call(self.pid)


def _set_no_call(pid: int) -> None:
    if platform.machine() == "x86_64":
        _ptrace(POKE_USER, pid, X86_CALL, NO_CALL)
        return
    number = ctypes.c_int(-1)
    vector = _Vector(ctypes.addressof(number), ctypes.sizeof(number))
    _ptrace(SET_REGISTERS, pid, ARM_CALL, ctypes.addressof(vector))


def _set_answer(pid: int, answer: int) -> None:
    if platform.machine() == "x86_64":
        _ptrace(POKE_USER, pid, X86_ANSWER, answer & NO_CALL)
        return
    registers = (ctypes.c_uint64 * (ARM_BYTES // 8))()
    vector = _Vector(ctypes.addressof(registers), ARM_BYTES)
    _ptrace(GET_REGISTERS, pid, ARM_GENERAL, ctypes.addressof(vector))
    registers[0] = answer & NO_CALL
    _ptrace(SET_REGISTERS, pid, ARM_GENERAL, ctypes.addressof(vector))


def _ptrace(request: int, pid: int, address: int = 0, data: int = 0) -> None:
    ctypes.set_errno(0)
    if _libc.ptrace(request, pid, address or None, data or None) == -1 and (code := ctypes.get_errno()):
        raise OSError(code, f"ptrace {request:#x}: {os.strerror(code)}")
