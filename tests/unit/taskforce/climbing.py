"""A burst left to its ladder, told line by line."""

from datetime import timedelta

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.lifecycle import Reach
from tests.unit.taskforce.cases import (
    NOON,
    REACH,
    at,
)

Line = tuple[float, str]


def run(
    burst: Burst, until: float, reach: Reach = REACH, *, awake_from: float = 0
) -> tuple[Burst, list[Line]]:
    """Ring every clock at its time (from ``awake_from`` on) and tell what happened, in minutes."""
    told: list[Line] = []
    while True:
        due = [(clock.wake_at, clock.number) for clock in burst.clocks if clock.wake_at is not None]
        if not due or min(due)[0] > at(until):
            return burst, told
        wake_at, number = min(due)
        now = max(wake_at, at(awake_from))
        decision = lifecycle.ring(burst, number, reach, now=now)
        told += [(_minutes(now - NOON), words) for words in _words(decision)]
        burst = decision.after


def _minutes(length: timedelta) -> float:
    return length / timedelta(minutes=1)


def _words(decision: Decision) -> list[str]:
    words = []
    for entry in decision.entries:
        if entry.kind == "escalated":
            again = f" again {entry.body['repeat']}" if "repeat" in entry.body else ""
            words.append(f"{'nobody for ' if entry.body['nobody'] else ''}{entry.body['step']}{again}")
        elif entry.kind == "warned":
            words.append(f"{entry.body['kind']} {entry.body['percent']} %")
        elif entry.kind == "missed":
            words.append(f"{entry.body['kind']} missed")
        else:
            words.append(entry.kind.value)
    return words


def about(told: list[Line], kind: str) -> list[Line]:
    """What happened to the clocks of this kind."""
    return [line for line in told if line[1].removeprefix("nobody for ").startswith(kind)]


def steps(told: list[Line]) -> list[Line]:
    """The ladder's steps among what happened."""
    return [line for line in told if "_" in line[1] and not line[1].startswith("take_up")]
