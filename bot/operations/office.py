"""What every operation needs, and the one shape of a change: load, decide, apply, in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot import clock
from bot.errors import Refused
from bot.privacy import Category
from bot.programme import Programme
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.permissions import Actor, Right, allows
from bot.taskforce.terms import Standing
from storage import Store, Unit

Act = Callable[[Burst, Actor, datetime], Decision]


def _unnoticed(_what: str, _categories: Iterable[Category]) -> None:
    """Nobody counts."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where operations work: the database, the programme in force, and the workspace we serve.

    ``bot_user`` is our own Slack user id: what it does to channels is no news to us. ``relearn`` is to
    be called after the directory or a user group changed: the programme may name people by them.
    ``noticed`` counts what the privacy guard found, by what came of it and by category.
    """

    store: Store
    programme: Callable[[], Programme]
    team: str
    bot_user: str = ""
    relearn: Callable[[], None] = lambda: None
    noticed: Callable[[str, Iterable[Category]], None] = _unnoticed


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for what. ``key`` is the delivery's request key: the same key commits once.

    ``team`` is the workspace that the person belongs to; a person of another one is external.
    ``confirmed`` are the privacy guard's doubts that the person answered: it is about no patient.
    """

    key: str
    user: str
    team: str
    confirmed: tuple[Category, ...] = ()


class AlreadyDone(Refused):
    """The same delivery came twice; the first one was carried out."""

    def __init__(self) -> None:
        super().__init__("already_done", "That is already done.")


@contextmanager
def write(office: Office, request: Request, operation: str) -> Iterator[tuple[Unit, datetime]]:
    """One transaction for one delivery, and the policy time at which it happens.

    What the person confirmed to the privacy guard is logged with every burst that the transaction
    changes. Raises ``AlreadyDone`` when this delivery was committed before.
    """
    now = clock.now()
    with office.store.write() as unit:
        if not unit.inbox.remember(request.key, operation, now):
            raise AlreadyDone
        yield unit, now
        if request.confirmed:
            for burst in unit.changed:
                noted = lifecycle.note_confirmed(burst, request.user, request.confirmed, now=now)
                unit.apply(noted, now=now)


def change(office: Office, request: Request, burst_id: int, operation: str, act: Act) -> Burst:
    """Let ``act`` decide on the burst and apply what it decided.

    Raises ``Refused`` when the burst does not exist for this person or the rules do not allow it.
    """
    with write(office, request, operation) as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        return unit.apply(act(burst, actor, now), now=now)


def load(unit: Unit, office: Office, request: Request, burst_id: int) -> tuple[Burst, Actor]:
    """The burst as this person may see it, and the person as an actor.

    A private burst looks to outsiders exactly like one that does not exist.
    """
    actor = actor_for(unit, office, request)
    burst = unit.bursts.get(burst_id)
    if burst is None or not allows(Right.READ, actor, burst):
        raise unknown(f"BURST-{burst_id}")
    return burst, actor


def unknown(key: str) -> Refused:
    """The refusal for a burst that does not exist for the one who asks."""
    return Refused(
        "unknown_burst",
        f"There is no {key} that you can see. `/burst list` shows the open ones.",
    )


def programme_at(unit: Unit, office: Office, now: datetime) -> Programme:
    """The programme in force, with whoever stands in for others at ``now``: ask it wherever people are chosen."""
    return office.programme().with_covers(unit.covers.standing(now))


def actor_for(unit: Unit, office: Office, request: Request) -> Actor:
    """The person with everything that rights depend on: standing, streams led, steering, administration."""
    now = clock.now()
    standing = _standing(unit, office, request)
    return actor_of(programme_at(unit, office, now), request.user, standing, now)


def actor_of(programme: Programme, user: str, standing: Standing, now: datetime) -> Actor:
    """A person by a programme that knows who stands in for others at ``now``.

    Whoever stands in for others leads and steers in their place; an administrator is nobody's stand-in.
    """
    users = (user, *programme.people.stands_for(user, now))
    return Actor(
        user=user,
        standing=standing,
        leads=frozenset(lead for one in users for lead in programme.actor_leads(one)),
        steering=any(programme.is_steering(one) for one in users),
        admin=programme.is_admin(user),
    )


def _standing(unit: Unit, office: Office, request: Request) -> Standing:
    if request.team != office.team:
        return Standing.EXTERNAL
    person = unit.directory.get(request.user)
    return Standing.MEMBER if person is None else person.standing
