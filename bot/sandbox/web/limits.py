"""Slack's rate limits, as token buckets that refill all the time.

Facts: https://docs.slack.dev/apis/web-api/rate-limits (tiers per method and minute; about one
message per second and channel; several hundred messages per minute and workspace). Slack allows
bursts and does not say how large; half a minute's worth, five messages in one channel, are ours.
"""

import math
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """So many calls per minute, and so many at once after a quiet time."""

    per_minute: float
    burst: float


def tier(per_minute: float) -> Rate:
    """Return the rate of a tier, with a burst of half a minute's worth."""
    return Rate(per_minute, max(3.0, per_minute / 2))


TIER_1 = tier(1)
TIER_2 = tier(20)
TIER_3 = tier(50)
TIER_4 = tier(100)
HUNDREDS = tier(600)
POSTING = tier(300)
PER_CHANNEL = Rate(per_minute=60, burst=5)


class Bucket:
    """What is left of one rate; a scale above one makes it more generous."""

    def __init__(self, rate: Rate, scale: float) -> None:
        self._per_second = rate.per_minute * scale / 60
        self._capacity = max(1.0, rate.burst * scale)
        self._left = self._capacity
        self._seen_at = time.monotonic()

    def take(self) -> int:
        """Take one; return 0, or the whole seconds to wait when nothing is left."""
        now = time.monotonic()
        refilled = self._left + (now - self._seen_at) * self._per_second
        self._left = min(self._capacity, refilled)
        self._seen_at = now
        if self._left < 1:
            return max(1, math.ceil((1 - self._left) / self._per_second))
        self._left -= 1
        return 0


class RateLimits:
    """The buckets of the workspace; with a scale of None nothing is limited."""

    def __init__(self, scale: float | None) -> None:
        self._scale = scale
        self._buckets: dict[str, Bucket] = {}

    def set_scale(self, scale: float | None) -> None:
        """Start over with full buckets at another scale, or without limits (None)."""
        self._scale = scale
        self._buckets.clear()

    def take(self, key: str, rate: Rate) -> int:
        """Count one use of `key`; return 0, or the seconds for `Retry-After`."""
        if self._scale is None:
            return 0
        if key not in self._buckets:
            self._buckets[key] = Bucket(rate, self._scale)
        return self._buckets[key].take()
