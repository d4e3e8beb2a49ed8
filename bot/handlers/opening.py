"""Raising a blocker: in one line, or in the modal with its two pages and what looks alike."""

from html import unescape

from bot.errors import Refused
from bot.operations import drafts, reading
from bot.operations.drafts import Begun
from bot.operations.join import join
from bot.operations.office import Office, Request
from bot.operations.open_burst import Intake, RefusedFields, open_burst, opened_before
from bot.slack.answers import Answer, Errors, Show
from bot.slack.command_text import Line, take_options
from bot.slack.exchange import asked, draft_of, labels, noted, say
from bot.slack.ids import OPEN_ANYWAY, Action, Block, Shortcut, View, field_block, field_of, parse_number
from bot.slack.permalinks import carried, link_of
from bot.slack.requests import Click, Submission
from bot.slack.requests import Shortcut as Used
from bot.slack.views.modals.choices import open_choices
from bot.slack.views.modals.open_blocker import Details, Header, open_blocker, open_details
from bot.slack.views.modals.open_done import joined, opened
from bot.slack.views.modals.open_similar import LookAlike, open_similar
from bot.slack.views.parts import ViewDict
from bot.taskforce.decision import Detail

# Page 1 is opened while Slack waits three seconds, so nothing is written yet: its draft begins with "Next".
NEW = "new"
_OPTIONS = frozenset({"site", "impact", "urgency"})
_NUMBERS = frozenset({Block.IMPACT, Block.URGENCY})
_PAGE_1 = (Block.TITLE, Block.STAGE, Block.IMPACT, Block.URGENCY, Block.WORKFLOW_IMPACT, Block.NEEDED_BY)


def open_command(office: Office, line: Line) -> Answer:
    """``/burst open``: with site, impact and urgency at once, else the modal with what was given."""
    request = asked(line)
    options, words = take_options(line.rest, _OPTIONS)
    first, _, rest = words.partition(" ")
    known = first if office.programme().family(first) is not None else None
    if options:
        intake = _one_line(known, options, rest)
        burst = open_burst(office, request, intake)
        return say(f"{burst.key} is open; its channel is being made.")
    reading.may_open(office, request)
    return Show(_first_page(office, Header(family=known, title=rest if known else words)))


def raise_shortcut(office: Office, shortcut: Used) -> Answer:
    """The global shortcut "Raise a blocker"."""
    reading.may_open(office, asked(shortcut))
    return Show(_first_page(office, Header()))


def raise_message_shortcut(office: Office, shortcut: Used) -> Answer:
    """The message shortcut "Raise this as a blocker": the message tells what people cannot do."""
    reading.may_open(office, asked(shortcut))
    text = shortcut.message.get("text")
    written = unescape(text) if isinstance(text, str) else ""
    return Show(_first_page(office, Header(workflow_impact=written), carried(shortcut)))


def raise_click(office: Office, click: Click) -> Answer:
    """The home tab's "Raise a blocker"."""
    reading.may_open(office, asked(click))
    return Show(_first_page(office, Header()))


def first_page_submission(office: Office, submission: Submission) -> Answer:
    """The page "Next": page 1 is checked and kept, page 2 takes its place."""
    raw: dict[str, Detail] = {block: _typed(submission, block) for block in _PAGE_1}
    raw[Block.SITES] = list(submission.many(Block.SITES))
    origin = link_of(noted(submission).detail)
    try:
        begun = drafts.begin(office, asked(submission), submission.text(Block.FAMILY), raw, origin)
    except RefusedFields as refused:
        return Errors(refused.problems)
    return Show(open_details(begun.draft_id, begun.family, _second_page(office, begun)))


def details_submission(office: Office, submission: Submission) -> Answer:
    """The page "Open burst": page 2 is checked; then what looks alike is shown, or the burst is opened."""
    request, draft_id = asked(submission), draft_of(submission)
    before = opened_before(office, request)
    if before is not None:
        return _opened(office, request, before)
    typed = {field: _answer(submission, block) for block in submission.values if (field := field_of(block))}
    try:
        intake = drafts.complete(
            office,
            request,
            draft_id,
            typed={field: answer for field, answer in typed.items() if answer},
            workaround=submission.text(Block.WORKAROUND),
            owner=submission.text(Block.OWNER) or None,
        )
        family, alike = drafts.alike(office, request, intake)
        if alike:
            return Show(open_similar(draft_id, family, [LookAlike(*one) for one in alike]))
        return _opened(office, request, open_burst(office, request, intake, draft_id).id)
    except RefusedFields as refused:
        return Errors({_block(submission, field): words for field, words in refused.problems.items()})


def similar_submission(office: Office, submission: Submission) -> Answer:
    """The page "Continue": joins the burst that was chosen, or opens another one anyway."""
    request, draft_id, chosen = asked(submission), draft_of(submission), submission.text(Block.SIMILAR)
    before = opened_before(office, request)
    if before is not None:
        return _opened(office, request, before)
    if chosen == OPEN_ANYWAY:
        intake = drafts.finished(office, request, draft_id)
        return _opened(office, request, open_burst(office, request, intake, draft_id).id)
    burst_id = parse_number(chosen)
    if burst_id is None:
        raise Refused("nothing_chosen", "Please choose one of these.", field=Block.SIMILAR)
    return Show(joined(join(office, request, burst_id).id))


def _one_line(family: str | None, options: dict[str, str], title: str) -> Intake:
    lacking = [f"`{name}:`" for name in ("site", "impact", "urgency") if name not in options]
    if family is None:
        lacking.insert(0, "the kind of blocker as the first word")
    if not title:
        lacking.append("a title at the end")
    if family is None or lacking:
        raise Refused(
            "one_line_incomplete",
            f"To open at once, please also give {', '.join(lacking)}: "
            "`/burst open <family> site:<code> impact:<1-3> urgency:<1-3> <title>`. "
            "`/burst open` alone asks for everything.",
        )
    return Intake(
        family=family,
        title=title,
        sites=tuple(dict.fromkeys(options["site"].upper().split(","))),
        impact=_number(options["impact"]),
        urgency=_number(options["urgency"]),
        missing_allowed=True,
    )


def _first_page(office: Office, header: Header, note: str | None = None) -> ViewDict:
    return open_blocker(NEW, open_choices(office.programme().file), header, note=note)


def _opened(office: Office, request: Request, burst_id: int) -> Answer:
    burst = reading.burst(office, request, burst_id)
    return Show(opened(burst, labels(office, burst)))


def _second_page(office: Office, begun: Begun) -> Details:
    """What page 2 starts with: the severity that page 1 means, and whom the family's rules would ask."""
    seating = begun.seating
    return Details(
        severity=seating.severity,
        severity_label=office.programme().file.severity.policies.of(seating.severity).label,
        impact=begun.header.impact,
        urgency=begun.header.urgency,
        owner=seating.owner,
        owner_reason=seating.owner_reason,
        line=begun.line,
    )


def _typed(submission: Submission, block: Block) -> Detail:
    text = submission.text(block)
    return _number(text) if block in _NUMBERS else text


def _number(text: str) -> int | str:
    """A level as a number; anything else stays text, which the intake refuses in its own words."""
    return int(text) if text in {"1", "2", "3"} else text


def _answer(submission: Submission, block: str) -> str | tuple[str, ...]:
    return submission.many(block) or submission.text(block)


def _block(submission: Submission, field: str) -> str:
    """Where page 2 shows what is wrong with a field; what it does not ask for shows at its first block."""
    for block in (field_block(field), field):
        if block in submission.values:
            return block
    return next(iter(submission.values), Block.WORKAROUND)


COMMANDS = {"open": open_command}
CLICKS = {Action.RAISE: raise_click}
SHORTCUTS = {Shortcut.RAISE: raise_shortcut, Shortcut.RAISE_MESSAGE: raise_message_shortcut}
SUBMISSIONS = {
    View.OPEN: first_page_submission,
    View.OPEN_DETAILS: details_submission,
    View.OPEN_SIMILAR: similar_submission,
}
