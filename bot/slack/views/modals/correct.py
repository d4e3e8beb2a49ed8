"""The page "Correct": what an entry of the log should have said."""

from bot.reports.entries import LoggedEntry, body_of
from bot.slack.ids import Block, Metadata, View
from bot.slack.views.modals.parts import asking, modal, text_input
from bot.slack.views.parts import ViewDict
from bot.slack.views.standing import named
from bot.taskforce.burst import Burst
from bot.taskforce.lifecycle.words import TEXT_LIMIT


def correct(burst: Burst, entry: LoggedEntry) -> ViewDict:
    """Begins with what it said; a text that is longer than a page takes has to be told anew."""
    body = body_of(entry)
    said = body.text("text") or body.text("reason")
    field = text_input(Block.TEXT, multiline=True, initial=said if len(said) <= TEXT_LIMIT else "")
    label = f"What should entry {entry.number} of {named(burst)} say?"
    hint = "The old entry stays in the log, and says that it was corrected."
    about = Metadata(burst_id=burst.id, detail=str(entry.number))
    return modal(
        View.CORRECT, "Correct", [asking(Block.TEXT, label, field, hint=hint)], about=about, submit="Correct"
    )
