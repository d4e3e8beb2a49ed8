"""Modals behind the steering cell's card."""

from collections.abc import Sequence

from slack_sdk.models.blocks import OptionGroup, StaticSelectElement

from bot.reports.labels import Labels
from bot.reports.words import RIGHT, VERDICTS
from bot.slack.ids import Block, View
from bot.slack.views.modals.deciding import NO_RIGHT
from bot.slack.views.modals.parts import Choice, asking, burst_modal, one_of, option, radio, text_input
from bot.slack.views.modals.working import UNTIL_FORMS, words
from bot.slack.views.parts import BlockDict, ViewDict, cut, one_line, plain, section
from bot.slack.views.questions import question_words
from bot.taskforce.burst import Burst, DecisionRequest

_MOST_SHOWN = 5


def steering_decide(
    burst: Burst,
    rights: Sequence[Choice] = tuple(RIGHT.items()),
    labels: Labels | None = None,
    *,
    number: int | None = None,
) -> ViewDict:
    """A decision of the steering cell, or its answer to an open question; with ``number``, to that one."""
    waiting = [
        request
        for request in burst.requests
        if request.answered_at is None and number in {None, request.number}
    ][-_MOST_SHOWN:]
    blocks = [
        *_shown(waiting, labels or Labels()),
        words("What is decided, and why?", hint="It is logged and shown in the burst."),
        *(_answering(waiting) if waiting else []),
        *([] if waiting and number is not None else [_about_what(rights)]),
    ]
    return burst_modal(burst, View.STEERING_DECIDE, "Decide", blocks, submit="Decide")


def _shown(waiting: Sequence[DecisionRequest], labels: Labels) -> list[BlockDict]:
    return [section(f"*Question {request.number}*\n{question_words(request, labels)}") for request in waiting]


def _answering(waiting: Sequence[DecisionRequest]) -> list[BlockDict]:
    questions = [
        (str(request.number), f"{request.number}. {cut(one_line(request.question), 70)}")
        for request in waiting
    ]
    choosable = [request for request in waiting if request.options]
    return [
        asking(
            Block.REQUEST,
            "Which question does this answer?",
            one_of(Block.REQUEST, questions, questions[0][0] if len(questions) == 1 else None),
            required=False,
        ),
        asking(Block.ANSWER, "Your answer", radio(Block.ANSWER, VERDICTS), required=False),
        *([_options(choosable)] if choosable else []),
        asking(
            Block.UNTIL,
            "Put off until",
            text_input(Block.UNTIL, longest=40, placeholder="3bd"),
            hint=f"Only to put it off: {UNTIL_FORMS}.",
            required=False,
        ),
    ]


def _options(requests: Sequence[DecisionRequest]) -> BlockDict:
    """The options of every question, each under its own; the value is ``<question>.<option>``."""
    groups = [
        OptionGroup(
            label=plain(f"{request.number}. {one_line(request.question)}", 75),
            options=[
                option((f"{request.number}.{number}", f"{number}. {words}"))
                for number, words in enumerate(request.options, start=1)
            ],
        )
        for request in requests
    ]
    element = StaticSelectElement(action_id=Block.OPTION, option_groups=groups)
    return asking(Block.OPTION, "Which option do you approve?", element, required=False)


def _about_what(rights: Sequence[Choice]) -> BlockDict:
    choices = [(NO_RIGHT, "The burst itself"), *rights]
    return asking(Block.RIGHT, "What is it about?", one_of(Block.RIGHT, choices, NO_RIGHT), required=False)
