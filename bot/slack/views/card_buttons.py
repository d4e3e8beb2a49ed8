"""Which buttons a burst's card offers: only those that fit its state."""

from slack_sdk.models.blocks import ButtonElement

from bot.slack.ids import Action, ButtonValue
from bot.slack.views.parts import button
from bot.taskforce.burst import Burst
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
}
_STYLES = {
    Action.ACCEPT: "primary",
    Action.RESOLVE: "primary",
    Action.SIGN_OFF: "primary",
    Action.STEERING_TAKE: "primary",
    Action.ESCALATE: "danger",
}

_WORK = (Action.UPDATE, Action.DECIDE, Action.EVIDENCE, Action.CHECKLIST)


def offered(burst: Burst) -> tuple[Action, ...]:
    """The actions that the burst's state allows to somebody, in the order of the card."""
    match burst.state:
        case State.OPEN:
            return (Action.ACCEPT, Action.DECLINE, *_WORK, Action.HANDOVER, Action.ESCALATE)
        case State.ACCEPTED | State.WORKING:
            pause = () if burst.severity is Severity.SEV1 else (Action.PAUSE,)
            return (*_WORK, Action.HANDOVER, *pause, Action.ESCALATE, Action.RESOLVE)
        case State.PAUSED:
            return (*_WORK, Action.HANDOVER, Action.RESUME, Action.ESCALATE, Action.RESOLVE)
        case State.RESOLVED:
            asked = (Action.CONFIRM, Action.UNCONFIRM) if burst.raiser_answer is None else ()
            return (Action.SIGN_OFF, Action.SEND_BACK, *asked, *_WORK)
        case State.CLOSED:
            return (Action.KEEP_OPEN, Action.REOPEN)
        case State.ARCHIVED:
            return ()


def burst_button(burst: Burst, action: Action, detail: str | None = None) -> ButtonElement:
    """A button about the burst as it stands now."""
    value = ButtonValue(burst.id, burst.version, detail)
    return button(LABELS[action], action, value, style=_STYLES.get(action))


def card_buttons(burst: Burst) -> list[ButtonElement]:
    """The card's buttons."""
    return [burst_button(burst, action) for action in offered(burst)]


def asks_for_work(burst: Burst) -> bool:
    """Whether the burst is still being worked on."""
    return burst.state in LIVE
