"""Keeping a message within what Slack takes: at most 50 blocks and 12,000 characters of text.

The sum of all text is limited too, which Slack does not document (``msg_blocks_too_long`` at about
13,200 characters), and its SDK does not check.
"""

from collections.abc import Iterator
from typing import Any

from bot.slack.views.parts import BlockDict, context
from bot.taskforce.burst import Burst

HOME_BLOCKS = 100
MESSAGE_BLOCKS = 50
MESSAGE_TEXT = 12_000


# What a menu holds is no text of the page: a network of many sites would leave no room for anything else.
_UNSEEN = frozenset({"options", "option_groups"})


def text_length(block: Any) -> int:
    """How many characters of text a block shows, before anybody opens a menu in it."""
    return sum(len(text) for text in _texts(block))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            if key in {"text", "title", "alt_text", "label"} and isinstance(member, str):
                yield member
            elif key not in _UNSEEN:
                yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


def fitted(blocks: list[BlockDict], burst: Burst, *, reserve: int = 0) -> list[BlockDict]:
    """The first ``blocks`` that fit, leaving room for ``reserve`` more; says where the rest can be read."""
    return fitted_to(blocks, f"… more with `/burst log {burst.key}`", reserve=reserve)


def fitted_to(
    blocks: list[BlockDict], rest: str, *, reserve: int = 0, most: int = MESSAGE_BLOCKS
) -> list[BlockDict]:
    """As ``fitted``, with the words (already safe) that stand for what was left out; at most ``most`` blocks."""
    room = MESSAGE_TEXT - 100 * reserve - len(rest)
    most -= reserve
    kept: list[BlockDict] = []
    for position, block in enumerate(blocks):
        room -= text_length(block)
        last = position == len(blocks) - 1
        if room < 0 or len(kept) >= (most if last else most - 1):
            return [*kept, context(rest)]
        kept.append(block)
    return kept
