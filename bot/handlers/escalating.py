"""Getting help from above, and the steering cell's answers to it."""

from bot import clock
from bot.operations import reading
from bot.operations.escalate import escalate
from bot.operations.office import Office
from bot.operations.take_up import take_up
from bot.slack.answers import Answer, Say, Show
from bot.slack.command_text import Line
from bot.slack.exchange import about, asked, done, labels, pressed
from bot.slack.ids import Action, Block, View
from bot.slack.requests import Click, Submission
from bot.slack.views.escalation import brought_to_cell, escalation
from bot.slack.views.modals import working as modals
from bot.taskforce.permissions import Right
from bot.taskforce.terms import LIVE


def escalate_command(office: Office, line: Line) -> Answer:
    """``/burst escalate [KEY] <why>``."""
    burst_id = line.needs_burst()
    why = line.needs_text("what you need, and from whom", "BURST-42 <why>")
    burst = escalate(office, asked(line), burst_id, why)
    return done(burst, "Escalated to the next step.")


def escalate_click(office: Office, click: Click) -> Answer:
    """The button "Escalate" asks why."""
    burst = reading.burst_for(office, asked(click), pressed(click).burst_id, Right.CONTRIBUTE, LIVE)
    return Show(modals.escalate(burst))


def escalate_submission(office: Office, submission: Submission) -> Answer:
    """The page "Escalate" with its reason."""
    escalate(office, asked(submission), about(submission), submission.text(Block.TEXT))
    return None


def take_up_click(office: Office, click: Click) -> Answer:
    """The steering card's "Take it up"."""
    take_up(office, asked(click), pressed(click).burst_id)
    return None


def card_click(office: Office, click: Click) -> Answer:
    """The button "Show the card" of a message about many escalations: the whole card, to the one who asked."""
    burst = reading.burst(office, asked(click), pressed(click).burst_id)
    return Say(escalation(burst, brought_to_cell(burst), labels(office, burst), now=clock.now()))


COMMANDS = {"escalate": escalate_command}
CLICKS = {
    Action.ESCALATE: escalate_click,
    Action.STEERING_TAKE: take_up_click,
    Action.STEERING_CARD: card_click,
}
SUBMISSIONS = {View.ESCALATE: escalate_submission}
