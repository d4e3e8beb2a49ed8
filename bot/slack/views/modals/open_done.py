"""The end of "Raise a blocker": which burst it is, and what the answers already tell."""

from collections.abc import Iterator, Sequence

from bot.operations.precedents import Precedent
from bot.reports.labels import Labels
from bot.slack.ids import Metadata, View
from bot.slack.views.modals.parts import modal
from bot.slack.views.parts import ViewDict, context, inline, section
from bot.slack.views.precedents import precedents_in_modal
from bot.slack.views.standing import named, owner_words, severity_words
from bot.taskforce.burst import Burst

MOST_LINES = 15
LINE_LIMIT = 130  # fifteen of these, with their questions, fit into one section


def opened(burst: Burst, labels: Labels, before: Sequence[Precedent]) -> ViewDict:
    """The burst is open: how severe it is and why, who is asked and why, the first diagnosis, and what was solved ``before``."""
    blocks = [
        section(f"{named(burst)} is open; its channel is being made."),
        section(f"*Severity*: {severity_words(burst, labels)}\n*Accountable owner*: {owner_words(burst)}"),
    ]
    lines = list(_diagnosis(burst, labels))[:MOST_LINES]
    if lines:
        blocks.append(section("\n".join(["*A first look at the answers*", *lines])))
    if labels.family is not None and labels.family.lead_time_hint:
        blocks.append(context(inline(labels.family.lead_time_hint, 500)))
    blocks += precedents_in_modal(before, labels.family)
    return modal(View.OPEN_DONE, "Raise a blocker", blocks, about=Metadata(burst_id=burst.id))


def _diagnosis(burst: Burst, labels: Labels) -> Iterator[str]:
    for fact in labels.diagnosed(burst):
        for note in fact.notes:
            yield f"• {inline(fact.question, 60)}: {inline(note, LINE_LIMIT)}"


def joined(burst_id: int) -> ViewDict:
    """The person joined a burst that was already open."""
    blocks = [section(f"You joined BURST-{burst_id}.")]
    return modal(View.OPEN_DONE, "Raise a blocker", blocks, about=Metadata(burst_id=burst_id))
