"""Settlements that the database would not take, kept until it does.

Their leases are held by a process that lives, so nobody else picks them up; forgetting them would
stop their lanes for good.
"""

from dataclasses import dataclass
from threading import Lock

import structlog

from bot.slack.sending.settlement import Settlement, settle
from storage import Store
from storage.terms import IntentState

log = structlog.get_logger(__name__)

# After so many refusals it is the settlement that is wrong and not the database.
TRIES = 5


@dataclass
class _Waiting:
    settlement: Settlement
    tries: int = 1


class Unrecorded:
    """Records settlements; what cannot be recorded now waits for ``flush``. Thread safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._waiting: list[_Waiting] = []

    def record(self, settlement: Settlement) -> bool:
        """Record now if possible; whether it is recorded."""
        return self._recorded(_Waiting(settlement, tries=0))

    def flush(self) -> None:
        """Try again what waits."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for one in waiting:
            self._recorded(one)

    def _recorded(self, one: _Waiting) -> bool:
        if self._settled(one.settlement):
            return True
        one.tries += 1
        if one.tries >= TRIES and self._settled(_given_up(one.settlement)):
            return True
        with self._lock:
            self._waiting.append(one)
        return False

    def _settled(self, settlement: Settlement) -> bool:
        try:
            settle(self._store, settlement)
        except Exception as error:  # noqa: BLE001 - see below
            # Whatever it is, what Slack has shown must not be forgotten for it.
            log.error("not_recorded", intent=settlement.row.id, error=type(error).__name__)  # noqa: TRY400 - no text
            return False
        return True


def _given_up(settlement: Settlement) -> Settlement:
    return Settlement(settlement.row, IntentState.PARKED, reason="its outcome cannot be recorded")
