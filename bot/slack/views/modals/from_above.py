"""Modals of the steering cell's card that are no decision: more time, and a question."""

from bot.reports.durations import local_time, site_zone
from bot.reports.words import CLOCK
from bot.slack.ids import Block, View
from bot.slack.views.modals.parts import asking, burst_modal, one_of, text_input
from bot.slack.views.modals.working import UNTIL_FORMS, words
from bot.slack.views.parts import ViewDict
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.enquiries import QUESTION_LIMIT
from bot.taskforce.lifecycle.extending import extendable
from bot.taskforce.response_clock import ResponseClock


def steering_extend(burst: Burst, number: int | None = None) -> ViewDict:
    """More time for a clock: the one of that ``number``, when it can be given more, is chosen already."""
    zone = site_zone(burst)
    choices = [
        (str(clock.number), f"{_called(clock)}, due {local_time(clock.due_at, zone)}")
        for clock in extendable(burst)
    ]
    wanted = str(number) if str(number) in dict(choices) else choices[0][0]
    blocks = [
        asking(Block.CLOCK, "Which time?", one_of(Block.CLOCK, choices, wanted)),
        asking(
            Block.UNTIL,
            "Until when?",
            text_input(Block.UNTIL, longest=40, placeholder="1bd"),
            hint=f"{UNTIL_FORMS}. A length counts from now.",
        ),
        words(
            "Why?", hint="It is logged with your name and right, and counted on the card and in the summary."
        ),
    ]
    return burst_modal(burst, View.STEERING_EXTEND, "Extend", blocks, submit="Extend")


def steering_ask(burst: Burst) -> ViewDict:
    """A question to those who work on it."""
    question = text_input(Block.TEXT, multiline=True, longest=QUESTION_LIMIT)
    hint = "The owner and the co-leads are asked, in the channel and by message. The ladder waits for their answer."
    blocks = [asking(Block.TEXT, "What do you need to know?", question, hint=hint)]
    return burst_modal(burst, View.STEERING_ASK, "Ask for more", blocks, submit="Ask")


def _called(clock: ResponseClock) -> str:
    return CLOCK[clock.kind] if clock.subject is None else f"{CLOCK[clock.kind]} {clock.subject}"
