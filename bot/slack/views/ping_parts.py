"""What every ping is made of: the sentence, the line that says what the burst is about, the buttons that fit."""

from collections.abc import Mapping

from bot.reports.labels import Labels
from bot.slack.ids import Action
from bot.slack.views.card_buttons import burst_buttons, offered
from bot.slack.views.parts import BlockDict, Rendered, actions, channel_link, context, inline, section
from bot.slack.views.standing import severity_words, sites_words
from bot.taskforce.burst import Burst, DecisionRequest
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import ClockKind

Subject = Mapping[str, str | int]

# What keeps the promise of a clock, for those who have to keep it.
KEEPS: dict[ClockKind, tuple[Action, ...]] = {
    ClockKind.ACCEPT: (Action.ACCEPT, Action.DECLINE),
    ClockKind.UPDATE: (Action.UPDATE,),
    ClockKind.RESOLVE: (Action.RESOLVE, Action.UPDATE),
    ClockKind.MILESTONE: (Action.UPDATE, Action.RESOLVE),
    ClockKind.PAUSE: (Action.UPDATE, Action.PAUSE),
    ClockKind.INTAKE: (Action.CHECKLIST,),
    ClockKind.PRIVACY: (Action.CHECKLIST,),
    ClockKind.STAFFING: (Action.HANDOVER,),
    ClockKind.SIGN_OFF: (Action.SIGN_OFF, Action.SEND_BACK),
    ClockKind.DECISION: (Action.STEERING_DECIDE,),
}

# Offered beside the card's own actions, to those who may.
CELL_ACTIONS = (
    Action.STEERING_TAKE,
    Action.STEERING_REASSIGN,
    Action.STEERING_EXTEND,
    Action.STEERING_DECIDE,
    Action.STEERING_ASK,
)


def message(
    burst: Burst,
    labels: Labels,
    text: str,
    shown: str,
    wanted: tuple[Action, ...],
    *,
    more: list[BlockDict] | None = None,
    question: DecisionRequest | None = None,
) -> Rendered:
    """``text`` for the lock screen, ``shown`` in the message, and the buttons of ``wanted`` that still fit.

    "Decide" answers the ``question``, where there is one.
    """
    fitting = {*offered(burst), *CELL_ACTIONS}
    answers = {Action.STEERING_DECIDE: str(question.number)} if question else {}
    buttons = burst_buttons(burst, (action for action in wanted if action in fitting), answers)
    return Rendered(
        text=text, blocks=[section(shown), about(burst, labels), *(more or []), *actions(buttons)]
    )


def about(burst: Burst, labels: Labels) -> BlockDict:
    """The line that tells somebody who is not in the channel what the burst is about, and where it is."""
    where = f" · {channel_link(burst.place.channel)}" if burst.place else ""
    facts = f"{severity_words(burst)} · {sites_words(burst, labels)}{where}"
    return context(f"*{inline(burst.title, 120)}*\n{facts}")


def question_of(burst: Burst, clock: ResponseClock | None) -> DecisionRequest | None:
    """The question whose time the clock keeps, if it keeps that of one."""
    if clock is None or clock.kind is not ClockKind.DECISION:
        return None
    return next((request for request in burst.requests if request.number == clock.subject), None)
