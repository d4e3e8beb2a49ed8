"""The watchdog: looks in the logs, beside the sweep, for promises that are missed in silence, and raises the alarm."""

import json
from collections import Counter
from dataclasses import dataclass

from bot import clock
from bot.operations.office import Office
from bot.operations.told import BATCH, Account, accounts
from bot.taskforce.auditing.watching import Alarm, Found, look
from bot.taskforce.effects import Effect, EffectKind, person_lane
from storage import Unit
from storage.outbox import Intent

# Bursts of one look, and of those that something was found on: 5,000 are seen in nine minutes.
SLICE = 600
AGAIN = 200
QUIET_FOR = 3600.0
MOST_NAMED = 5
_SETTING = "watchdog"


@dataclass(frozen=True, slots=True)
class _Told:
    """What the administrators heard last, and when, in real seconds; never: that all is well."""

    alarmed: bool = False
    wall: float = 0.0


class Watchdog:
    """One process's watchdog. Of several processes on one database only one looks: the first by name.

    Something is found when two looks in a row see it: a burst that somebody is just working on, or a
    clock that was just moved, is no alarm.
    """

    def __init__(self, office: Office, holder: str) -> None:
        self._office = office
        self._holder = holder
        self._last = 0
        self._saw_all = False
        self._suspected: dict[int, frozenset[Found]] = {}
        self._found: dict[int, frozenset[Found]] = {}
        self._looked_at = clock.monotonic()

    def watch(self) -> None:
        """Look at the next slice and again at what was suspicious; tell the administrators what is new."""
        with self._office.store.read() as unit:
            others = unit.replicas.beats()
            ahead = unit.bursts.promised_after(self._last, SLICE)
        if min(others, default=self._holder) == self._holder:
            # What was seen a minute ago before what comes next: nothing is suspected and found in one look.
            again = sorted(self._suspected)[:AGAIN]
            self._look([*again, *(number for number in ahead if number not in again)])
            self._saw_all |= len(ahead) < SLICE
            self._last = ahead[-1] if len(ahead) == SLICE else 0
            self._tell()
        else:
            self._suspected, self._found, self._last, self._saw_all = {}, {}, 0, False
        self._looked_at = clock.monotonic()

    def count(self, alarm: Alarm) -> int:
        """How many promises are known to be missed in this way."""
        return sum(one.alarm is alarm for found in tuple(self._found.values()) for one in found)

    def age(self) -> float:
        """Real seconds since the last look."""
        return clock.monotonic() - self._looked_at

    def _look(self, numbers: list[int]) -> None:
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            with self._office.store.read() as unit:
                seen = {one.burst.id: _findings(one) for one in accounts(unit, batch)}
            for number in batch:
                now = seen.get(number, frozenset())
                _keep(self._found, number, now & self._suspected.get(number, frozenset()))
                _keep(self._suspected, number, now)

    def _tell(self) -> None:
        alarmed, wall = bool(self._found), clock.wall()
        with self._office.store.read() as unit:
            told = _told(unit)
        if told.alarmed == alarmed or abs(wall - told.wall) < QUIET_FOR or not (alarmed or self._saw_all):
            return
        with self._office.store.write() as unit:
            unit.settings.put(_SETTING, json.dumps({"alarmed": alarmed, "wall": wall}))
            unit.outbox.add(self._intents(), now=clock.now())

    def _intents(self) -> list[Intent]:
        """One message for each administrator, saying what was found; that it is over when nothing is."""
        counts = Counter(one.alarm for found in self._found.values() for one in found)
        named = ",".join(str(number) for number in sorted(self._found)[:MOST_NAMED])
        content: dict[str, str | int] = {alarm.value: counts[alarm] for alarm in Alarm}
        content["bursts"] = named
        return [
            Intent(
                Effect(EffectKind.TELL_ADMINISTRATOR, person_lane(user), {"user": user, **content}), None, 0
            )
            for user in self._office.programme().administrators
        ]


def _findings(account: Account) -> frozenset[Found]:
    burst, facts = account.burst, account.facts
    if facts is None:
        return frozenset()
    policy = account.policies.get(facts.policy or "", burst.policy)
    return frozenset(look(burst, facts, policy, clock.now()))


def _keep(where: dict[int, frozenset[Found]], number: int, found: frozenset[Found]) -> None:
    if found:
        where[number] = found
    else:
        where.pop(number, None)


def _told(unit: Unit) -> _Told:
    kept = unit.settings.get(_SETTING)
    return _Told() if kept is None else _Told(**json.loads(kept))
