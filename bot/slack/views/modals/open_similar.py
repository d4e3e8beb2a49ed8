"""Before a blocker is opened: open bursts that may be about the same thing, here or at another site."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.slack.ids import OPEN_ANYWAY, Block, Metadata, View
from bot.slack.views.modals.parts import asking, modal, option, radio_of
from bot.slack.views.parts import ViewDict, section
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


def open_similar(draft_id: str, family: Family, alike: Sequence[LookAlike]) -> ViewDict:
    """The open bursts that look alike, the most alike first: join one of them, or open anyway."""
    shown = sorted(alike, key=lambda one: -one.likeness.strength)[:MOST_SIMILAR]
    choices = [option((str(one.burst.id), f"Join {headline(one.burst)}"), _how(one, family)) for one in shown]
    blocks = [
        section("Somebody may already be working on this."),
        asking(
            Block.SIMILAR,
            "Is it one of these?",
            radio_of(Block.SIMILAR, [*choices, option((OPEN_ANYWAY, "Open anyway"))]),
        ),
    ]
    return modal(
        View.OPEN_SIMILAR, "Looks alike", blocks, about=Metadata(draft_id=draft_id), submit="Continue"
    )


def _how(one: LookAlike, family: Family) -> str:
    same = ", ".join(_common(one.likeness, family))
    return f"At {', '.join(one.burst.sites)}: {same}"


def _common(likeness: Likeness, family: Family) -> Iterator[str]:
    if likeness.near_title:
        yield "near title"
    if likeness.sites:
        yield "same kind and site"
    for name in likeness.fields:
        field = family.field(name)
        if field is not None:
            yield f"same {field.label}"
