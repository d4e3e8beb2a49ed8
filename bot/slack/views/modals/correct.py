"""The page "Correct": what an entry of the log should have said."""

from bot.reports.entries import LoggedEntry, body_of
from bot.slack.ids import Block, View
from bot.slack.views.modals.parts import asking, burst_modal, text_input
from bot.slack.views.parts import ViewDict
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.words import TEXT_LIMIT


def correct(burst: Burst, entry: LoggedEntry) -> ViewDict:
    """Begins with what it said; a text that is longer than a page takes has to be told anew."""
    body = body_of(entry)
    said = body.text("text") or body.text("reason")
    field = text_input(Block.TEXT, multiline=True, initial=said if len(said) <= TEXT_LIMIT else "")
    label = f"What should entry {entry.number} say?"
    hint = "The old entry stays in the log, and says that it was corrected."
    blocks = [asking(Block.TEXT, label, field, hint=hint)]
    return burst_modal(burst, View.CORRECT, "Correct", blocks, submit="Correct", detail=str(entry.number))
