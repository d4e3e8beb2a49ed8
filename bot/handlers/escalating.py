"""Getting help from above, and the steering cell's answers to it."""

from bot.errors import Refused
from bot.operations import reading
from bot.operations.decide import decide
from bot.operations.escalate import escalate
from bot.operations.office import Office
from bot.operations.take_up import take_up
from bot.slack.answers import Answer, Show
from bot.slack.command_text import Line
from bot.slack.exchange import about, asked, done, pressed
from bot.slack.ids import Action, Block, View, parse_number
from bot.slack.requests import Click, Submission
from bot.slack.views.modals import steering
from bot.slack.views.modals import working as modals
from bot.slack.views.modals.choices import right_choices
from bot.slack.views.modals.working import NO_RIGHT
from bot.taskforce.lifecycle.gates import UNDER_WAY
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


def steering_decide_click(office: Office, click: Click) -> Answer:
    """The button "Decide", of the steering card and of whoever was asked for a decision, asks what."""
    burst = reading.burst_for(office, asked(click), pressed(click).burst_id, Right.RULE, UNDER_WAY)
    return Show(steering.steering_decide(burst, right_choices(office.programme().file)))


def steering_decide_submission(office: Office, submission: Submission) -> Answer:
    """A decision of the steering cell, perhaps the answer to a question."""
    right = submission.text(Block.RIGHT)
    decide(
        office,
        asked(submission),
        about(submission),
        submission.text(Block.TEXT),
        right=None if right in {"", NO_RIGHT} else right,
        answers=_question(submission.text(Block.REQUEST)),
    )
    return None


def _question(number: str) -> int | None:
    if not number:
        return None
    found = parse_number(number)
    if found is None:
        raise Refused("unknown_request", "Please choose one of the open questions.", field=Block.REQUEST)
    return found


COMMANDS = {"escalate": escalate_command}
CLICKS = {
    Action.ESCALATE: escalate_click,
    Action.STEERING_TAKE: take_up_click,
    Action.STEERING_DECIDE: steering_decide_click,
}
SUBMISSIONS = {View.ESCALATE: escalate_submission, View.STEERING_DECIDE: steering_decide_submission}
