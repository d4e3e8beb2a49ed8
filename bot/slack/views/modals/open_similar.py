"""Before a blocker is opened: open bursts that may be about the same thing, here or at another site."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.operations.precedents import Precedent
from bot.slack.ids import OPEN_ANYWAY, Block, Metadata, View
from bot.slack.views.modals.parts import asking, modal, option, radio_of
from bot.slack.views.parts import ViewDict, section
from bot.slack.views.precedents import in_words, precedents_in_modal
from bot.slack.views.standing import headline
from bot.taskforce.burst import Burst
from bot.taskforce.family import Family
from bot.taskforce.likeness import Likeness

MOST_SIMILAR = 9  # a radio group takes ten, and one is "Open anyway"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An open burst that may be about the same thing, as the asker may see it, and how it is alike."""

    burst: Burst
    likeness: Likeness


def open_similar(
    draft_id: str, family: Family, alike: Sequence[LookAlike], before: Sequence[Precedent]
) -> ViewDict:
    """The open bursts that look alike, the most alike first: join one of them, or open anyway; and what was solved ``before``."""
    shown = sorted(alike, key=lambda one: -one.likeness.strength)[:MOST_SIMILAR]
    choices = [option((str(one.burst.id), f"Join {headline(one.burst)}"), _how(one, family)) for one in shown]
    blocks = [
        section("Somebody may already be working on this."),
        asking(
            Block.SIMILAR,
            "Is it one of these?",
            radio_of(Block.SIMILAR, [*choices, option((OPEN_ANYWAY, "Open anyway"))]),
        ),
        *precedents_in_modal(before, family),
    ]
    return modal(
        View.OPEN_SIMILAR, "Looks alike", blocks, about=Metadata(draft_id=draft_id), submit="Continue"
    )


def _how(one: LookAlike, family: Family) -> str:
    return f"At {', '.join(one.burst.sites)}: {in_words(one.likeness, family)}"
