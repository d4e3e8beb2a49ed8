"""The work of a burst: updates, evidence, the checklist, and who takes part."""

from bot.errors import Refused
from bot.operations import reading
from bot.operations.add_evidence import Piece, add_evidence
from bot.operations.add_person import ROLE, add_person
from bot.operations.join import join
from bot.operations.link_bursts import link_bursts
from bot.operations.office import Office
from bot.operations.post_update import post_update
from bot.operations.save_checklist import Saved, save_checklist
from bot.slack.answers import Answer, Show
from bot.slack.command_text import Line, burst_number, take_link, take_person, take_word
from bot.slack.exchange import about, asked, done, pressed
from bot.slack.ids import Action, Block, View, parse_number
from bot.slack.permalinks import file_of
from bot.slack.requests import Click, Submission
from bot.slack.ticks import remark_of, ticked_anew
from bot.slack.views.modals import working as modals
from bot.slack.views.modals.checklist import checklist
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.gates import UNDER_WAY
from bot.taskforce.permissions import Right

_BLOCKS = "blocks"
_POSTED = "Posted."
_NO_NEWS = "Posted, but a few words or a repeat are no news: say what is known and what comes next."
# How a kind of evidence is given, where not every way will do.
_GIVEN = {"text": " (in words)", "link": " (a link)", "file": " (a file)"}


def update_command(office: Office, line: Line) -> Answer:
    """``/burst update [KEY] <text>``."""
    burst_id = line.needs_burst()
    text = line.needs_text("what is known and what comes next", "BURST-42 <text>")
    posted = post_update(office, asked(line), burst_id, text)
    return done(posted.burst, _POSTED if posted.news else _NO_NEWS)


def update_click(office: Office, click: Click) -> Answer:
    """The button "Post update" asks for it."""
    return Show(modals.update(_worked_on(office, click)))


def update_submission(office: Office, submission: Submission) -> Answer:
    """The page "Post update" with its text, and perhaps a workaround."""
    text, workaround = submission.text(Block.TEXT), submission.text(Block.WORKAROUND) or None
    post_update(office, asked(submission), about(submission), text, workaround)
    return None


def evidence_command(office: Office, line: Line) -> Answer:
    """``/burst evidence [KEY] <kind> <link or text>``; without a kind, says which there are."""
    burst = reading.burst(office, asked(line), line.needs_burst())
    kind, rest = take_word(line.rest)
    if kind not in {known for known, _, _ in burst.evidence_kinds}:
        raise Refused("bad_kind", _kinds(burst))
    link, text = take_link(rest)
    if not (link or text):
        raise Refused("missing_text", f"Please add a link or some words: `/burst evidence {kind} <text>`.")
    return done(add_evidence(office, asked(line), burst.id, Piece(kind, text, link, file_of(link))), "Added.")


def evidence_click(office: Office, click: Click) -> Answer:
    """The button "Add evidence" asks for it."""
    return Show(modals.evidence(_worked_on(office, click)))


def evidence_submission(office: Office, submission: Submission) -> Answer:
    """The page "Add evidence" of a kind."""
    kind, text, link = (submission.text(block) for block in (Block.KIND, Block.TEXT, Block.LINK))
    files = (*submission.files(Block.FILE), *file_of(link))
    item = parse_number(submission.text(Block.ITEM))
    add_evidence(
        office, asked(submission), about(submission), Piece(kind, text, link or None, files, item=item)
    )
    return None


def checklist_click(office: Office, click: Click) -> Answer:
    """The button "Checklist" shows it to be ticked."""
    return Show(checklist(_worked_on(office, click)))


def checklist_submission(office: Office, submission: Submission) -> Answer:
    """What was ticked, opened again or added."""
    saved = Saved(ticked_anew(submission), remark_of(submission), submission.text(Block.TEXT))
    if saved != Saved({}):
        save_checklist(office, asked(submission), about(submission), saved)
    return None


def join_command(office: Office, line: Line) -> Answer:
    """``/burst join KEY``."""
    return done(join(office, asked(line), line.needs_burst_alone()), "You take part now.")


def join_click(office: Office, click: Click) -> Answer:
    """The button "Join"."""
    return done(join(office, asked(click), pressed(click).burst_id), "You take part now.")


def add_command(office: Office, line: Line) -> Answer:
    """``/burst add [KEY] @user|role:<id> [why]``."""
    burst_id = line.needs_burst()
    if line.rest.startswith(ROLE):
        wanted, why = take_word(line.rest)
    else:
        wanted, why = take_person(line.rest)
    return done(add_person(office, asked(line), burst_id, wanted, why), "Added to the burst.")


def link_command(office: Office, line: Line) -> Answer:
    """``/burst link KEY blocks KEY``: the first holds up the second."""
    burst_id = line.needs_burst()
    verb, named = take_word(line.rest)
    other = burst_number(named)
    if verb.lower() != _BLOCKS or other is None:
        raise Refused(
            "bad_link", "Please say which burst holds up which: `/burst link BURST-42 blocks BURST-7`."
        )
    return done(link_bursts(office, asked(line), burst_id, other), f"Linked: it holds up BURST-{other}.")


def _worked_on(office: Office, click: Click) -> Burst:
    return reading.burst_for(office, asked(click), pressed(click).burst_id, Right.CONTRIBUTE, UNDER_WAY)


def _kinds(burst: Burst) -> str:
    known = "\n".join(
        f"• `{kind}` {label}{_GIVEN.get(form, '')}" for kind, label, form in burst.evidence_kinds
    )
    return f"Please say of what kind it is: `/burst evidence <kind> <link or text>`.\n{known}"


COMMANDS = {
    "update": update_command,
    "evidence": evidence_command,
    "join": join_command,
    "add": add_command,
    "link": link_command,
}
CLICKS = {
    Action.UPDATE: update_click,
    Action.EVIDENCE: evidence_click,
    Action.CHECKLIST: checklist_click,
    Action.JOIN: join_click,
}
SUBMISSIONS = {
    View.UPDATE: update_submission,
    View.EVIDENCE: evidence_submission,
    View.CHECKLIST: checklist_submission,
}
