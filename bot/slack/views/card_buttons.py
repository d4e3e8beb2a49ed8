"""Which buttons a burst's card offers, only those that fit its state, and how buttons look side by side."""

from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType

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
# What is never urged upon anybody, also where it is the first that is offered.
_QUIET = frozenset(
    {
        Action.DECLINE,
        Action.SEND_BACK,
        Action.UNCONFIRM,
        Action.KEEP_OPEN,
        Action.REOPEN,
        Action.RESUME,
        Action.STEERING_CARD,
    }
)
_NONE: Mapping[Action, str] = MappingProxyType({})

_WORK = (Action.UPDATE, Action.DECIDE, Action.EVIDENCE, Action.CHECKLIST)


def rows(burst: Burst) -> tuple[tuple[Action, ...], ...]:
    """What the burst's state allows to somebody, in the rows of the card: answers first, what alarms people last."""
    if burst.state in LIVE:
        steering = (Action.HANDOVER, *_pausing(burst), Action.ESCALATE)
        return (_answering(burst), (*_WORK, *_ending(burst)), steering)
    if burst.state is State.RESOLVED:
        signing = (Action.SIGN_OFF,) if awaited_seats(burst) else ()
        return ((*signing, Action.SEND_BACK), _confirming(burst), _WORK)
    return ((Action.KEEP_OPEN, Action.REOPEN),) if burst.state is State.CLOSED else ()


def offered(burst: Burst) -> tuple[Action, ...]:
    """The actions that the burst's state allows to somebody, in the order of the card."""
    return tuple(action for row in rows(burst) for action in row)


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


def burst_button(
    burst: Burst, action: Action, detail: str | None = None, *, first: bool = True
) -> ButtonElement:
    """A button about the burst as it stands now; the ``first`` of several is the one that stands out."""
    value = ButtonValue(burst.id, burst.version, detail)
    label = EXTEND_PAUSE if action is Action.PAUSE and burst.state is State.PAUSED else LABELS[action]
    return button(label, action, value, style=_style(action, first=first))


def burst_buttons(
    burst: Burst, offers: Iterable[Action], details: Mapping[Action, str] = _NONE
) -> list[ButtonElement]:
    """Buttons about the burst, of which the first stands out; ``details`` are what some of them carry."""
    return [
        burst_button(burst, action, details.get(action), first=place == 0)
        for place, action in enumerate(offers)
    ]


def card_buttons(burst: Burst) -> list[list[ButtonElement]]:
    """The card's buttons, row by row."""
    buttons = iter(burst_buttons(burst, offered(burst)))
    return [list(islice(buttons, len(row))) for row in rows(burst) if row]


def _style(action: Action, *, first: bool) -> str | None:
    if action is Action.ESCALATE:
        return "danger"
    return "primary" if first and action not in _QUIET else None
