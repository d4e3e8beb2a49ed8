"""The end of a burst: resolved, verified, signed off, cancelled, kept open, opened again."""

from dataclasses import replace

from bot import clock
from bot.errors import Refused
from bot.operations import reading
from bot.operations.cancel import cancel
from bot.operations.confirm import confirm
from bot.operations.finish_follow_up import finish_follow_up
from bot.operations.keep_open import keep_open
from bot.operations.office import Office, Request
from bot.operations.reopen import reopen
from bot.operations.resolve import resolve, suggestion
from bot.operations.send_back import send_back
from bot.operations.sign_off import sign_off
from bot.slack.answers import Answer, Show
from bot.slack.command_text import Line, burst_number, take_word
from bot.slack.exchange import about, asked, done, noted, pressed, say
from bot.slack.ids import NEW_DRAFT, Action, Block, View
from bot.slack.requests import Click, Malformed, Submission
from bot.slack.views.modals import closing as modals
from bot.slack.views.modals.choices import cause_choices, open_choices
from bot.slack.views.modals.closing import RAISER
from bot.slack.views.modals.open_blocker import Header, open_blocker
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.permissions import Right
from bot.taskforce.terms import ENDED, LIVE, Outcome, State

_DUPLICATE = "duplicate:"
_RESOLVED = frozenset({State.RESOLVED})


def resolve_command(office: Office, line: Line) -> Answer:
    """``/burst resolve [KEY]`` opens "Resolve"."""
    return _ask_for_fix(office, asked(line), line.needs_burst_alone())


def resolve_click(office: Office, click: Click) -> Answer:
    """The button "Resolve" asks what fixed it."""
    return _ask_for_fix(office, asked(click), pressed(click).burst_id)


def resolve_submission(office: Office, submission: Submission) -> Answer:
    """The page "Resolve" with the fix, the delay causes and what was learned."""
    resolution = Resolution(
        fix=submission.text(Block.FIX),
        cause=submission.text(Block.CAUSE),
        also=submission.many(Block.ALSO),
        shorter=submission.text(Block.SHORTER),
        sites_same=submission.text(Block.SITES_SAME) or "not_checked",
        follow_up=submission.text(Block.FOLLOW_UP),
    )
    burst = resolve(office, asked(submission), about(submission), resolution)
    return _elsewhere(office, burst) if resolution.sites_same == "same" else None


def sign_off_command(office: Office, line: Line) -> Answer:
    """``/burst signoff [KEY]``."""
    burst = sign_off(office, asked(line), line.needs_burst_alone())
    closed = burst.state is State.CLOSED
    return done(burst, "Signed off; the burst is closed." if closed else "Signed off.")


def sign_off_click(office: Office, click: Click) -> Answer:
    """The button "Sign off"."""
    sign_off(office, asked(click), pressed(click).burst_id)
    return None


def send_back_command(office: Office, line: Line) -> Answer:
    """``/burst sendback [KEY] <why>``."""
    burst_id = line.needs_burst()
    why = line.needs_text("what is missing", "BURST-42 <why>")
    return done(send_back(office, asked(line), burst_id, why), "Sent back to work.")


def send_back_click(office: Office, click: Click) -> Answer:
    """The button "Send back" asks what is missing."""
    burst = reading.burst_for(office, asked(click), pressed(click).burst_id, Right.SEND_BACK, _RESOLVED)
    return Show(modals.send_back(burst))


def send_back_submission(office: Office, submission: Submission) -> Answer:
    """A co-lead's "Send back", or the raiser's "It does not", with the reason."""
    why = submission.text(Block.TEXT)
    if noted(submission).detail == RAISER:
        confirm(office, asked(submission), about(submission), why, works=False)
    else:
        send_back(office, asked(submission), about(submission), why)
    return None


def confirm_click(office: Office, click: Click) -> Answer:
    """The raiser's "It works for me"."""
    burst = confirm(office, asked(click), pressed(click).burst_id, works=True)
    return done(burst, "Thank you. The co-leads see that it works for you.")


def unconfirm_click(office: Office, click: Click) -> Answer:
    """The raiser's "It does not" asks what does not."""
    burst = reading.burst_for(office, asked(click), pressed(click).burst_id, Right.CONFIRM, _RESOLVED)
    return Show(modals.send_back(burst, as_raiser=True))


def cancel_command(office: Office, line: Line) -> Answer:
    """``/burst cancel [KEY] duplicate:KEY|mistake|withdrawn <why>``."""
    burst_id = line.needs_burst()
    how, why = take_word(line.rest)
    outcome, duplicate_of = _outcome(how)
    burst = cancel(office, asked(line), burst_id, outcome, why, duplicate_of)
    return done(burst, "Cancelled.")


def keep_open_click(office: Office, click: Click) -> Answer:
    """The button "Keep open"."""
    keep_open(office, asked(click), pressed(click).burst_id)
    return None


def follow_up_click(office: Office, click: Click) -> Answer:
    """The button "Done" of a follow-up action."""
    value = pressed(click)
    if value.detail is None or not value.detail.isdecimal():
        raise Malformed("actions.value")
    burst = finish_follow_up(office, asked(click), value.burst_id, int(value.detail))
    return say(f"{burst.key} · follow-up action {value.detail} is done. Thank you.")


def reopen_command(office: Office, line: Line) -> Answer:
    """``/burst reopen KEY <why>``."""
    burst_id = line.needs_burst()
    why = line.needs_text("why it is opened again", "BURST-42 <why>")
    return done(reopen(office, asked(line), burst_id, why), "Open again.")


def reopen_click(office: Office, click: Click) -> Answer:
    """The button "Reopen" asks why."""
    burst = reading.burst_for(office, asked(click), pressed(click).burst_id, Right.REOPEN, ENDED)
    return Show(modals.reopen(burst))


def reopen_submission(office: Office, submission: Submission) -> Answer:
    """The page "Reopen" with its reason."""
    reopen(office, asked(submission), about(submission), submission.text(Block.TEXT))
    return None


def _ask_for_fix(office: Office, request: Request, burst_id: int) -> Answer:
    """The modal "Resolve" with the delay cause that the burst's own history suggests."""
    reading.burst_for(office, request, burst_id, Right.PAUSE, LIVE)
    burst, entries = reading.whole_log(office, request, burst_id)
    choices = cause_choices(office.programme().file, burst.family)
    return Show(modals.resolve(burst, choices, suggestion(office, burst, entries, clock.now())))


def _elsewhere(office: Office, burst: Burst) -> Answer:
    """The page "Raise a blocker" once more, for the other sites, filled in as far as it is the same there."""
    choices = open_choices(office.programme().file)
    others = [(code, label) for code, label in choices.sites if code not in burst.sites]
    if not others:
        return None
    header = Header(family=burst.family, title=burst.title)
    return Show(open_blocker(NEW_DRAFT, replace(choices, sites=others), header, same_as=burst))


def _outcome(how: str) -> tuple[Outcome, int | None]:
    word = how.lower()
    if word.startswith(_DUPLICATE):
        other = burst_number(word.removeprefix(_DUPLICATE))
        if other is not None:
            return Outcome.DUPLICATE, other
    elif word in {Outcome.MISTAKE, Outcome.WITHDRAWN}:
        return Outcome(word), None
    raise Refused(
        "bad_outcome",
        "Please say why it ends: `/burst cancel BURST-42 duplicate:BURST-7 <why>`, or `mistake`, or `withdrawn`.",
    )


COMMANDS = {
    "resolve": resolve_command,
    "signoff": sign_off_command,
    "sendback": send_back_command,
    "cancel": cancel_command,
    "reopen": reopen_command,
}
CLICKS = {
    Action.RESOLVE: resolve_click,
    Action.SIGN_OFF: sign_off_click,
    Action.SEND_BACK: send_back_click,
    Action.CONFIRM: confirm_click,
    Action.UNCONFIRM: unconfirm_click,
    Action.KEEP_OPEN: keep_open_click,
    Action.REOPEN: reopen_click,
    Action.FOLLOW_UP_DONE: follow_up_click,
}
SUBMISSIONS = {
    View.RESOLVE: resolve_submission,
    View.SEND_BACK: send_back_submission,
    View.REOPEN: reopen_submission,
}
