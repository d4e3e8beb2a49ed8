"""Where one person stands in everything that is stored, and what stands in the way of taking them out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.programme import Programme
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.personal_marks import Marks
from bot.taskforce.terms import ClockState, State
from storage import Unit
from storage.settings import OWN_IDENTITY
from storage.terms import IntentState
from storage.unnaming import Place

# They bring words and files from Slack, which would come back.
_FETCHES = frozenset({EffectKind.COMPLETE_TRANSCRIPT, EffectKind.KEEP_FILE, EffectKind.KEEP_MESSAGE})
_WAITING = frozenset({IntentState.HELD, IntentState.PENDING, IntentState.LEASED, IntentState.PARKED})
_MOST = 10_000
_RUNNING = frozenset({ClockState.ARMED, ClockState.PAUSED})


@dataclass(frozen=True, slots=True)
class Found:
    """Every row in which the person stands, and why they cannot be taken out yet, in words."""

    marks: Marks
    places: tuple[Place, ...]
    hindrances: tuple[str, ...]

    @property
    def bursts(self) -> tuple[int, ...]:
        """The numbers of the bursts to which those rows belong."""
        return tuple(sorted({one.burst_id for one in self.places if one.burst_id is not None}))


def find(unit: Unit, programme: Programme, user: str, actor: Actor) -> Found:
    """Look through everything that is stored. ``actor`` is who would answer for taking ``user`` out."""
    marks = marks_of(unit, user)
    places = tuple(unit.unnaming.places(marks))
    found = Found(marks, places, ())
    return Found(marks, places, (*_by_the_programme(unit, programme, user, actor), *_by_rows(unit, found)))


def marks_of(unit: Unit, user: str) -> Marks:
    """What tells of the person, as far as the directory knows them; a full name that somebody else has too does not."""
    known = unit.directory.get(user)
    if known is None:
        return Marks.of(user)
    alike = [one for one in unit.directory.everybody() if one.name.casefold() == known.name.casefold()]
    name = known.name if len(alike) == 1 else ""
    return Marks.of(
        user, name=name, handle=known.handle, others=filter(None, (known.email, known.direct_channel))
    )


def bot_users(unit: Unit) -> frozenset[str]:
    """The ids under which the bot itself writes, as Slack last told."""
    kept = json.loads(unit.settings.get(OWN_IDENTITY) or "{}").get("identity", {})
    return frozenset(filter(None, (kept.get("user"), kept.get("bot"))))


def _by_the_programme(unit: Unit, programme: Programme, user: str, actor: Actor) -> Iterator[str]:
    if user in bot_users(unit):
        yield f"{user} is the bot itself."
    if user == actor.user:
        yield "Nobody answers for their own erasure: another administrator does it."
    if (key := programme.people.key_of(user)) is not None:
        yield f"The programme names them: take {key} out of its people first."
    for group in programme.user_groups:
        if user in unit.groups.get(group):
            yield f"The programme's user group {group} has them: take them out of it in Slack first."


def _by_rows(unit: Unit, found: Found) -> Iterator[str]:
    for number in found.bursts:
        burst = unit.bursts.get(number)
        if burst is not None:
            yield from _by_burst(unit, burst)
    if any(unit.unnaming.being_sent(place) for place in found.places):
        yield "Something is being sent to them at this moment: try again in a minute."


def _by_burst(unit: Unit, burst: Burst) -> Iterator[str]:
    if burst.state is not State.ARCHIVED:
        yield f"{burst.key} is not archived yet: end it first, and let its channel be archived."
    elif any(clock.state in _RUNNING for clock in burst.clocks):
        yield f"{burst.key} has follow-up actions that are not done yet."
    if any(row.kind in _FETCHES for row in unit.outbox.listed(_WAITING, burst_id=burst.id, limit=_MOST)):
        yield f"{burst.key} still fetches something from Slack: let the bot run until `burst outbox list --all` has none of it."
    if unit.legal_holds.get(burst.id) is not None:
        yield f"{burst.key} is held: release it first, with `burst hold release {burst.key}`."
