"""Modals of the end: resolve, send back, reopen."""

from collections.abc import Sequence

from bot.reports.words import SITES_SAME
from bot.slack.ids import Block, View
from bot.slack.views.modals.parts import Choice, asking, burst_modal, one_of, radio, some_of, text_input
from bot.slack.views.modals.working import words
from bot.slack.views.parts import BlockDict, ViewDict, context, inline, section
from bot.taskforce.burst import Burst
from bot.taskforce.causes import Suggestion

MOST_OTHER_CAUSES = 2
RAISER = "raiser"


def resolve(burst: Burst, causes: Sequence[Choice], suggested: Suggestion | None = None) -> ViewDict:
    """What fixed it, what delayed it, and the evidence so far. ``causes``: the family's usual ones first."""
    blocks = [
        asking(Block.FIX, "What fixed it?", text_input(Block.FIX, multiline=True)),
        asking(
            Block.CAUSE,
            "Main delay cause",
            one_of(Block.CAUSE, causes, suggested.cause if suggested else None),
            hint=suggested.why if suggested else None,
        ),
        asking(
            Block.ALSO,
            "Also",
            some_of(Block.ALSO, causes, most=MOST_OTHER_CAUSES),
            hint=f"At most {MOST_OTHER_CAUSES} more.",
            required=False,
        ),
        *_evidence(burst),
        asking(
            Block.SHORTER,
            "What would have made this shorter?",
            text_input(Block.SHORTER, multiline=True),
            required=False,
        ),
        asking(
            Block.SITES_SAME,
            "At other sites?",
            radio(Block.SITES_SAME, tuple(SITES_SAME.items()), "not_checked"),
        ),
        asking(
            Block.FOLLOW_UP,
            "Follow-up actions",
            text_input(Block.FOLLOW_UP, multiline=True),
            hint="One a line: what, who, by when. For example: Tell the vendor, @priya, 3bd. Without a person it is the owner's.",
            required=False,
        ),
    ]
    return burst_modal(burst, View.RESOLVE, "Resolve", blocks, submit="Resolve")


def _evidence(burst: Burst) -> list[BlockDict]:
    """The family's kinds, each with what is there."""
    counts = {
        kind: sum(piece.kind == kind and piece.withdrawn_at is None for piece in burst.evidence)
        for kind, _, _ in burst.evidence_kinds
    }
    lines = [
        f"{':white_check_mark:' if counts[kind] else ':white_circle:'} {inline(label, 130)}"
        + (f" · {counts[kind]}" if counts[kind] else "")
        for kind, label, _ in burst.evidence_kinds
    ]
    return [
        section("*Evidence so far*\n" + "\n".join(lines[:20])),
        context("Closing needs at least two kinds. Add what is missing with “Add evidence”."),
    ]


def send_back(burst: Burst, *, as_raiser: bool = False) -> ViewDict:
    """Back to work, with the reason: a co-lead's answer, or the raiser's "It does not"."""
    detail = RAISER if as_raiser else None
    title = "It does not work" if as_raiser else "Send back"
    label = "What does not work?" if as_raiser else "What is missing?"
    return burst_modal(burst, View.SEND_BACK, title, [words(label)], submit="Send back", detail=detail)


def reopen(burst: Burst) -> ViewDict:
    """Why a closed burst is opened again."""
    return burst_modal(burst, View.REOPEN, "Reopen", [words("Why is it opened again?")], submit="Reopen")
