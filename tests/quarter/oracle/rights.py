"""Who may do what, by the table of roles and rights."""

from collections.abc import Callable, Mapping
from datetime import datetime

from tests.quarter.oracle.burst import is_leading
from tests.quarter.oracle.tale import Tale


def is_above(tale: Tale, user: str, now: datetime) -> bool:
    """Whether somebody leads the workstream or is of the steering cell."""
    people = tale.people
    return people.leads_stream(user, tale.burst.stream, now) or people.is_steering(user, now)


def was_reached(tale: Tale, user: str) -> bool:
    """Whether a step of a ladder that still runs has asked somebody."""
    return any(
        user in fired.reached for clock in tale.burst.clocks if clock.is_armed for fired in clock.fired
    )


def is_involved(tale: Tale, user: str, now: datetime) -> bool:
    """Whether somebody takes part, stands above it, or was asked."""
    burst = tale.burst
    takes_part = user in burst.members or is_leading(burst, user)
    administers = user in [tale.people.user(key) for key in tale.book.file["administrators"]]
    return (
        takes_part
        or (administers and not burst.private)
        or is_above(tale, user, now)
        or was_reached(tale, user)
    )


def may(tale: Tale, verb: str, user: str, now: datetime) -> bool:
    """Whether somebody may do that to the burst, whatever its state."""
    return RIGHTS.get(verb, is_involved)(tale, user, now)


def _may_cancel(tale: Tale, user: str, now: datetime) -> bool:
    by_raiser = user == tale.burst.raiser and not tale.burst.is_accepted
    return by_raiser or user == tale.burst.owner or is_above(tale, user, now)


def _may_extend_pause(tale: Tale, user: str, now: datetime) -> bool:
    return user in (tale.burst.clinical, tale.burst.technical) or tale.people.is_steering(user, now)


def _may_pause(tale: Tale, user: str, now: datetime) -> bool:
    return is_leading(tale.burst, user) or tale.people.is_steering(user, now)


def _may_send_back(tale: Tale, user: str, _now: datetime) -> bool:
    burst = tale.burst
    return user in (burst.clinical, burst.technical, burst.raiser, *tale.signers("technical"))


def _may_reopen(tale: Tale, user: str, now: datetime) -> bool:
    return user == tale.burst.raiser or _may_hand_over(tale, user, now)


def _may_hand_over(tale: Tale, user: str, now: datetime) -> bool:
    return is_leading(tale.burst, user) or is_above(tale, user, now)


def _owns(tale: Tale, user: str, _now: datetime) -> bool:
    return user == tale.burst.owner


RIGHTS: Mapping[str, Callable[[Tale, str, datetime], bool]] = {
    "accept": _owns,
    "decline": _owns,
    "hand_over": _may_hand_over,
    "lower": is_above,
    "extend_pause": _may_extend_pause,
    "pause": lambda tale, user, now: tale.burst.state == "paused" or _may_pause(tale, user, now),
    "resume": _may_pause,
    "resolve": _may_pause,
    "take_up": lambda tale, user, now: is_above(tale, user, now) or was_reached(tale, user),
    "confirm": lambda tale, user, _now: user == tale.burst.raiser,
    "send_back": _may_send_back,
    "cancel": _may_cancel,
    "reopen": _may_reopen,
}
