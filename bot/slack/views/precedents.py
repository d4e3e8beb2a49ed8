"""What was solved before and looks alike: what it was, how it is alike, and what fixed it."""

from collections.abc import Iterator, Sequence

from bot.operations.precedents import Precedent
from bot.reports.durations import site_zone
from bot.reports.labels import Labels
from bot.slack.ids import COMMAND, Action, ButtonValue
from bot.slack.views.parts import BlockDict, Rendered, button, inline, section
from bot.slack.views.standing import named
from bot.slack.views.times import moment
from bot.taskforce.burst import Burst
from bot.taskforce.family import Family
from bot.taskforce.likeness import Likeness

_TITLE = "*Solved before, and it looks alike*"


def precedents(found: Sequence[Precedent], labels: Labels) -> Rendered:
    """For the burst's channel: which they are and how they are alike, each with "Open", which shows its summary to who may read it.

    Guests may be in the channel, or come later; what was blocked elsewhere and what fixed it is not for them.
    """
    blocks: list[BlockDict] = [section(f'{_TITLE}\n"Open" shows what fixed it, to you alone.')]
    for one in found:
        opens = button("Open", Action.ARCHIVE_OPEN, ButtonValue(one.burst.id, 0))
        blocks.append({**section(_pointer(one, labels.family)), "accessory": opens.to_dict()})
    return Rendered(text="Bursts that were solved before and look alike", blocks=blocks)


def precedents_in_modal(found: Sequence[Precedent], family: Family | None) -> list[BlockDict]:
    """For the raiser, a full member, on a page of a modal: what it was and what fixed it; nothing where there is none."""
    if not found:
        return []
    lines = "\n".join(_line(one, family) for one in found)
    return [section(f"{_TITLE}\n{lines}\nRead one with `{COMMAND} show` and its key.")]


def in_words(likeness: Likeness, family: Family | None) -> str:
    """How two blockers are alike; plain words with the family's labels, not escaped."""
    return ", ".join(_common(likeness, family))


def _pointer(one: Precedent, family: Family | None) -> str:
    return f"*{named(one.burst)}* · {inline(in_words(one.likeness, family), 150)}{_closed(one.burst)}"


def _line(one: Precedent, family: Family | None) -> str:
    burst = one.burst
    return (
        f"*{named(burst)}* · {inline(burst.title, 120)}\n"
        f"{inline(', '.join(burst.sites), 100)}: {inline(in_words(one.likeness, family), 150)}{_closed(burst)}\n"
        f"What fixed it: {inline(one.fix, 250)}"
    )


def _closed(burst: Burst) -> str:
    return f" · closed {moment(burst.closed_at, site_zone(burst))}" if burst.closed_at else ""


def _common(likeness: Likeness, family: Family | None) -> Iterator[str]:
    if likeness.near_title:
        yield "near title"
    if likeness.sites:
        yield "same kind and site"
    for name in likeness.fields:
        field = family.field(name) if family is not None else None
        if field is not None:
            yield f"same {field.label}"
