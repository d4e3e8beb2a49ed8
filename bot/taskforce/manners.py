"""When a ping may reach somebody: no one is told twice in a few minutes, or woken for what can wait.

A ping either *asks* (only this person can answer, and the message carries the buttons) or *tells*. What
tells waits behind what was sent lately with the same or a higher rank, and goes along with the next. What
asks waits only behind the same question, so no reminder keeps an answer from anybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.taskforce import ladder
from bot.taskforce.burst import Burst
from bot.taskforce.effects import Attention
from bot.taskforce.terms import Rank, Severity

# To one person about one burst, policy time.
SPACING_FOR = timedelta(minutes=10)
# Warnings of promises that are no longer than this never wait: they would come too late.
SHORT_FOR = timedelta(minutes=30)
# What asks of a person about these waits until their quiet hours end; nothing less disturbs them.
CAN_WAIT = frozenset({Severity.SEV3, Severity.SEV4})
# So many bursts at once become one message.
SUMMARY_FROM = 3

_ASKING = (Rank.ASSIGNED, Rank.ASKED)
_WEIGHTS = {rank: weight for weight, rank in enumerate(Rank)}


@dataclass(frozen=True, slots=True)
class Ping:
    """A ping as manners see it. ``weight`` is its rank as a number; ``about`` what it speaks of."""

    id: int
    weight: int
    about: str
    at_once: bool = False

    @property
    def asks(self) -> bool:
        """Whether only this person can answer it."""
        return self.weight in {_WEIGHTS[rank] for rank in _ASKING}


@dataclass(frozen=True, slots=True)
class Sent:
    """A ping that was let go ``at`` some time (aware UTC)."""

    ping: Ping
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a ping goes now or waits ``until`` then (aware UTC), and which sent ones it overtakes."""

    until: datetime | None = None
    overtakes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person about one burst: its ``lead``, and what goes ``along`` with it."""

    lead: Ping
    along: tuple[Ping, ...] = ()
    overtakes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What becomes of the pings to one person about one burst; ``waiting`` are ids with their time."""

    messages: tuple[Message, ...] = ()
    waiting: Mapping[int, datetime] = field(default_factory=dict)


def attention(burst: Burst, user: str, rank: Rank, subject: Mapping[str, str | int]) -> Attention:
    """What a ping to ``user`` asks of their attention. A question that is overdue is asked as a missed promise.

    ``subject`` names the clock and, for a step, which one: later steps of a ladder weigh more.
    """
    clock = next((one for one in burst.clocks if one.number == subject.get("clock")), None)
    short = rank is Rank.REMINDER and clock is not None and timedelta() < clock.total_for <= SHORT_FOR
    overdue = rank in _ASKING and clock is not None and clock.missed_at is not None
    weight = _WEIGHTS[Rank.MISSED if overdue else rank]
    if rank is Rank.STEP and clock is not None:
        steps = [step.id for step in ladder.steps_of(burst, clock.kind)]
        step = subject.get("step")
        weight += steps.index(str(step)) if step in steps else 0
    return Attention(user, weight, at_once=short)


def about(subject: Mapping[str, str | int]) -> str:
    """What a ping speaks of: the same for two that one message can tell."""
    return ":".join(str(subject.get(name, "")) for name in ("clock", "ask", "enquiry"))


def verdict(ping: Ping, sent: Iterable[Sent], *, quiet_until: datetime | None, now: datetime) -> Verdict:
    """Whether ``ping`` may go at ``now``, given what was ``sent`` to that person about that burst lately.

    ``quiet_until`` is when the person's quiet hours end, None outside them. All times aware UTC. A time
    that lies ahead of ``now`` was written before the clock was set back, and counts like one behind it.
    """
    lately = [one for one in sent if abs(now - one.at) < SPACING_FOR]
    overtaken = tuple(one.ping.id for one in lately if _overtakes(ping, one.ping))
    if ping.at_once:
        return Verdict(overtakes=overtaken)
    if quiet_until is not None:
        return Verdict(quiet_until)
    ahead = [min(one.at, now) for one in lately if _waits_behind(ping, one.ping)]
    return Verdict(max(ahead) + SPACING_FOR) if ahead else Verdict(overtakes=overtaken)


def settles(
    settled: Mapping[str, str | int], intent_id: int, said: Mapping[str, str | int], user: str | None
) -> bool:
    """Whether what was ``settled`` later puts out of date what intent ``intent_id`` ``said`` to ``user``."""
    if "overtaken" in settled:
        return settled["overtaken"] == intent_id
    told = {**said, "user": user}
    return all(
        told.get(name) == settled[name] for name in ("clock", "step", "user", "ask") if name in settled
    )


def arrange(
    pings: Sequence[Ping], sent: Iterable[Sent], *, quiet_until: datetime | None, now: datetime
) -> Arrangement:
    """What becomes of everything that is to be told to one person about one burst.

    Each question is a message of its own; whatever tells is one message, led by what ranks highest.
    """
    known = list(sent)
    messages: list[Message] = []
    waiting: dict[int, datetime] = {}
    for group in _groups(pings):
        lead = max(group, key=lambda ping: (ping.weight, ping.id))
        hurried = replace(lead, at_once=any(ping.at_once for ping in group))
        found = verdict(hurried, known, quiet_until=quiet_until, now=now)
        if found.until is not None:
            waiting |= dict.fromkeys((ping.id for ping in group), found.until)
            continue
        messages.append(Message(lead, tuple(ping for ping in group if ping is not lead), found.overtakes))
        known += [Sent(ping, now) for ping in group]
    return Arrangement(tuple(messages), waiting)


def _groups(pings: Sequence[Ping]) -> list[list[Ping]]:
    """Questions by what they are about, first; then everything else together."""
    questions: defaultdict[str, list[Ping]] = defaultdict(list)
    for ping in pings:
        if ping.asks:
            questions[ping.about].append(ping)
    telling = [ping for ping in pings if not ping.asks]
    return [*questions.values(), *([telling] if telling else [])]


def _waits_behind(ping: Ping, earlier: Ping) -> bool:
    return earlier.weight >= ping.weight and (not ping.asks or earlier.about == ping.about)


def _overtakes(ping: Ping, earlier: Ping) -> bool:
    return earlier.weight < ping.weight and (not earlier.asks or earlier.about == ping.about)
