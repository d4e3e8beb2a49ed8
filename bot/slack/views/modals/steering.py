"""Modals behind the steering cell's card."""

from collections.abc import Sequence

from bot.reports.words import RIGHT
from bot.slack.ids import Block, Metadata, View
from bot.slack.views.modals.parts import Choice, asking, modal, one_of
from bot.slack.views.modals.working import NO_RIGHT, words
from bot.slack.views.parts import ViewDict, cut, one_line
from bot.taskforce.burst import Burst


def steering_decide(burst: Burst, rights: Sequence[Choice] = tuple(RIGHT.items())) -> ViewDict:
    """A decision of the steering cell; where questions are open it may answer one of them."""
    blocks = [words("What does the steering cell decide?", hint="It is logged and shown in the burst.")]
    waiting = [
        (str(request.number), f"{request.number}. {cut(one_line(request.question), 70)}")
        for request in burst.requests
        if request.answered_at is None
    ]
    if waiting:
        blocks.append(
            asking(
                Block.REQUEST,
                "Which question does this answer?",
                one_of(Block.REQUEST, waiting, waiting[0][0] if len(waiting) == 1 else None),
                required=False,
            )
        )
    blocks.append(
        asking(
            Block.RIGHT,
            "What is it about?",
            one_of(Block.RIGHT, [(NO_RIGHT, "The burst itself"), *rights], NO_RIGHT),
            required=False,
        )
    )
    return modal(View.STEERING_DECIDE, "Decide", blocks, about=Metadata(burst_id=burst.id), submit="Decide")
