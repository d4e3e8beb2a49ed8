"""The resolve clock: paused for a reason, resumed, and the severity that sets its promise."""

from bot.errors import Refused
from bot.operations import reading
from bot.operations.change_severity import change_severity
from bot.operations.office import Office, Request
from bot.operations.pause import pause
from bot.operations.resume import resume
from bot.slack.answers import Answer, Show
from bot.slack.command_text import Line, take_options, take_until
from bot.slack.exchange import about, asked, done, moment_ahead, pressed
from bot.slack.ids import Action, Block, View
from bot.slack.requests import Click, Submission
from bot.slack.views.after import severity_changed
from bot.slack.views.modals import working as modals
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Right
from bot.taskforce.terms import PauseReason, State

_REASONS = ", ".join(f"`{reason.value}`" for reason in PauseReason)
_PREFIX = "awaiting_"
_LEVELS = {"1", "2", "3"}
_PAUSABLE = {State.ACCEPTED, State.WORKING, State.PAUSED}


def pause_command(office: Office, line: Line) -> Answer:
    """``/burst pause [KEY] <reason> until:<when> [ref:<ticket>]``; a pause that stands is extended."""
    burst_id = line.needs_burst()
    until, rest = take_until(line.rest)
    options, reason = take_options(rest, frozenset({"ref"}))
    return done(
        _pause(office, asked(line), burst_id, reason, until or "", options.get("ref", "")),
        "The resolve clock stands still.",
    )


def pause_click(office: Office, click: Click) -> Answer:
    """The button "Pause clock" asks for what one waits, and until when; "Extend pause" is the same."""
    request, burst_id = asked(click), pressed(click).burst_id
    stands = reading.burst(office, request, burst_id).pause is not None
    right = Right.EXTEND_PAUSE if stands else Right.PAUSE
    burst = reading.burst_for(office, request, burst_id, right, _PAUSABLE)
    return Show(modals.pause(burst))


def pause_submission(office: Office, submission: Submission) -> Answer:
    """The page "Pause clock" with its reason and time."""
    reason, until, reference = (
        submission.text(block) for block in (Block.REASON, Block.UNTIL, Block.REFERENCE)
    )
    _pause(office, asked(submission), about(submission), reason, until, reference)
    return None


def resume_command(office: Office, line: Line) -> Answer:
    """``/burst resume [KEY]``."""
    burst = resume(office, asked(line), line.needs_burst_alone())
    return done(burst, "The resolve clock runs again.")


def resume_click(office: Office, click: Click) -> Answer:
    """The button "Resume clock"."""
    resume(office, asked(click), pressed(click).burst_id)
    return None


def severity_command(office: Office, line: Line) -> Answer:
    """``/burst severity [KEY] impact:<n> urgency:<n> <why>``; what is not named stays."""
    request, burst_id = asked(line), line.needs_burst()
    options, why = take_options(line.rest, frozenset({"impact", "urgency"}))
    if not options or not set(options.values()) <= _LEVELS:
        raise Refused(
            "bad_level",
            "Please give impact and urgency from 1 to 3: `/burst severity BURST-42 impact:1 urgency:2 <why>`.",
        )
    before = reading.burst(office, request, burst_id)
    impact = int(options.get("impact", before.impact))
    urgency = int(options.get("urgency", before.urgency))
    burst = change_severity(office, request, burst_id, impact, urgency, why)
    return done(burst, severity_changed(before, burst))


def _pause(
    office: Office, request: Request, burst_id: int, written: str, until: str, reference: str
) -> Burst:
    burst = reading.burst_for(office, request, burst_id, Right.PAUSE, frozenset(State))
    reason = _reason(written)
    return pause(office, request, burst_id, reason, moment_ahead(burst, until), reference)


def _reason(written: str) -> PauseReason:
    """The reason by its id, with or without "awaiting"."""
    word = written.lower().replace(" ", "_").replace("-", "_")
    for candidate in (word, _PREFIX + word):
        if candidate in set(PauseReason):
            return PauseReason(candidate)
    raise Refused(
        "bad_reason", f"Please say what you are waiting for, one of: {_REASONS}.", field=Block.REASON
    )


COMMANDS = {"pause": pause_command, "resume": resume_command, "severity": severity_command}
CLICKS = {Action.PAUSE: pause_click, Action.RESUME: resume_click}
SUBMISSIONS = {View.PAUSE: pause_submission}
