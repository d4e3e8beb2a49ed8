"""Whether a ping still asks for something, by the burst as it stands now."""

from collections.abc import Mapping

from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.enquiries import ASK
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.spoken import has_nothing_to_say
from bot.taskforce.terms import ENDED, LIVE, ClockKind, Rank, State

# What is asked of those who check a fix; a decision is asked for while the work goes on, and has a clock.
ABOUT_THE_FIX = frozenset({"sign_off", "confirm"})


def is_moot(burst: Burst, subject: Mapping[str, str | int]) -> bool:
    """Whether nothing is asked any more: the promise is kept, the question answered, the burst over."""
    if burst.state in ENDED and not _is_followed_up(burst, subject):
        return True
    if subject.get("rank") == Rank.ASKED and subject.get("ask") in ABOUT_THE_FIX:
        return _is_answered(burst, subject)
    if subject.get("ask") == ASK:
        return burst.state not in LIVE or _is_answered_enquiry(burst, subject.get("enquiry"))
    if subject.get("rank") == Rank.ASSIGNED and (
        burst.accepted_at is not None or burst.owner != subject.get("user")
    ):
        return True
    number = subject.get("clock")
    clock = next((one for one in burst.clocks if one.number == number), None)
    if clock is None:
        return False
    return (
        has_nothing_to_say(burst, clock)
        or _has_voted(burst, clock, subject.get("user"))
        or _step_is_answered(clock, subject)
    )


def _is_followed_up(burst: Burst, subject: Mapping[str, str | int]) -> bool:
    """Whether it is about what is to be done after the end."""
    kind = ClockKind.FOLLOW_UP
    return any(one.kind is kind for one in burst.clocks if one.number == subject.get("clock"))


def _is_answered_enquiry(burst: Burst, number: object) -> bool:
    return all(one.answered_at is not None for one in burst.enquiries if one.number == number)


def _has_voted(burst: Burst, clock: ResponseClock, user: object) -> bool:
    """Whether this is about a question that the person, or whoever speaks for them, has answered."""
    if clock.kind is not ClockKind.DECISION:
        return False
    votes = (vote for request in burst.requests if request.number == clock.subject for vote in request.votes)
    return any(user in {vote.seat, vote.by} for vote in votes)


def _step_is_answered(clock: ResponseClock, subject: Mapping[str, str | int]) -> bool:
    """Whether the person has answered the step; a repeat is moot with the answer of anybody who does."""
    fired = next((one for one in clock.fired if one.step == subject.get("step")), None)
    if fired is None or "brought" in subject:
        return False
    answered = any(answer.user == subject.get("user") for answer in fired.answers)
    return answered or ("repeat" in subject and fired.answered_at is not None)


def _is_answered(burst: Burst, subject: Mapping[str, str | int]) -> bool:
    if burst.state is not State.RESOLVED:
        return True
    if subject.get("ask") == "confirm":
        return burst.raiser_answer is not None
    return any(one.user == subject.get("user") and one.voided_at is None for one in burst.sign_offs)
