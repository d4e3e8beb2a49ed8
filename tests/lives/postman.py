"""The sender's part in a life, one delivery after the other, with a Slack that fails and a process that dies."""

import random
from collections.abc import Callable

from bot.operations.office import Office
from bot.slack.delivery import Tools
from bot.slack.sending.attempt import attempt
from bot.slack.sending.settlement import settle
from storage.outbox import OutboxRow
from tests.lives.slack import BOT, TROUBLES, Killed, Slack
from tests.lives.witness import Witness

HOLDER = "postman"
LANES = 6
# Real seconds, far ahead: whatever waits to be tried again is due.
DUE = 4e9
HOW_OFTEN_IN_TROUBLE = 0.15
HOW_OFTEN_MEANWHILE = 0.05
ENOUGH = 2_000


class Postman:
    """Delivers what is let go; ``act`` is what people may do at the very moment of a call."""

    def __init__(
        self, office: Office, slack: Slack, witness: Witness, chance: random.Random, act: Callable[[], None]
    ) -> None:
        self._store = office.store
        self._slack = slack
        self._tools = Tools(slack.gateway(), office.store, office.programme, BOT)
        self._witness = witness
        self._chance = chance
        self._act = act

    def deliver(self) -> None:
        """Some of what waits; anything may go wrong."""
        self._slack.trouble, self._slack.meanwhile = self._trouble, self._meanwhile
        try:
            for _ in range(self._chance.choice((1, 3, 8))):
                self._round()
        except Killed:
            self._restarted()
        finally:
            self._slack.trouble, self._slack.meanwhile = str, lambda: None

    def deliver_everything(self) -> None:
        """All that waits, with a Slack in good health."""
        for _ in range(ENOUGH):
            if not self._round():
                return
        raise AssertionError("the outbox never becomes empty")

    def _round(self) -> int:
        with self._store.write() as unit:
            rows = unit.outbox.claim(HOLDER, LANES, DUE)
        for row in rows:
            self._deliver(row)
        return len(rows)

    def _deliver(self, row: OutboxRow) -> None:
        wanted, stood = self._witness.wanted(row), bool(self._slack.posted_as(str(row.id)))
        settlement = attempt(row, self._tools, tried=row.fence > 1 or row.attempt > 0)
        settle(self._store, settlement)
        self._witness.delivered(row, settlement, wanted, stood=stood)

    def _restarted(self) -> None:
        with self._store.write() as unit:
            unit.outbox.rescue([HOLDER])

    def _trouble(self) -> str:
        return self._chance.choice(TROUBLES) if self._chance.random() < HOW_OFTEN_IN_TROUBLE else ""

    def _meanwhile(self) -> None:
        if self._chance.random() < HOW_OFTEN_MEANWHILE:
            self._act()
