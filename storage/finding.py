"""Which bursts are meant, as conditions on the tables.

A database tells only as much as columns and their texts show: whom a ladder reached stands in a document. So who reads,
who is asked and what climbed are conditions that let through a little too much, never too little, and the domain has
the last word on each burst that is loaded.
"""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
    type_coerce,
)

from bot.taskforce.burst import Burst
from bot.taskforce.ladder import LADDERED
from bot.taskforce.permissions import Actor, Right, allows
from bot.taskforce.terms import ENDED, LIVE, ClockKind, ClockState, Severity, Standing, State
from storage.shapes import BURSTS
from storage.tables import ChecklistRecord, ClockRecord, DecisionRequestRecord, ParticipantRecord, table

OPEN_STATES = frozenset(State) - ENDED

_CLOCK, _PARTICIPANT = table(ClockRecord), table(ParticipantRecord)
_ITEM, _REQUEST = table(ChecklistRecord), table(DecisionRequestRecord)
_ARMED = _CLOCK.c.state == ClockState.ARMED
# Each is asked once and not for every burst anew: SQLite then takes the index of all armed clocks for each of them.
_MOST_URGENT = (
    select(_CLOCK.c.burst_id, func.min(_CLOCK.c.due_at).label("due_at"))
    .where(_ARMED)
    .group_by(_CLOCK.c.burst_id)
    .subquery()
)
_SEATS = (BURSTS.c.raiser, BURSTS.c.owner, BURSTS.c.clinical_lead, BURSTS.c.technical_lead)


@dataclass(frozen=True, slots=True)
class BurstFilter:
    """Which bursts are wanted; what is None does not matter.

    ``mine`` is a user who raised it, owns it, co-leads it or takes part in it, ``others`` one who does nothing of that.
    ``reader`` may read it, ``asks`` is a user of whom it may want something, and what is ``escalated`` climbed the
    ladder and was taken up by nobody.
    """

    mine: str | None = None
    others: str | None = None
    site: str | None = None
    family: str | None = None
    severity: Severity | None = None
    states: frozenset[State] = OPEN_STATES
    reader: Actor | None = None
    asks: str | None = None
    escalated: bool = False

    def confirms(self, burst: Burst) -> bool:
        """Whether a burst that was found is at the site that is meant, to the letter, and the reader may read it."""
        at_site = self.site is None or self.site in burst.sites
        return at_site and (self.reader is None or allows(Right.READ, self.reader, burst))


def numbers_of(wanted: BurstFilter) -> Select[int]:
    """The numbers of the bursts that fit, most urgent armed clock first; those without one come last, each group by number."""
    due_at = _MOST_URGENT.c.due_at
    urgent = BURSTS.outerjoin(_MOST_URGENT, _MOST_URGENT.c.burst_id == BURSTS.c.id)
    query = select(BURSTS.c.id).select_from(urgent).where(*_conditions(wanted))
    return query.order_by(due_at.is_(None), due_at, BURSTS.c.id)


def _conditions(wanted: BurstFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [BURSTS.c.state.in_(sorted(wanted.states))]
    if wanted.family is not None:
        conditions.append(BURSTS.c.family == wanted.family)
    if wanted.severity is not None:
        conditions.append(BURSTS.c.severity == wanted.severity)
    if wanted.site is not None:
        # Sites are a JSON list of codes; SQLite's LIKE ignores case, so `confirms` looks again.
        conditions.append(type_coerce(BURSTS.c.sites, Text).contains(f'"{wanted.site}"', autoescape=True))
    if wanted.mine is not None:
        conditions.append(_belongs_to(wanted.mine))
    if wanted.others is not None:
        conditions.append(_not_of(wanted.others))
    if wanted.reader is not None:
        conditions.append(_readable_by(wanted.reader))
    if wanted.asks is not None:
        conditions.append(_may_ask(wanted.asks))
    if wanted.escalated:
        conditions.append(_escalated())
    return conditions


def _belongs_to(user: str) -> ColumnElement[bool]:
    return or_(*(seat == user for seat in _SEATS), _takes_part(user))


def _not_of(user: str) -> ColumnElement[bool]:
    free = (or_(seat.is_(None), seat != user) for seat in _SEATS)
    return and_(*free, not_(_takes_part(user)))


def _takes_part(user: str) -> ColumnElement[bool]:
    here = (_PARTICIPANT.c.user == user, _PARTICIPANT.c.left_at.is_(None))
    return BURSTS.c.id.in_(select(_PARTICIPANT.c.burst_id).where(*here))


def _readable_by(reader: Actor) -> ColumnElement[bool]:
    """As ``permissions.allows`` has it; of whom a ladder names, too many rather than too few."""
    if reader.standing is Standing.DEACTIVATED:
        return false()
    if reader.standing is not Standing.MEMBER:
        return _belongs_to(reader.user)
    if reader.steering:
        return true()
    leads = BURSTS.c.workstream.in_(sorted(reader.leads)) if reader.leads else false()
    return or_(not_(BURSTS.c.private), leads, _belongs_to(reader.user), _ladder_names(reader.user))


def _may_ask(user: str) -> ColumnElement[bool]:
    """A seat, a line of the checklist, a ladder that names the person, or a question that anybody may hold the right to."""
    of_burst = _ITEM.c.burst_id == BURSTS.c.id
    item = exists().where(of_burst, _ITEM.c.assignee == user, _ITEM.c.done_at.is_(None))
    question = exists().where(_REQUEST.c.burst_id == BURSTS.c.id, _REQUEST.c.answered_at.is_(None))
    resolved = and_(BURSTS.c.state == State.RESOLVED, _belongs_to(user))
    leading = or_(*(seat == user for seat in _SEATS[1:]))
    return or_(leading, resolved, item, question, _ladder_names(user))


def _ladder_names(user: str) -> ColumnElement[bool]:
    return _with_armed(type_coerce(_CLOCK.c.fired, Text).contains(f'"{user}"', autoescape=True))


def _escalated() -> ColumnElement[bool]:
    climbed = or_(_CLOCK.c.missed_at.is_not(None), type_coerce(_CLOCK.c.fired, Text) != "[]")
    laddered = _with_armed(_CLOCK.c.kind.in_(sorted(LADDERED)), climbed)
    taken_up = _with_armed(_CLOCK.c.kind == ClockKind.TAKE_UP)
    return and_(BURSTS.c.state.in_(sorted(LIVE)), laddered, not_(taken_up))


def _with_armed(*clock: ColumnElement[bool]) -> ColumnElement[bool]:
    return BURSTS.c.id.in_(select(_CLOCK.c.burst_id).where(_ARMED, *clock))
