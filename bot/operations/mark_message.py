"""A message that somebody marked where a burst lives is to be read, and put into the log."""

from bot import clock
from bot.operations.office import Office, Request, actor_for
from bot.taskforce.burst import Burst
from bot.taskforce.effects import Effect, EffectKind, burst_lane
from bot.taskforce.lifecycle.gates import UNDER_WAY
from bot.taskforce.lifecycle.messages import LOGGABLE
from bot.taskforce.marks import Fate, tell_marker
from bot.taskforce.permissions import Right, allows
from storage import Unit
from storage.outbox import Intent


def mark_message(office: Office, request: Request, channel: str, ts: str) -> None:
    """Intend to read the message, which the sender does: Slack does not say what it holds.

    Whoever marked it is told what became of it, or why nothing did. A mark where no burst lives is talk, and so is one
    by somebody who may not even read the burst.
    """
    with office.store.read() as unit:
        burst = _burst_at(unit, office, request, channel, ts)
        if burst is None:
            return
        effect = _effect(unit, office, request, burst, channel, ts)
    _intend(office, request, "mark_message", burst, effect)


def unmark_message(office: Office, request: Request, channel: str, ts: str) -> None:
    """Tell whoever takes a mark back that the entry stays; where there is none, nothing is said."""
    with office.store.read() as unit:
        burst = _burst_at(unit, office, request, channel, ts)
        entry = None if burst is None else entry_of(unit, burst, ts)
    if burst is not None and entry is not None:
        told = tell_marker(request.user, channel, ts, Fate.TAKEN_BACK, entry)
        _intend(office, request, "unmark_message", burst, told)


def entry_of(unit: Unit, burst: Burst, ts: str) -> int | None:
    """The entry of the burst's log that has the message: of a mark, or added by hand."""
    kept = unit.log.entries(burst.id, kinds=LOGGABLE)
    return next((one.number for one in kept if (one.body or {}).get("ts") == ts), None)


def _effect(unit: Unit, office: Office, request: Request, burst: Burst, channel: str, ts: str) -> Effect:
    if burst.state not in UNDER_WAY:
        return tell_marker(request.user, channel, ts, Fate.ENDED)
    if not allows(Right.CONTRIBUTE, actor_for(unit, office, request), burst):
        return tell_marker(request.user, channel, ts, Fate.NOT_YOURS)
    subject = {"user": request.user, "channel": channel, "ts": ts}
    return Effect(EffectKind.KEEP_MESSAGE, burst_lane(burst.id), subject)


def _intend(office: Office, request: Request, verb: str, burst: Burst, effect: Effect) -> None:
    now = clock.now()
    with office.store.write() as unit:
        if unit.inbox.remember(request.key, verb, now):
            unit.outbox.add((Intent(effect, burst.id, burst.version),), now=now)


def _burst_at(unit: Unit, office: Office, request: Request, channel: str, ts: str) -> Burst | None:
    """In a channel with several bursts, each in a thread, only what was heard of the message tells whose it is."""
    found = unit.bursts.at_home_in(channel, ts) or unit.transcripts.burst_of(channel, ts)
    burst = None if found is None else unit.bursts.get(found)
    if burst is None or not allows(Right.READ, actor_for(unit, office, request), burst):
        return None
    return burst
