"""Decisions: logged, asked of whoever holds the right, and answered by them."""

from bot.errors import Refused
from bot.operations import reading
from bot.operations.decide import Decided, answer, decide
from bot.operations.office import Office
from bot.slack.answers import Answer, Show
from bot.slack.command_text import Line, take_word
from bot.slack.exchange import about, asked, done, labels, moment_ahead, pressed
from bot.slack.ids import Action, Block, View, parse_number
from bot.slack.requests import Click, Submission
from bot.slack.views.modals import deciding, steering
from bot.slack.views.modals.choices import right_choices
from bot.slack.views.modals.deciding import NO_RIGHT
from bot.slack.views.modals.told import told
from bot.slack.views.refusals import plain
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle import Ballot, Proposal
from bot.taskforce.lifecycle.gates import UNDER_WAY
from bot.taskforce.lifecycle.proposals import SCOPE
from bot.taskforce.permissions import Right
from bot.taskforce.terms import Verdict

_RIGHT = "right:"


def decide_command(office: Office, line: Line) -> Answer:
    """``/burst decide [KEY] [right:<id>] <text>``; scope opens the page, which asks for the impacts."""
    burst_id = line.needs_burst()
    written = line.needs_text("what was decided, and why", "BURST-42 <text>")
    first, rest = take_word(written)
    right, text = (first.removeprefix(_RIGHT), rest) if first.startswith(_RIGHT) else (None, written)
    if right is not None:
        _known(office, right)
    if right == SCOPE:
        burst = reading.burst_for(office, asked(line), burst_id, Right.DECIDE, UNDER_WAY)
        return Show(_page(office, burst, text, right))
    taken = decide(office, asked(line), burst_id, Proposal(text), right)
    return done(taken.burst, _words(taken) or "Logged.")


def decide_click(office: Office, click: Click) -> Answer:
    """The button "Log decision" asks for it."""
    burst = reading.burst_for(office, asked(click), pressed(click).burst_id, Right.DECIDE, UNDER_WAY)
    return Show(_page(office, burst))


def decide_submission(office: Office, submission: Submission) -> Answer:
    """The page "Log decision"; where the right is another's it becomes a request, and whoever asked hears so."""
    return _taken(office, submission, Proposal(*(submission.text(block) for block in _PROPOSAL)))


def steering_decide_click(office: Office, click: Click) -> Answer:
    """The button "Decide", of the steering card and of whoever was asked for a decision, asks what."""
    pushed = pressed(click)
    burst = reading.burst_for(office, asked(click), pushed.burst_id, Right.RULE, UNDER_WAY)
    number = parse_number(pushed.detail or "")
    rights = right_choices(office.programme().file)
    return Show(steering.steering_decide(burst, rights, labels(office, burst), number=number))


def steering_decide_submission(office: Office, submission: Submission) -> Answer:
    """A decision of the steering cell, or an answer to a question; scope goes on to the page with the impacts."""
    chosen, verdict = submission.text(Block.REQUEST), submission.text(Block.ANSWER)
    text = submission.text(Block.TEXT)
    if not chosen and not verdict and submission.text(Block.RIGHT) == SCOPE:
        burst = reading.burst_for(office, asked(submission), about(submission), Right.RULE, UNDER_WAY)
        return Show(_page(office, burst, text, SCOPE))
    if not chosen and not verdict:
        return _taken(office, submission, Proposal(text))
    number = parse_number(chosen)
    if number is None:
        raise Refused("unknown_request", "Please choose one of the open questions.", field=Block.REQUEST)
    burst = reading.burst(office, asked(submission), about(submission))
    burst = answer(office, asked(submission), burst.id, number, _ballot(submission, burst, number, verdict))
    return _heard(burst, number)


_PROPOSAL = (
    Block.TEXT,
    Block.OPTIONS,
    Block.RECOMMENDED,
    Block.CLINICAL_IMPACT,
    Block.TECHNICAL_IMPACT,
)


def _page(office: Office, burst: Burst, text: str = "", right: str = NO_RIGHT) -> dict[str, object]:
    return deciding.decide(burst, right_choices(office.programme().file), text=text, right=right)


def _known(office: Office, right: str) -> None:
    rights = dict(right_choices(office.programme().file))
    if right not in rights:
        known = ", ".join(f"`{_RIGHT}{name}`" for name in rights)
        raise Refused("unknown_right", f"There is no such right to decide; there are {known}.")


def _taken(office: Office, submission: Submission, proposal: Proposal) -> Answer:
    right, until = submission.text(Block.RIGHT), submission.text(Block.UNTIL)
    burst = reading.burst(office, asked(submission), about(submission))
    taken = decide(
        office,
        asked(submission),
        burst.id,
        proposal,
        right=None if right in {"", NO_RIGHT} else right,
        decide_by=moment_ahead(burst, until) if until else None,
    )
    words = _words(taken)
    return Show(told(plain(words))) if words else None


def _words(taken: Decided) -> str:
    """What whoever decided hears when it became a question; empty when it was logged."""
    request = taken.asked
    if request is None:
        return ""
    if request.votes:
        return (
            f"{request.quorum} must agree ({taken.holders.called}). Your answer is the first; the others are asked,"
            f" as question {request.number}."
        )
    return (
        f"That is for others to decide: {taken.holders.called}. They are asked, as question {request.number}."
    )


def _ballot(submission: Submission, burst: Burst, number: int, verdict: str) -> Ballot:
    if verdict not in set(Verdict):
        raise Refused("bad_answer", "Please approve it, decline it or put it off.", field=Block.ANSWER)
    until = submission.text(Block.UNTIL) if verdict == Verdict.DEFER else ""
    return Ballot(
        Verdict(verdict),
        submission.text(Block.TEXT),
        _option(submission.text(Block.OPTION), number),
        moment_ahead(burst, until) if until else None,
    )


def _option(chosen: str, number: int) -> int | None:
    """The option of question ``number``; one of another question is no answer to it."""
    if not chosen:
        return None
    request, _, option = chosen.partition(".")
    if request != str(number) or parse_number(option) is None:
        raise Refused(
            "option", "Please choose an option of the question that you answer.", field=Block.OPTION
        )
    return parse_number(option)


def _heard(burst: Burst, number: int) -> Answer:
    """Whoever voted hears when others still have to agree."""
    request = next(request for request in burst.requests if request.number == number)
    if request.answered_at is not None or not request.votes:
        return None
    words = f"Your answer to question {number} is logged. {request.quorum} must agree; it waits for others."
    return Show(told(plain(words)))


COMMANDS = {"decide": decide_command}
CLICKS = {Action.DECIDE: decide_click, Action.STEERING_DECIDE: steering_decide_click}
SUBMISSIONS = {
    View.DECIDE: decide_submission,
    View.STEERING_DECIDE: steering_decide_submission,
}
