"""Letting go what is held: whoever is to be told is told with manners, each person in one transaction.

Nothing here reads a burst: whether a ping is still wanted shows when it is sent. What was settled since
it was made is dropped at once, so that it neither waits nor counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog

from bot.errors import BotError
from bot.operations.office import Office
from bot.taskforce import manners
from bot.taskforce.effects import CELL, Effect, EffectKind, person_lane
from bot.taskforce.manners import Message, Ping, Sent
from storage import Unit
from storage.outbox import Intent, OutboxRow

log = structlog.get_logger(__name__)

AUDIENCES = 100  # of one transaction
# What cannot be let go (a defect of ours) is looked at again after this long, and holds up nobody else.
SET_ASIDE_FOR = timedelta(minutes=1)

Lead: TypeAlias = tuple[OutboxRow, Sequence[int]]  # a row, and the ids of those that go along
Known: TypeAlias = Mapping[tuple[str | None, int | None], Sequence[Sent]]  # by audience and burst


def release_due(office: Office, now: datetime) -> int:
    """Let go what may reach people at ``now`` (aware UTC); returns how many audiences were looked at.

    Nobody is looked at twice: what comes up for them meanwhile is for the next tick.
    """
    looked_at: set[str | None] = set()
    while True:
        with office.store.read() as unit:
            if not unit.holding.any_due(now):
                return len(looked_at)
        audiences = _release_batch(office, now)
        if audiences <= looked_at:
            return len(looked_at)  # another replica has the rest
        looked_at |= audiences


def _release_batch(office: Office, now: datetime) -> set[str | None]:
    """Let go a batch, in one transaction; returns the audiences that were looked at."""
    try:
        with office.store.write() as unit:
            held = unit.holding.claim(now, AUDIENCES)
            _Release(unit, office, held, now).run()
    except BotError:
        raise
    except Exception:
        # One bad row must not silence everybody: look at each alone, and set the bad one aside.
        log.exception("release_failed")
        return _release_singly(office, now)
    return {row.audience for row in held}


def _release_singly(office: Office, now: datetime) -> set[str | None]:
    with office.store.write() as unit:
        held = _by_audience(unit.holding.claim(now, AUDIENCES))
    for audience, rows in held.items():
        try:
            with office.store.write() as unit:
                still = [row for row in unit.holding.claim(now, AUDIENCES) if row.audience == audience]
                _Release(unit, office, still, now).run()
        except BotError:
            raise
        except Exception:
            log.exception("release_set_aside", audience=audience)
            with office.store.write() as unit:
                unit.holding.wait({row.id: now + SET_ASIDE_FOR for row in rows})
    return set[str | None](held)


class _Release:
    """What becomes of everything that is held for some audiences, in one transaction."""

    def __init__(self, unit: Unit, office: Office, held: Sequence[OutboxRow], now: datetime) -> None:
        self._unit = unit
        self._office = office
        self._now = now
        self._audiences = {row.audience for row in held if row.audience is not None}
        self._severities = unit.holding.severities(row.burst_id for row in held if row.burst_id is not None)
        self._rows = {row.id: row for row in held}
        self._released: list[int] = []
        self._merged: dict[int, int] = {}
        self._waiting: dict[int, datetime] = {}
        self._overtaken: list[Intent] = []
        self._quiet: dict[str, datetime | None] = {}

    def run(self) -> None:
        """Decide and write."""
        if not self._rows:
            return
        self._drop_settled()
        sent = self._sent()
        for audience, rows in _by_audience(self._rows.values()).items():
            if audience == CELL:
                self._summarise([(row, ()) for row in rows])
            else:
                self._tell(audience, rows, sent)
        holding = self._unit.holding
        holding.release(self._released, self._now)
        holding.merge(self._merged, self._now)
        holding.wait(self._waiting)
        self._unit.outbox.add(self._overtaken, now=self._now)

    def _drop_settled(self) -> None:
        settled = self._unit.holding.settled_since(self._rows)
        over = {id_ for id_, by in settled if manners.settles(by, id_, *_said(self._rows[id_]))}
        over |= {row.id for row in self._rows.values() if row.burst_id not in self._severities}
        self._unit.holding.drop(over)
        self._rows = {id_: row for id_, row in self._rows.items() if id_ not in over}

    def _sent(self) -> Known:
        found: defaultdict[tuple[str | None, int | None], list[Sent]] = defaultdict(list)
        for row in self._unit.holding.lately(self._audiences - {CELL}, self._now - manners.SPACING_FOR):
            if row.released_at is not None:
                found[row.audience, row.burst_id].append(Sent(_ping(row), row.released_at))
        return found

    def _tell(self, user: str, rows: Sequence[OutboxRow], sent: Known) -> None:
        """One person: about each burst with manners, about many at once in one message."""
        telling: list[Lead] = []
        for burst_id, about in _by_burst(rows).items():
            pings = [_ping(row) for row in about]
            quiet_until = self._quiet_until(user, burst_id)
            arranged = manners.arrange(
                pings, sent.get((user, burst_id), ()), quiet_until=quiet_until, now=self._now
            )
            self._waiting |= arranged.waiting
            for message in arranged.messages:
                self._overtake(user, message)
                lead = (self._rows[message.lead.id], [ping.id for ping in message.along])
                if message.lead.asks:
                    self._let_go(lead)
                else:
                    telling.append(lead)
        self._summarise(telling)

    def _summarise(self, leads: Sequence[Lead]) -> None:
        """Let each go, or all in one message when they are about many bursts."""
        if len({row.burst_id for row, _ in leads}) < manners.SUMMARY_FROM:
            for lead in leads:
                self._let_go(lead)
            return
        first, *others = sorted(leads, key=lambda lead: (self._severities[lead[0].burst_id or 0], lead[0].id))
        along = [id_ for row, carried in others for id_ in (row.id, *carried)]
        self._let_go((first[0], [*first[1], *along]))

    def _let_go(self, lead: Lead) -> None:
        row, along = lead
        self._released.append(row.id)
        self._merged |= dict.fromkeys(along, row.id)

    def _overtake(self, user: str, message: Message) -> None:
        row = self._rows[message.lead.id]
        for id_ in message.overtakes:
            subject: dict[str, str | int] = {"user": user, "overtaken": id_}
            effect = Effect(EffectKind.SETTLE_PINGS, person_lane(user), subject)
            self._overtaken.append(Intent(effect, row.burst_id, row.version))

    def _quiet_until(self, user: str, burst_id: int) -> datetime | None:
        if self._severities[burst_id] not in manners.CAN_WAIT:
            return None
        if user not in self._quiet:
            person = self._unit.directory.get(user)
            zone = person.zone if person is not None else ""
            self._quiet[user] = self._office.programme().people.quiet_until(user, zone, self._now)
        return self._quiet[user]


def _ping(row: OutboxRow) -> Ping:
    return Ping(row.id, row.weight, manners.about(row.subject), row.at_once)


def _said(row: OutboxRow) -> tuple[Mapping[str, str | int], str | None]:
    return row.subject, row.audience


def _by_audience(rows: Iterable[OutboxRow]) -> Mapping[str, list[OutboxRow]]:
    found: defaultdict[str, list[OutboxRow]] = defaultdict(list)
    for row in rows:
        if row.audience is not None:
            found[row.audience].append(row)
    return found


def _by_burst(rows: Iterable[OutboxRow]) -> Mapping[int, list[OutboxRow]]:
    found: defaultdict[int, list[OutboxRow]] = defaultdict(list)
    for row in rows:
        if row.burst_id is not None:
            found[row.burst_id].append(row)
    return found
