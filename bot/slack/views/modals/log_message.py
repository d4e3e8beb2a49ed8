"""The message shortcut "Add to resolution log": what kind of entry the message becomes."""

from collections.abc import Sequence

from bot.reports.words import RIGHT
from bot.slack.ids import Block, Metadata, View
from bot.slack.views.modals.deciding import NO_RIGHT
from bot.slack.views.modals.parts import Choice, asking, modal, one_of, radio
from bot.slack.views.parts import ViewDict, quote, section
from bot.slack.views.standing import named
from bot.taskforce.burst import Burst

KINDS: tuple[Choice, ...] = (
    ("fact", "Fact"),
    ("decision", "Decision"),
    ("evidence", "Evidence"),
    ("action", "Action"),
)


def log_message(
    burst: Burst, draft_id: str, message: str, rights: Sequence[Choice] = tuple(RIGHT.items())
) -> ViewDict:
    """Asks for the kind; which message it is about is remembered in the draft."""
    kinds = [(kind, label) for kind, label, _ in burst.evidence_kinds]
    blocks = [
        section(quote(message, 600)),
        asking(Block.KIND, f"What is it for {named(burst)}?", radio(Block.KIND, KINDS, "fact")),
        asking(
            Block.REASON,
            "If it is evidence: of what kind?",
            one_of(Block.REASON, kinds),
            required=False,
        ),
        asking(
            Block.RIGHT,
            "If it is a decision: whose?",
            one_of(Block.RIGHT, [(NO_RIGHT, "The team's own"), *rights], NO_RIGHT),
            required=False,
        ),
    ]
    return modal(View.LOG_MESSAGE, "Add to log", blocks, about=Metadata(draft_id=draft_id), submit="Add")
