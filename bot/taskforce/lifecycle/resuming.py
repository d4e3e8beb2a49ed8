"""Going on after a resolution that did not hold."""

from dataclasses import replace

from bot.taskforce import clocks, targets
from bot.taskforce.lifecycle import following_up
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.staffing import promise_staffing
from bot.taskforce.terms import ClockKind, State


def resume_work(draft: Draft) -> None:
    """Work goes on after a resolution that did not hold: clocks run again, sign-offs are void."""
    burst, now = draft.after, draft.now
    burst = targets.go_on(burst, clocks.last(burst, ClockKind.RESOLVE), burst.policy.resolve, now)
    milestone = clocks.latest(burst, ClockKind.MILESTONE)
    if milestone is not None:
        burst = clocks.run_again(burst, milestone, now)
    burst = targets.aim_for_workaround(burst, now)
    promise = clocks.promise_for(burst.policy, ClockKind.UPDATE, workaround=burst.workaround)
    burst, _ = clocks.arm(burst, ClockKind.UPDATE, promise, now=now)
    if burst.accepted_at is None and burst.owner is not None:
        burst, _ = clocks.arm(burst, ClockKind.ACCEPT, burst.policy.accept, now=now)
    draft.after = burst
    accepted = burst.accepted_at is not None and burst.owner is not None
    draft.change(
        state=State.WORKING if accepted else State.OPEN,
        resolution=None,
        resolved_at=None,
        resolved_by=None,
        raiser_answer=None,
        signed_off_at=None,
        sign_offs=tuple(
            given if given.voided_at is not None else replace(given, voided_at=now)
            for given in burst.sign_offs
        ),
    )
    following_up.forget_unpromised(draft)
    promise_staffing(draft)
