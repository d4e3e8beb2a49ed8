"""The delay cause that a burst's own history suggests."""

from collections.abc import Callable

import pytest

from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.causes import Suggestion, suggest
from bot.taskforce.decision import Decision, Entry
from bot.taskforce.lifecycle import Candidate
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import PauseReason
from tests.unit.taskforce.cases import LEAD, NEWS, NOON, OWNER, REACH, at, opening, policy


def lived(*steps: Callable[[Burst], Decision], **fields: object) -> tuple[Burst, list[Entry]]:
    decision = lifecycle.open_burst(opening(**fields), now=NOON)
    log = list(decision.entries)
    for step in steps:
        decision = step(decision.after)
        log += decision.entries
    return decision.after, log


def accept(minute: float, actor: Actor = OWNER) -> Callable[[Burst], Decision]:
    return lambda b: lifecycle.accept(b, actor, now=at(minute))


def hand_over(minute: float, user: str) -> Callable[[Burst], Decision]:
    return lambda b: lifecycle.hand_over(b, LEAD, Candidate(user), "", now=at(minute))


def pause(minute: float, reason: PauseReason, until: float) -> Callable[[Burst], Decision]:
    return lambda b: lifecycle.pause(b, OWNER, reason, at(until), "REF-1", now=at(minute))


def resume(minute: float) -> Callable[[Burst], Decision]:
    return lambda b: lifecycle.resume(b, OWNER, now=at(minute))


def ring(kind: str, minute: float) -> Callable[[Burst], Decision]:
    def act(burst: Burst) -> Decision:
        number = next(c.number for c in reversed(burst.clocks) if c.kind == kind)
        return lifecycle.ring(burst, number, REACH, now=at(minute))

    return act


def update(minute: float) -> Callable[[Burst], Decision]:
    return lambda b: lifecycle.post_update(b, OWNER, f"{NEWS} {minute} minutes in.", now=at(minute))


QUIET = {"policy": policy(ladder=[], first_update="20h")}


@pytest.mark.parametrize(("accepted_at", "cause"), [(26, "unclear_ownership"), (25, None)])
def test_a_quarter_of_the_time_without_an_owner(accepted_at: float, cause: str | None) -> None:
    found = suggest(*lived(accept(accepted_at), **QUIET), now=at(100))
    assert (found.cause if found else None) == cause


def test_it_says_why() -> None:
    assert suggest(*lived(accept(40), **QUIET), now=at(100)) == Suggestion(
        "unclear_ownership", "40% of the time passed without an owner who had accepted."
    )


def test_every_stretch_without_an_owner_counts() -> None:
    history = lived(accept(15), hand_over(50, "U_B"), accept(65, Actor("U_B")), **QUIET)
    found = suggest(*history, now=at(100))
    assert found is not None
    assert found.why.startswith("30%")


def test_one_that_nobody_ever_accepted() -> None:
    found = suggest(*lived(**QUIET), now=at(100))
    assert found is not None
    assert found.why.startswith("100%")


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        (PauseReason.AWAITING_VENDOR, "vendor_wait"),
        (PauseReason.AWAITING_REQUESTER, "information_missing"),
        (PauseReason.AWAITING_CHANGE_WINDOW, "change_window_wait"),
        (PauseReason.AWAITING_APPROVAL, "approval_wait"),
        (PauseReason.AWAITING_DOWNTIME, "change_window_wait"),
        (PauseReason.AWAITING_CLINICAL_VERIFICATION, "late_stakeholder_entry"),
    ],
)
def test_what_was_waited_for_longest(reason: PauseReason, cause: str) -> None:
    found = suggest(*lived(accept(5), pause(10, reason, 90), resume(60), **QUIET), now=at(100))
    assert found is not None
    assert found.cause == cause
    assert found.why.startswith("50% of the time it waited for")


def test_the_longest_of_several_waits_counts_them_together() -> None:
    vendor, approval = PauseReason.AWAITING_VENDOR, PauseReason.AWAITING_APPROVAL
    history = lived(
        accept(5), pause(10, vendor, 90), resume(25), pause(30, approval, 90), resume(50),
        pause(60, vendor, 90), resume(75), **QUIET,
    )  # fmt: skip
    assert suggest(*history, now=at(100)) == Suggestion(
        "vendor_wait", "30% of the time it waited for the vendor."
    )


def test_a_wait_that_goes_on_counts_until_now() -> None:
    history = lived(accept(5), pause(40, PauseReason.AWAITING_VENDOR, 900), **QUIET)
    found = suggest(*history, now=at(100))
    assert found is not None
    assert found.why.startswith("60%")


def test_a_short_wait_is_no_cause() -> None:
    history = lived(accept(5), pause(10, PauseReason.AWAITING_VENDOR, 90), resume(35), **QUIET)
    assert suggest(*history, now=at(100)) is None


def test_a_wait_whose_reason_was_erased_is_not_guessed() -> None:
    burst, log = lived(accept(5), pause(10, PauseReason.AWAITING_VENDOR, 90), resume(60), **QUIET)

    class Erased:
        """An entry as storage reads it after its body was erased."""

        def __init__(self, entry: Entry) -> None:
            self.kind, self.actor, self.at, self.body = entry.kind, entry.actor, entry.at, None

    assert suggest(burst, [Erased(entry) for entry in log], now=at(100)) is None


@pytest.mark.parametrize(("owners", "cause"), [(1, None), (2, "fragmented_communication")])
def test_it_changed_hands_twice(owners: int, cause: str | None) -> None:
    hands = [hand_over(minute + 10, f"U_{minute}") for minute in range(owners)]
    quick = [accept(minute + 10, Actor(f"U_{minute}")) for minute in range(owners)]
    steps = [step for pair in zip(hands, quick, strict=True) for step in pair]
    found = suggest(*lived(accept(5), *steps, **QUIET), now=at(100))
    assert (found.cause if found else None) == cause


@pytest.mark.parametrize(("late", "cause"), [(1, None), (2, "fragmented_communication")])
def test_updates_came_late_twice(late: int, cause: str | None) -> None:
    silences = [ring("update", 30), update(31), ring("update", 91), update(92)][: 2 * late]
    terms = {"policy": policy(ladder=[])}
    found = suggest(*lived(accept(5), *silences, **terms), now=at(100))
    assert (found.cause if found else None) == cause


@pytest.mark.parametrize(("until", "cause"), [(245, None), (250, "weak_escalation_design")])
def test_escalation_steps_without_an_answer(until: float, cause: str | None) -> None:
    terms = {"policy": policy(first_update="20h")}
    steps = [ring("resolve", minute) for minute in (240, 250) if minute <= until]
    found = suggest(*lived(accept(5), *steps, **terms), now=at(300))
    assert (found.cause if found else None) == cause


def test_an_incomplete_intake() -> None:
    found = suggest(*lived(accept(5), missing=("Device",), **QUIET), now=at(100))
    assert found == Suggestion("information_missing", "The intake was incomplete when it was opened.")


def test_a_smooth_life_suggests_nothing() -> None:
    burst, log = lived(accept(5), update(10), **QUIET)
    assert suggest(burst, log, now=at(100)) is None
