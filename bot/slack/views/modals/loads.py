"""Who could own, with how much each of them owns already: nobody is chosen blindly."""

from collections.abc import Sequence

from bot.operations.candidates import InLine
from bot.slack.views.parts import BlockDict, context, inline, person

MOST_SHOWN = 8


def loads(line: Sequence[InLine]) -> list[BlockDict]:
    """A grey line for each candidate; no candidates, no block."""
    lines = [f"{person(one.user)} owns {_bursts(one.owned)} · {inline(one.why, 120)}" for one in line]
    return [context("\n".join(lines[:MOST_SHOWN]))] if lines else []


def _bursts(count: int) -> str:
    return "1 open burst" if count == 1 else f"{count or 'no'} open bursts"
