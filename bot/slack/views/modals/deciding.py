"""The page "Log decision": a decision, or the question that it becomes where the right is another's."""

from collections.abc import Sequence

from bot.reports.words import RIGHT
from bot.slack.ids import Block, View
from bot.slack.views.modals.parts import Choice, asking, burst_modal, one_of, text_input
from bot.slack.views.modals.working import UNTIL_FORMS
from bot.slack.views.parts import ViewDict
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.proposals import IMPACT_LIMIT, MOST_OPTIONS, OPTION_LIMIT

NO_RIGHT = "team"
# One option and its line break, so many times.
_OPTIONS_LIMIT = MOST_OPTIONS * (OPTION_LIMIT + 1)


def decide(
    burst: Burst,
    rights: Sequence[Choice] = tuple(RIGHT.items()),
    *,
    text: str = "",
    right: str = NO_RIGHT,
) -> ViewDict:
    """A decision of the team, or one whose right lies elsewhere and is then asked for.

    ``text`` and ``right`` are filled in already.
    """
    blocks = [
        asking(
            Block.TEXT,
            "What is decided, or to be decided?",
            text_input(Block.TEXT, multiline=True, initial=text),
            hint="What, and why. It goes into the resolution log.",
        ),
        asking(
            Block.RIGHT,
            "Whose decision is it?",
            one_of(Block.RIGHT, [(NO_RIGHT, "The team's own"), *rights], right),
            hint="Scope, security and go-live go to whoever holds that right, if it is not you. What follows is for them.",
            required=False,
        ),
        asking(
            Block.OPTIONS,
            "Options",
            text_input(Block.OPTIONS, multiline=True, longest=_OPTIONS_LIMIT),
            hint="Two to five, one per line.",
            required=False,
        ),
        asking(
            Block.RECOMMENDED,
            "Which one do you recommend?",
            text_input(Block.RECOMMENDED, longest=OPTION_LIMIT),
            hint="Its number or its words.",
            required=False,
        ),
        *(
            asking(
                block,
                f"What does it mean {side}?",
                text_input(block, multiline=True, longest=IMPACT_LIMIT),
                hint="A change of scope needs both.",
                required=False,
            )
            for block, side in (
                (Block.CLINICAL_IMPACT, "clinically"),
                (Block.TECHNICAL_IMPACT, "technically"),
            )
        ),
        asking(
            Block.UNTIL,
            "Decide by",
            text_input(Block.UNTIL, longest=40, placeholder="1bd"),
            hint=f"{UNTIL_FORMS}. Left open, the time for accepting counts.",
            required=False,
        ),
    ]
    return burst_modal(burst, View.DECIDE, "Log decision", blocks, submit="Log")
