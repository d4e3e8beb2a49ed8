"""Who answers for a burst: accept, decline, hand over, and the co-leads' seats."""

from bot.errors import Refused
from bot.operations import reading
from bot.operations.accept import accept
from bot.operations.candidates import successors_of
from bot.operations.decline import decline
from bot.operations.fill_seat import fill_seat
from bot.operations.hand_over import hand_over
from bot.operations.office import Office
from bot.slack.answers import Answer, Show
from bot.slack.command_text import Line, take_person, take_word
from bot.slack.exchange import about, asked, done, pressed
from bot.slack.ids import Action, Block, View
from bot.slack.requests import Click, Submission
from bot.slack.views.card_buttons import LABELS
from bot.slack.views.modals import working as modals
from bot.taskforce.permissions import Right
from bot.taskforce.terms import LIVE, Seat

_SEATS = {"clinical": Seat.CLINICAL_LEAD, "technical": Seat.TECHNICAL_LEAD}


def accept_command(office: Office, line: Line) -> Answer:
    """``/burst accept [KEY]``."""
    burst = accept(office, asked(line), line.needs_burst_alone())
    return done(burst, "You own it. Thank you.")


def accept_click(office: Office, click: Click) -> Answer:
    """The button "Accept"."""
    accept(office, asked(click), pressed(click).burst_id)
    return None


def decline_command(office: Office, line: Line) -> Answer:
    """``/burst decline [KEY] [why]``: the next in line is asked; without a reason, it is asked for one."""
    request, burst_id = asked(line), line.needs_burst()
    if not line.rest:
        return Show(modals.decline(reading.burst_for(office, request, burst_id, Right.ANSWER, LIVE)))
    return done(decline(office, request, burst_id, line.rest), "Declined. Somebody else is asked.")


def decline_click(office: Office, click: Click) -> Answer:
    """The button "Decline" asks why."""
    burst = reading.burst_for(office, asked(click), pressed(click).burst_id, Right.ANSWER, LIVE)
    return Show(modals.decline(burst))


def decline_submission(office: Office, submission: Submission) -> Answer:
    """The page "Decline" with its reason, and perhaps somebody better."""
    suggested = submission.text(Block.OWNER) or None
    decline(office, asked(submission), about(submission), submission.text(Block.TEXT), suggested)
    return None


def owner_command(office: Office, line: Line) -> Answer:
    """``/burst owner [KEY] @user [why]``."""
    burst_id = line.needs_burst()
    user, why = take_person(line.rest)
    burst = hand_over(office, asked(line), burst_id, user, why)
    return done(burst, "Handed over. The new owner is asked to accept.")


def hand_over_click(office: Office, click: Click) -> Answer:
    """The buttons "Hand over" and "Reassign" ask to whom."""
    burst = reading.burst_for(office, asked(click), pressed(click).burst_id, Right.HAND_OVER, LIVE)
    called = LABELS[Action(click.action)]  # the page is called what was pressed
    return Show(modals.hand_over(burst, successors_of(office, burst), called=called))


def hand_over_submission(office: Office, submission: Submission) -> Answer:
    """The page "Hand over" with the new owner."""
    user, why = submission.text(Block.OWNER), submission.text(Block.TEXT)
    if not user:
        raise Refused("missing_person", "Please choose who owns it from now on.", field=Block.OWNER)
    hand_over(office, asked(submission), about(submission), user, why)
    return None


def pair_command(office: Office, line: Line) -> Answer:
    """``/burst pair [KEY] clinical|technical @user``."""
    burst_id = line.needs_burst()
    side, rest = take_word(line.rest)
    seat = _SEATS.get(side.lower())
    if seat is None:
        raise Refused(
            "bad_seat", "Please say which seat: `/burst pair BURST-42 clinical @user` or `technical @user`."
        )
    user, _ = take_person(rest)
    burst = fill_seat(office, asked(line), burst_id, seat, user)
    return done(burst, "The seat is filled.")


COMMANDS = {
    "accept": accept_command,
    "decline": decline_command,
    "owner": owner_command,
    "pair": pair_command,
}
CLICKS = {
    Action.ACCEPT: accept_click,
    Action.DECLINE: decline_click,
    Action.HANDOVER: hand_over_click,
    Action.STEERING_REASSIGN: hand_over_click,
}
SUBMISSIONS = {View.DECLINE: decline_submission, View.HANDOVER: hand_over_submission}
