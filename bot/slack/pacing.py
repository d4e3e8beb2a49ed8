"""Respecting Slack's rate limits before Slack complains.

A token is taken for every Web API call and comes back some time later, so that no more calls are
made in any window than Slack counts. There are buckets for every method and, for posts, one for
every channel. ``Retry-After`` pauses the method it was given for and nothing else.

Tiers: docs.slack.dev, "Rate limits" (20, 50 and 100 calls a minute for tiers 2 to 4, counted per
method, workspace and app; about one message a second and channel, short bursts tolerated).
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from bot import clock

_KEPT_CHANNELS = 1000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``calls`` in any ``within`` real seconds."""

    calls: int
    within: float

    def shared_by(self, replicas: int) -> "Limit":
        """What one of ``replicas`` processes may use of it."""
        share = max(1, self.calls // replicas)
        return Limit(share, self.within * share * replicas / self.calls if share == 1 else self.within)


TIER_2 = (Limit(20, 60.0), Limit(5, 3.0))
TIER_3 = (Limit(50, 60.0), Limit(5, 3.0))
TIER_4 = (Limit(100, 60.0), Limit(10, 3.0))
SPECIAL = (Limit(300, 60.0), Limit(20, 3.0))
CHANNEL = Limit(2, 2.0)

TIERS: Mapping[str, tuple[Limit, ...]] = {
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
    "conversations.join": TIER_3,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "conversations.setTopic": TIER_2,
    "pins.add": TIER_2,
    "users.conversations": TIER_2,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}


class Bucket:
    """Tokens that come back ``within`` seconds after they were taken.

    Whoever is turned away is told a time of its own, so that many who wait do not all come back
    for the same token. Not thread safe by itself: the pacer holds its lock.
    """

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._taken: deque[float] = deque()
        self._promised: deque[float] = deque()

    def ready(self, now: float) -> float:
        """Seconds until a token is there; 0.0 when one is there now."""
        self._forget(now)
        if len(self._taken) < self.limit.calls:
            return 0.0
        return self._taken[len(self._taken) - self.limit.calls] + self.limit.within - now

    def promise(self, now: float) -> float:
        """Seconds until the next token that nobody else was told to wait for."""
        self._forget(now)
        returns = [at + self.limit.within for at in self._taken][-self.limit.calls :]
        rounds, place = divmod(len(self._promised), len(returns))
        at = returns[place] + rounds * self.limit.within
        self._promised.append(at)
        return at - now

    def take(self, now: float) -> None:
        """Take a token, there or not."""
        self._taken.append(now)

    def idle(self, now: float) -> bool:
        """Whether every token is back and nobody waits."""
        self._forget(now)
        return not self._taken and not self._promised

    def _forget(self, now: float) -> None:
        while self._taken and self._taken[0] + self.limit.within <= now:
            self._taken.popleft()
        while self._promised and self._promised[0] <= now:
            self._promised.popleft()


class Pacer:
    """Says when a Web API call may be made. Thread safe; in real seconds.

    ``replicas`` is how many processes share the limits right now; whoever knows sets it. ``now`` is
    a monotonic clock. A method that is not in ``tiers`` is paced as tier 2, the strictest that we use.
    """

    def __init__(
        self,
        *,
        now: Callable[[], float] = clock.monotonic,
        tiers: Mapping[str, tuple[Limit, ...]] = TIERS,
        channel: Limit = CHANNEL,
    ) -> None:
        self.replicas = 1
        self._now = now
        self._tiers = tiers
        self._channel = channel
        self._lock = Lock()
        self._methods: dict[str, tuple[Bucket, ...]] = {}
        self._channels: dict[str, Bucket] = {}
        self._paused: dict[str, float] = {}

    def ready(self, method: str, channel: str | None = None) -> float:
        """Seconds until ``method`` may be called, posting to ``channel`` if given; takes nothing."""
        with self._lock:
            now = self._now()
            waits = [bucket.ready(now) for bucket in self._buckets(method, channel)]
            return max(*waits, self._paused_for(method, now))

    def take(self, method: str, channel: str | None = None) -> float:
        """0.0 when the call may be made now, which is then counted; else the seconds to wait."""
        with self._lock:
            now = self._now()
            buckets = self._buckets(method, channel)
            waits = [b.promise(now) for b in buckets if b.ready(now) > 0.0]
            wait = max(*waits, self._paused_for(method, now), 0.0)
            if wait == 0.0:
                for bucket in buckets:
                    bucket.take(now)
            return wait

    def pause(self, method: str, seconds: float) -> None:
        """Make no call of ``method`` for ``seconds``: Slack said ``Retry-After``."""
        with self._lock:
            until = self._now() + seconds
            self._paused[method] = max(until, self._paused.get(method, until))

    def _paused_for(self, method: str, now: float) -> float:
        return max(0.0, self._paused.get(method, now) - now)

    def _buckets(self, method: str, channel: str | None) -> tuple[Bucket, ...]:
        limits = self._tiers.get(method, TIER_2)
        buckets = self._methods.setdefault(method, tuple(Bucket(limit) for limit in limits))
        for bucket, limit in zip(buckets, limits, strict=True):
            bucket.limit = limit.shared_by(self.replicas)
        return buckets if channel is None else (*buckets, self._of_channel(channel))

    def _of_channel(self, channel: str) -> Bucket:
        if channel not in self._channels and len(self._channels) >= _KEPT_CHANNELS:
            now = self._now()
            self._channels = {name: b for name, b in self._channels.items() if not b.idle(now)}
        return self._channels.setdefault(channel, Bucket(self._channel))
