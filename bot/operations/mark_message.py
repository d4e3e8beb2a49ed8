"""A message that somebody marked where a burst lives is to be read, and put into the log."""

from bot import clock
from bot.operations.office import Office, Request, actor_for
from bot.taskforce.burst import Burst
from bot.taskforce.effects import Effect, EffectKind, burst_lane
from bot.taskforce.lifecycle.gates import UNDER_WAY
from bot.taskforce.permissions import Right, allows
from storage import Unit
from storage.outbox import Intent


def mark_message(office: Office, request: Request, channel: str, ts: str) -> None:
    """Intend to read the message, which the sender does: Slack does not say what it holds.

    A mark is no question and gets no answer: one by somebody who may not add to the log, on a burst that has
    ended, or where no burst lives, does nothing and costs no write.
    """
    with office.store.read() as unit:
        burst = _burst_at(unit, channel, ts)
        if burst is None or burst.state not in UNDER_WAY:
            return
        if not allows(Right.CONTRIBUTE, actor_for(unit, office, request), burst):
            return
    now = clock.now()
    subject = {"user": request.user, "channel": channel, "ts": ts}
    effect = Effect(EffectKind.KEEP_MESSAGE, burst_lane(burst.id), subject)
    with office.store.write() as unit:
        if unit.inbox.remember(request.key, "mark_message", now):
            unit.outbox.add((Intent(effect, burst.id, burst.version),), now=now)


def _burst_at(unit: Unit, channel: str, ts: str) -> Burst | None:
    """In a channel with several bursts, each in a thread, only what was heard of the message tells whose it is."""
    found = unit.bursts.at_home_in(channel, ts) or unit.transcripts.burst_of(channel, ts)
    return None if found is None else unit.bursts.get(found)
