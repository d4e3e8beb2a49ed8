"""Which buttons a burst's card offers: only those that fit its state."""

from slack_sdk.models.blocks import ButtonElement

from bot.slack.ids import Action, ButtonValue
from bot.slack.views.parts import button
from bot.taskforce.burst import Burst
from bot.taskforce.closure import awaited_seats
from bot.taskforce.terms import LIVE, Severity, State

LABELS: dict[Action, str] = {
    Action.ACCEPT: "Accept",
    Action.DECLINE: "Decline",
    Action.UPDATE: "Post update",
    Action.DECIDE: "Log decision",
    Action.EVIDENCE: "Add evidence",
    Action.CHECKLIST: "Checklist",
    Action.HANDOVER: "Hand over",
    Action.PAUSE: "Pause clock",
    Action.RESUME: "Resume clock",
    Action.ESCALATE: "Escalate",
    Action.RESOLVE: "Resolve",
    Action.SIGN_OFF: "Sign off",
    Action.SEND_BACK: "Send back",
    Action.CONFIRM: "It works for me",
    Action.UNCONFIRM: "It does not",
    Action.KEEP_OPEN: "Keep open",
    Action.REOPEN: "Reopen",
    Action.JOIN: "Join",
    Action.RAISE: "Raise a blocker",
    Action.STEERING_TAKE: "Take it up",
    Action.STEERING_REASSIGN: "Reassign",
    Action.STEERING_EXTEND: "Extend",
    Action.STEERING_DECIDE: "Decide",
    Action.STEERING_ASK: "Ask for more",
    Action.STEERING_CARD: "Show the card",
    Action.FOLLOW_UP_DONE: "Done",
}
EXTEND_PAUSE = "Extend pause"  # what "Pause clock" does while it stands still
_STYLES = {
    Action.ACCEPT: "primary",
    Action.RESOLVE: "primary",
    Action.SIGN_OFF: "primary",
    Action.STEERING_TAKE: "primary",
    Action.FOLLOW_UP_DONE: "primary",
    Action.ESCALATE: "danger",
}

_WORK = (Action.UPDATE, Action.DECIDE, Action.EVIDENCE, Action.CHECKLIST)


def offered(burst: Burst) -> tuple[Action, ...]:
    """The actions that the burst's state allows to somebody, in the order of the card."""
    if burst.state in LIVE:
        return (
            *_answering(burst),
            *_WORK,
            Action.HANDOVER,
            *_pausing(burst),
            Action.ESCALATE,
            *_ending(burst),
        )
    if burst.state is State.RESOLVED:
        signing = (Action.SIGN_OFF,) if awaited_seats(burst) else ()
        return (*signing, Action.SEND_BACK, *_confirming(burst), *_WORK)
    return (Action.KEEP_OPEN, Action.REOPEN) if burst.state is State.CLOSED else ()


def _answering(burst: Burst) -> tuple[Action, ...]:
    asked = burst.owner is not None and burst.accepted_at is None
    return (Action.ACCEPT, Action.DECLINE) if asked else ()


def _pausing(burst: Burst) -> tuple[Action, ...]:
    if burst.state is State.PAUSED:
        return (Action.RESUME, Action.PAUSE)
    # The resolve clock of a sev1 never pauses, and before acceptance nobody may pause it.
    may_pause = burst.state in {State.ACCEPTED, State.WORKING} and burst.severity is not Severity.SEV1
    return (Action.PAUSE,) if may_pause else ()


def _ending(burst: Burst) -> tuple[Action, ...]:
    return (Action.RESOLVE,) if burst.accepted_at is not None else ()


def _confirming(burst: Burst) -> tuple[Action, ...]:
    return (Action.CONFIRM, Action.UNCONFIRM) if burst.raiser_answer is None else ()


def burst_button(burst: Burst, action: Action, detail: str | None = None) -> ButtonElement:
    """A button about the burst as it stands now."""
    value = ButtonValue(burst.id, burst.version, detail)
    label = EXTEND_PAUSE if action is Action.PAUSE and burst.state is State.PAUSED else LABELS[action]
    return button(label, action, value, style=_STYLES.get(action))


def card_buttons(burst: Burst) -> list[ButtonElement]:
    """The card's buttons."""
    return [burst_button(burst, action) for action in offered(burst)]
