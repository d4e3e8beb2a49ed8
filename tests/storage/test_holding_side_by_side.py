"""Replicas that let go, and operations that ask again, at the same moment: nobody waits for each other in a circle."""

import threading
from collections.abc import Callable

import pytest

from bot.taskforce.effects import Attention, Effect, EffectKind
from storage import Store
from storage.outbox import Intent
from tests.storage.bursts import NOW, at
from tests.store_fixtures import Database

PEOPLE = [f"U{number}" for number in range(6)]
BURSTS = range(1, 5)
TIMES = 60


def ping(user: str, burst: int) -> Intent:
    """Something that is held for somebody about a burst."""
    subject: dict[str, str | int] = {"user": user, "rank": "reminder", "clock": 1}
    effect = Effect(EffectKind.PING, f"person:{user}", subject, attention=Attention(user))
    return Intent(effect, burst, 1)


def tell(store: Store) -> None:
    """An operation that pings everybody, some of them first here and last there: ids are out of order."""
    for turn in range(TIMES):
        people = PEOPLE if turn % 2 else PEOPLE[::-1]
        with store.write() as unit:
            for user in people:
                unit.outbox.add([ping(user, turn % len(BURSTS) + 1)], now=NOW)


def let_go(store: Store) -> None:
    """A replica's tick: of each person the first goes, the others wait."""
    for _ in range(TIMES):
        with store.write() as unit:
            held = unit.holding.claim(NOW, len(PEOPLE))
            first = {row.audience: row.id for row in reversed(held)}
            unit.holding.release(first.values(), NOW)
            unit.holding.wait({row.id: at(600) for row in held if row.id not in first.values()})


def ask_again(store: Store) -> None:
    """Severities change."""
    for turn in range(TIMES):
        with store.write() as unit:
            unit.holding.reconsider(turn % len(BURSTS) + 1, NOW)


def at_once(store: Store, *works: Callable[[Store], None]) -> list[BaseException]:
    """Do all of these at the same time; what went wrong."""
    failures: list[BaseException] = []

    def run(work: Callable[[Store], None]) -> None:
        try:
            work(store)
        except BaseException as failure:  # noqa: BLE001 - a thread's failure is the test's to judge
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


@pytest.mark.parametrize(
    "works",
    [(tell, tell, let_go, let_go, let_go), (tell, let_go, ask_again, ask_again)],
    ids=["replicas", "severities"],
)
def test_nobody_waits_in_a_circle(postgresql: Database, works: tuple[Callable[[Store], None], ...]) -> None:
    with postgresql.opened() as store:
        assert at_once(store, *works) == []
