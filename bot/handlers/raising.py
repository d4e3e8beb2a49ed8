"""The pages of "Raise a blocker": each is checked before anything of it is kept."""

from collections.abc import Mapping

from bot.errors import Refused
from bot.operations import drafts, reading
from bot.operations.drafts import Begun
from bot.operations.join import join
from bot.operations.office import Office, Request
from bot.operations.open_burst import open_burst, opened_before
from bot.operations.precedents import precedents_for, precedents_like
from bot.operations.refused_fields import RefusedFields
from bot.slack.answers import Answer, Errors, Show
from bot.slack.exchange import asked, draft_of, labels, noted
from bot.slack.ids import OPEN_ANYWAY, Block, View, field_block, field_of
from bot.slack.permalinks import link_of
from bot.slack.requests import Submission
from bot.slack.views.modals.open_blocker import Details, open_details
from bot.slack.views.modals.open_done import joined, opened
from bot.slack.views.modals.open_similar import LookAlike, open_similar
from bot.taskforce.decision import Detail

Typed = dict[str, str | tuple[str, ...]]

_NUMBERS = frozenset({Block.IMPACT, Block.URGENCY})
_PAGE_1 = (Block.TITLE, Block.STAGE, Block.IMPACT, Block.URGENCY, Block.WORKFLOW_IMPACT, Block.NEEDED_BY)


def first_page_submission(office: Office, submission: Submission) -> Answer:
    """The page "Next": page 1 is checked and kept, page 2 takes its place."""
    raw: dict[str, Detail] = {block: _typed(submission, block) for block in _PAGE_1}
    raw[Block.SITES] = list(submission.many(Block.SITES))
    note = noted(submission)
    try:
        drill = bool(submission.many(Block.DRILL))
        family = submission.text(Block.FAMILY)
        begun = drafts.begin(
            office,
            asked(submission),
            family,
            raw,
            link_of(note.detail),
            drill=drill,
            same_as=note.burst_id,
        )
    except RefusedFields as refused:
        return Errors(refused.problems)
    return Show(open_details(begun.draft_id, begun.family, _second_page(office, begun)))


def details_submission(office: Office, submission: Submission) -> Answer:
    """The page "Open burst": page 2 is checked; then what looks alike is shown, or the burst is opened."""
    request, draft_id = asked(submission), draft_of(submission)
    before = opened_before(office, request)
    if before is not None:
        return _opened(office, request, before)
    typed = _answers(submission)
    try:
        intake = drafts.complete(
            office,
            request,
            draft_id,
            typed=typed,
            workaround=submission.text(Block.WORKAROUND),
            owner=submission.text(Block.OWNER) or None,
        )
        family, alike = drafts.alike(office, request, intake)
        if alike:
            solved = precedents_like(office, request, intake)
            return Show(open_similar(draft_id, family, [LookAlike(*one) for one in alike], solved))
        return _opened(office, request, open_burst(office, request, intake, draft_id).id)
    except RefusedFields as refused:
        return Errors(_by_block(submission, refused.problems))


def similar_submission(office: Office, submission: Submission) -> Answer:
    """The page "Continue": joins the burst that was chosen, or opens another one anyway."""
    request, draft_id, chosen = asked(submission), draft_of(submission), submission.text(Block.SIMILAR)
    before = opened_before(office, request)
    if before is not None:
        return _opened(office, request, before)
    if chosen == OPEN_ANYWAY:
        intake = drafts.finished(office, request, draft_id)
        return _opened(office, request, open_burst(office, request, intake, draft_id).id)
    if not (chosen.isascii() and chosen.isdigit()):
        raise Refused("nothing_chosen", "Please choose one of these.", field=Block.SIMILAR)
    return Show(joined(join(office, request, int(chosen)).id))


def _opened(office: Office, request: Request, burst_id: int) -> Answer:
    burst = reading.burst(office, request, burst_id)
    return Show(opened(burst, labels(office, burst), precedents_for(office, request, burst)))


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
        answers=begun.answers,
        same_as=begun.same_as,
    )


def _answers(submission: Submission) -> Typed:
    """What was given to the family's questions, by field; blanks are left out."""
    given = {
        field: submission.many(block) or submission.text(block)
        for block in submission.values
        if (field := field_of(block))
    }
    return {field: answer for field, answer in given.items() if answer}


def _typed(submission: Submission, block: Block) -> Detail:
    text = submission.text(block)
    return int(text) if block in _NUMBERS and text in {"1", "2", "3"} else text


def _by_block(submission: Submission, problems: Mapping[str, str]) -> dict[str, str]:
    return {_block(submission, field): words for field, words in problems.items()}


def _block(submission: Submission, field: str) -> str:
    """Where page 2 shows what is wrong with a field; what it does not ask for shows at its first block."""
    for block in (field_block(field), field):
        if block in submission.values:
            return block
    return next(iter(submission.values), Block.WORKAROUND)


SUBMISSIONS = {
    View.OPEN: first_page_submission,
    View.OPEN_DETAILS: details_submission,
    View.OPEN_SIMILAR: similar_submission,
}
