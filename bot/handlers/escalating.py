"""Getting help from above, and the steering cell's answers to it."""

from bot import clock
from bot.errors import Refused
from bot.operations import reading
from bot.operations.ask_for_more import ask_for_more
from bot.operations.escalate import escalate
from bot.operations.extend import extend
from bot.operations.office import Office
from bot.operations.take_up import take_up
from bot.reports.from_above import escalated
from bot.slack.answers import Answer, Say, Show
from bot.slack.command_text import Line
from bot.slack.exchange import about, asked, done, labels, moment_ahead, pressed
from bot.slack.ids import Action, Block, View, parse_number
from bot.slack.requests import Click, Submission
from bot.slack.views.escalation import brought_to_cell, escalation
from bot.slack.views.modals import from_above
from bot.slack.views.modals import working as modals
from bot.taskforce.lifecycle.extending import extendable
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


def extend_click(office: Office, click: Click) -> Answer:
    """The steering card's "Extend" asks which time, until when, and why."""
    pushed = pressed(click)
    burst = reading.burst_for(office, asked(click), pushed.burst_id, Right.EXTEND, LIVE)
    if not extendable(burst):
        raise Refused("nothing_runs", "No time runs that could be extended; a paused clock is resumed first.")
    return Show(from_above.steering_extend(burst, parse_number(pushed.detail or "")))


def extend_submission(office: Office, submission: Submission) -> Answer:
    """The page "Extend" with a time and its reason."""
    number = parse_number(submission.text(Block.CLOCK))
    if number is None:
        raise Refused("unknown_clock", "Please choose which time is extended.", field=Block.CLOCK)
    burst = reading.burst(office, asked(submission), about(submission))
    until = moment_ahead(burst, submission.text(Block.UNTIL))
    extend(office, asked(submission), burst.id, number, until, submission.text(Block.TEXT))
    return None


def ask_click(office: Office, click: Click) -> Answer:
    """The steering card's "Ask for more" asks what."""
    burst = reading.burst_for(office, asked(click), pressed(click).burst_id, Right.TAKE_UP, LIVE)
    return Show(from_above.steering_ask(burst))


def ask_submission(office: Office, submission: Submission) -> Answer:
    """The page "Ask for more" with its question."""
    ask_for_more(office, asked(submission), about(submission), submission.text(Block.TEXT))
    return None


def card_click(office: Office, click: Click) -> Answer:
    """The button "Show the card" of a message about many escalations: the whole card, to the one who asked."""
    burst, entries = reading.whole_log(office, asked(click), pressed(click).burst_id)
    subject = brought_to_cell(burst)
    told = escalated(entries, subject)
    named = labels(office, burst, (entry.actor for entry in told.since))
    return Say(escalation(burst, subject, named, now=clock.now(), why=told.why, since=told.since))


COMMANDS = {"escalate": escalate_command}
CLICKS = {
    Action.ESCALATE: escalate_click,
    Action.STEERING_TAKE: take_up_click,
    Action.STEERING_CARD: card_click,
    Action.STEERING_EXTEND: extend_click,
    Action.STEERING_ASK: ask_click,
}
SUBMISSIONS = {
    View.ESCALATE: escalate_submission,
    View.STEERING_EXTEND: extend_submission,
    View.STEERING_ASK: ask_submission,
}
