"""Modals of the work: decline, update, evidence, hand over, pause, escalate."""

from collections.abc import Sequence

from bot.operations.candidates import InLine
from bot.reports.words import PAUSE, WORKAROUND
from bot.slack.ids import Block, View
from bot.slack.views.modals.checklist import item_input
from bot.slack.views.modals.loads import loads
from bot.slack.views.modals.parts import (
    asking,
    burst_modal,
    files_input,
    link_input,
    one_of,
    person_input,
    text_input,
)
from bot.slack.views.parts import BlockDict, ViewDict
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.proof import FILES_LIMIT
from bot.taskforce.terms import PauseReason

UNTIL_FORMS = "2h, 45m, 3bd (business days of the site), 14:30, 2026-12-01 or 2026-12-01 14:30"


def words(label: str, *, hint: str | None = None, required: bool = True) -> BlockDict:
    """The free text of a modal, which also shows refusals that belong to no field."""
    return asking(Block.TEXT, label, text_input(Block.TEXT, multiline=True), hint=hint, required=required)


def decline(burst: Burst) -> ViewDict:
    """The owner says no, why, and who should have it instead."""
    blocks = [
        words("Why should somebody else own it?"),
        asking(
            Block.OWNER,
            "Who should own it?",
            person_input(Block.OWNER),
            hint="Left open, the next in line is asked.",
            required=False,
        ),
    ]
    return burst_modal(burst, View.DECLINE, "Decline", blocks, submit="Decline")


def update(burst: Burst) -> ViewDict:
    """What is known and what comes next; restarts the update clock."""
    blocks = [
        words("What is known, what comes next?", hint="Two sentences are enough."),
        asking(
            Block.WORKAROUND,
            "Workaround",
            one_of(Block.WORKAROUND, tuple(WORKAROUND.items()), burst.workaround),
            required=False,
        ),
    ]
    return burst_modal(burst, View.UPDATE, "Post update", blocks, submit="Post")


def evidence(burst: Burst) -> ViewDict:
    """A typed piece of proof."""
    kinds = [(kind, label) for kind, label, _ in burst.evidence_kinds]
    blocks = [
        asking(Block.KIND, "What kind of evidence?", one_of(Block.KIND, kinds)),
        words(
            "What does it show?",
            hint="No identifiers of patients, orders or studies. Needed unless there is a link or a file.",
            required=False,
        ),
        asking(Block.LINK, "Link", link_input(Block.LINK), required=False),
        asking(
            Block.FILE,
            "Files",
            files_input(Block.FILE, most=FILES_LIMIT),
            hint="A copy is kept with the record. No DICOM objects, and nothing that shows a patient.",
            required=False,
        ),
        *_proof_of_item(burst),
    ]
    return burst_modal(burst, View.EVIDENCE, "Add evidence", blocks, submit="Add")


def _proof_of_item(burst: Burst) -> list[BlockDict]:
    """Which open item of the checklist it proves, where there is one."""
    items = [one for one in burst.checklist if one.done_at is None]
    if not items:
        return []
    hint = "It is ticked, and points at this evidence."
    return [asking(Block.ITEM, "Proof of a checklist item", item_input(items), hint=hint, required=False)]


def hand_over(burst: Burst, line: Sequence[InLine] = (), *, called: str = "Hand over") -> ViewDict:
    """Another owner, who must accept; ``line`` are those whom the programme would ask, ``called`` is the page's name."""
    blocks = [
        asking(
            Block.OWNER,
            "Who owns it from now on?",
            person_input(Block.OWNER),
            hint="They are asked to accept; until then the clock for accepting runs.",
        ),
        *loads(line),
        words("Why?", required=False),
    ]
    return burst_modal(burst, View.HANDOVER, called, blocks, submit=called)


def pause(burst: Burst) -> ViewDict:
    """Why the resolve clock may stand still, and until when; of a clock that does, until when now."""
    standing = burst.pause
    title, submit = ("Extend pause", "Extend") if standing else ("Pause clock", "Pause")
    reasons = [(reason.value, PAUSE[reason]) for reason in PauseReason]
    blocks = [
        asking(
            Block.REASON,
            "What are you waiting for?",
            one_of(Block.REASON, reasons, standing.reason if standing else None),
        ),
        asking(
            Block.UNTIL,
            "Until when?",
            text_input(Block.UNTIL, longest=40, placeholder="3bd"),
            hint=UNTIL_FORMS,
        ),
        asking(
            Block.REFERENCE,
            "Ticket or change number",
            text_input(Block.REFERENCE, longest=80, initial=standing.reference if standing else ""),
            required=False,
        ),
    ]
    return burst_modal(burst, View.PAUSE, title, blocks, submit=submit)


def escalate(burst: Burst) -> ViewDict:
    """Climb the ladder now."""
    blocks = [words("What do you need, and from whom?", hint="The next step of the ladder reads this.")]
    return burst_modal(burst, View.ESCALATE, "Escalate", blocks, submit="Escalate")
