"""Respecting Slack's rate limits before Slack complains.

Slack counts calls per method, workspace and app in windows of a minute, and tolerates short bursts
whose size it does not publish. So a method has a window, which is never exceeded, and a bucket of
tokens, which spreads what the window allows; a channel has a bucket for whatever posts to it.
``Retry-After`` pauses the method it was given for and nothing else.

Tiers: docs.slack.dev, "Rate limits" (20, 50 and 100 calls a minute for tiers 2 to 4; about one
message a second and channel).
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from bot import clock

MINUTE = 60.0
_KEPT_CHANNELS = 1000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``per_minute`` calls in any minute, at most ``burst`` of them at once."""

    per_minute: float
    burst: int

    def shared_by(self, replicas: int) -> "Limit":
        """What one of ``replicas`` processes may use of it."""
        return Limit(self.per_minute / replicas, max(1, self.burst // replicas))


TIER_2 = Limit(20, 5)
TIER_3 = Limit(50, 10)
TIER_4 = Limit(100, 20)
SPECIAL = Limit(300, 20)
CHANNEL = Limit(60, 2)

TIERS: Mapping[str, Limit] = {
    "auth.test": SPECIAL,
    "chat.getPermalink": SPECIAL,
    "chat.postEphemeral": TIER_4,
    "chat.postMessage": SPECIAL,
    "chat.update": TIER_3,
    "conversations.archive": TIER_2,
    "conversations.create": TIER_2,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.invite": TIER_3,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "conversations.setTopic": TIER_2,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "files.info": TIER_4,
    "pins.add": TIER_2,
    "users.conversations": TIER_2,
    "users.info": TIER_4,
    "usergroups.users.list": TIER_2,
    "users.list": TIER_2,
    "users.lookupByEmail": TIER_3,
    "views.open": TIER_4,
    "views.publish": TIER_4,
}


class Bucket:
    """Tokens that drip back one after the other, up to the limit's burst.

    Not thread safe by itself, like ``Window``: the pacer holds its lock.
    """

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._tokens = float(limit.burst)
        self._at: float | None = None

    def ready(self, now: float, place: int = 0) -> float:
        """Seconds until there is a token, after ``place`` others have had theirs; 0.0 when there is now."""
        self._refill(now)
        return max(0.0, (place + 1 - self._tokens) * self._every)

    def take(self, now: float) -> None:
        """Take a token, there or not."""
        self._refill(now)
        self._tokens -= 1.0

    def idle(self, now: float) -> bool:
        """Whether every token is back."""
        self._refill(now)
        return self._tokens >= self.limit.burst

    @property
    def _every(self) -> float:
        return MINUTE / self.limit.per_minute

    def _refill(self, now: float) -> None:
        passed = now - self._at if self._at is not None else 0.0
        self._tokens = min(float(self.limit.burst), self._tokens + passed / self._every)
        self._at = now


class Window:
    """The calls of the last minute. A share of less than one call a minute is one call in a longer time."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._taken: deque[float] = deque()

    def ready(self, now: float, place: int = 0) -> float:
        """Seconds until a call fits, after ``place`` others have been made; 0.0 when it does now."""
        self._forget(now)
        free = self._calls - len(self._taken)
        if place < free:
            return 0.0
        rounds, turn = divmod(place - free, self._calls)
        ends = [at + self._length for at in self._taken][-self._calls :] or [now + self._length]
        return ends[min(turn, len(ends) - 1)] + rounds * self._length - now

    def take(self, now: float) -> None:
        """Count a call."""
        self._taken.append(now)

    @property
    def _calls(self) -> int:
        return max(1, int(self.limit.per_minute))

    @property
    def _length(self) -> float:
        return max(MINUTE, MINUTE / self.limit.per_minute)

    def _forget(self, now: float) -> None:
        while self._taken and self._taken[0] + self._length <= now:
            self._taken.popleft()


class _Method:
    """What is known of one method: its limits, who was told to wait until when, and Slack's own word."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self.bucket = Bucket(limit)
        self.window = Window(limit)
        self.paused_until = float("-inf")
        self.promised: deque[float] = deque()

    def share(self, replicas: int) -> None:
        """Use only the share of one of so many processes."""
        self.bucket.limit = self.window.limit = self.limit.shared_by(replicas)

    def ready(self, now: float, place: int = 0) -> float:
        """Seconds until a call may be made, after ``place`` others."""
        paused_for = max(0.0, self.paused_until - now)
        return max(paused_for, self.bucket.ready(now, place), self.window.ready(now, place))

    def waiting(self, now: float) -> int:
        """How many were told to come back later than now."""
        while self.promised and self.promised[0] <= now:
            self.promised.popleft()
        return len(self.promised)

    def take(self, now: float) -> None:
        """Count a call."""
        self.bucket.take(now)
        self.window.take(now)


class Pacer:
    """Says when a Web API call may be made. Thread safe; in real seconds.

    ``replicas`` is how many processes share the limits right now; whoever knows sets it. ``now`` is
    a monotonic clock. A method that is not in ``tiers`` is paced as tier 2, the strictest that we use.
    """

    def __init__(
        self,
        *,
        now: Callable[[], float] = clock.monotonic,
        tiers: Mapping[str, Limit] = TIERS,
        channel: Limit = CHANNEL,
    ) -> None:
        self.replicas = 1
        self._now = now
        self._tiers = tiers
        self._channel = channel
        self._lock = Lock()
        self._methods: dict[str, _Method] = {}
        self._channels: dict[str, Bucket] = {}

    def ready(self, method: str, channel: str | None = None) -> float:
        """Seconds until ``method`` may be called, posting to ``channel`` if given; takes nothing."""
        with self._lock:
            return self._ready(self._of(method), channel, self._now())

    def take(self, method: str, channel: str | None = None) -> float:
        """0.0 when the call may be made now, which is then counted; else the seconds to wait.

        Whoever is turned away is told a time of its own, so that many who wait for one method do not
        all come back for the same call.
        """
        with self._lock:
            now, known = self._now(), self._of(method)
            wait = self._ready(known, channel, now)
            if wait > 0.0:
                return max(wait, self._promised(known, now))
            known.take(now)
            if channel is not None:
                self._bucket(channel).take(now)
            return 0.0

    def pause(self, method: str, seconds: float) -> None:
        """Make no call of ``method`` for ``seconds``: Slack said ``Retry-After``."""
        with self._lock:
            known = self._of(method)
            known.paused_until = max(known.paused_until, self._now() + seconds)

    def _ready(self, known: _Method, channel: str | None, now: float) -> float:
        wait = known.ready(now)
        return wait if channel is None else max(wait, self._bucket(channel).ready(now))

    def _promised(self, known: _Method, now: float) -> float:
        wait = known.ready(now, known.waiting(now))
        if wait > 0.0:
            known.promised.append(now + wait)
        return wait

    def _of(self, method: str) -> _Method:
        known = self._methods.setdefault(method, _Method(self._tiers.get(method, TIER_2)))
        known.share(self.replicas)
        return known

    def _bucket(self, channel: str) -> Bucket:
        if channel not in self._channels and len(self._channels) >= _KEPT_CHANNELS:
            now = self._now()
            self._channels = {name: b for name, b in self._channels.items() if not b.idle(now)}
        return self._channels.setdefault(channel, Bucket(self._channel))
