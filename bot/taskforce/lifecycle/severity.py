"""Severity: derived again from impact and urgency, with what that does to promises."""

from datetime import datetime

from bot.errors import Refused
from bot.taskforce import retelling, targets
from bot.taskforce.burst import Burst
from bot.taskforce.decision import SYSTEM, Decision, Detail
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.lifecycle.gates import already, state_in
from bot.taskforce.lifecycle.pausing import end_pause
from bot.taskforce.lifecycle.words import checked
from bot.taskforce.permissions import Actor, Right, require
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import LIVE, EntryKind, Severity, State

LEVELS = range(1, 4)


def change_severity(
    burst: Burst,
    actor: Actor,
    impact: int,
    urgency: int,
    severity: Severity,
    policy: Policy,
    why: str,
    *,
    now: datetime,
) -> Decision:
    """Give the burst the severity that follows from its inputs, and the policy of that severity.

    Elapsed time counts: due times are what they would be had the new policy held from the start. An extension ends
    with the severity for which it was given, and the log says so.
    Everybody involved may raise; lowering is for the workstream's lead and the steering cell.
    """
    lower = severity > burst.severity
    require(Right.LOWER_SEVERITY if lower else Right.EXPAND, actor, burst)
    state_in(burst, LIVE)
    if impact not in LEVELS or urgency not in LEVELS:
        raise Refused("level", "Impact and urgency are 1, 2 or 3.")
    if (impact, urgency, severity) == (burst.impact, burst.urgency, burst.severity):
        already(f"{burst.key} has that impact and urgency already.")
    reason = checked(why, what="The reason")
    ended = targets.extended(burst) if severity is not burst.severity else ()
    draft = Draft.of(burst, now)
    draft.change(impact=impact, urgency=urgency, severity=severity)
    entry = draft.log(
        EntryKind.SEVERITY,
        actor.user,
        **{
            "from": burst.severity.value,
            "to": severity.value,
            "impact": impact,
            "urgency": urgency,
            "reason": reason,
            **({"no_longer_extended": [_told(clock) for clock in ended]} if ended else {}),
        },
    )
    if severity is not burst.severity:
        draft.after = targets.retarget(draft.after, policy, now)
        again = retelling.told_again(burst, draft.after)
        if severity is Severity.SEV1 and burst.state is State.PAUSED:
            end_pause(draft)
            draft.log(EntryKind.RESUMED, SYSTEM, why="sev1")
        draft.take_back(*retelling.taken_back(burst, draft.after))
        for clock, told in again:
            draft.revive(clock, told.at)
        draft.correct(*retelling.moved(burst, draft.after))
        draft.effect(EffectKind.SET_TOPIC)
    draft.notice(entry)
    draft.refresh_card()
    return draft.done()


def _told(clock: ResponseClock) -> dict[str, Detail]:
    return {"clock": clock.number, "kind": clock.kind.value, "until": clock.due_at.isoformat()}
