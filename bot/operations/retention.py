"""Bursts whose years are over lose their words; what statistics count stays, and the chain of the log verifies.

One transaction for each burst, so that whatever ends the work in its middle leaves every burst either whole or
without words, and the next run goes on with those that have some.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot import clock
from bot.operations.office import Office
from bot.programme import Programme
from bot.taskforce.burst import Burst
from bot.taskforce.decision import SYSTEM
from bot.taskforce.forgetting import expires_at, forget_words
from storage import Store, Unit
from storage.forgetting import Weight
from storage.legal_holds import LegalHold
from storage.terms import AuditKind

PAGE = 200
AT_A_TIME = 500
RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Expired:
    """A burst whose time is over since ``expired_at``, and how much is erased of it."""

    burst_id: int
    expired_at: datetime
    weight: Weight

    @property
    def key(self) -> str:
        """The burst's key."""
        return f"BURST-{self.burst_id}"


def years_kept(programme: Programme, sites: Iterable[str]) -> int:
    """For how many years after its end a burst of these sites is kept: the longest that any of them asks for."""
    usual = programme.file.archive.keep_years
    known = [site for code in sites if (site := programme.site(code)) is not None]
    return max((site.keep_years or usual for site in known), default=usual)


def expired(unit: Unit, programme: Programme, now: datetime) -> Iterator[Expired]:
    """Every burst whose time is over at ``now`` (aware UTC) and of which something can still be read, by number."""
    last = 0
    while numbers := unit.forgetting.closed_with_words(now, after=last, limit=PAGE):
        last = numbers[-1]
        bursts = unit.bursts.get_many(numbers)
        for number in numbers:
            if (over := _over(programme, bursts[number], now)) is not None:
                yield Expired(number, over, unit.forgetting.weigh(bursts[number]))


def kept_by_holds(unit: Unit, programme: Programme, now: datetime) -> Iterator[tuple[LegalHold, datetime]]:
    """Every hold that keeps words of a burst whose time is over at ``now``, and since when it is."""
    for hold in unit.legal_holds.all():
        burst = unit.bursts.get(hold.burst_id)
        over = None if burst is None else _over(programme, burst, now)
        if burst is not None and over is not None and unit.forgetting.weigh(burst).entries:
            yield hold, over


def erase_expired(store: Store, programme: Programme, *, most: int | None = None) -> Iterator[Expired]:
    """Erase them, at most so many; each is logged in the installation's log, by nobody's order but the programme's."""
    now = clock.now()
    with store.read() as unit:
        wanted = [one.burst_id for one in islice(expired(unit, programme, now), most)]
    for number in wanted:
        if (done := _erased(store, programme, number, now)) is not None:
            yield done
    if wanted:
        store.scrub()


def expire(office: Office) -> Sequence[Expired]:
    """What the bot does of it by itself each hour."""
    return list(erase_expired(office.store, office.programme(), most=AT_A_TIME))


def _erased(store: Store, programme: Programme, number: int, now: datetime) -> Expired | None:
    """One burst without its words; None when it was reopened, held or erased meanwhile."""
    with store.write() as unit:
        burst = unit.bursts.get(number)
        over = None if burst is None else _over(programme, burst, now)
        if burst is None or over is None or unit.legal_holds.get(number) is not None:
            return None
        weight = unit.forgetting.weigh(burst)
        if not weight.entries:
            return None
        unit.apply(forget_words(burst), now=now)
        unit.forgetting.erase(number)
        # Before the commit: if we are killed between the two, the next run finds the burst again.
        for digest in weight.files:
            store.files.forget(digest)
        done = Expired(number, over, weight)
        unit.audit.append(AuditKind.ERASED, _told(done), actor=SYSTEM, at=now)
        return done


def _over(programme: Programme, burst: Burst, now: datetime) -> datetime | None:
    """Since when the burst need not be kept; None while it has to be."""
    if burst.closed_at is None:
        return None
    over = expires_at(burst.closed_at, years_kept(programme, burst.sites))
    return over if over <= now else None


def _told(done: Expired) -> dict[str, object]:
    return {
        "burst": done.key,
        "why": RETENTION,
        "entries": done.weight.entries,
        "messages": done.weight.messages,
        "files": len(done.weight.files),
    }
