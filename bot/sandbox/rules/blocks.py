"""Whether Slack takes a stack of blocks on a surface."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from bot.sandbox.rules.layouts import EVERYWHERE, MESSAGES_ONLY
from bot.sandbox.rules.placement import arrangement_problems, nested
from bot.sandbox.rules.problem import child, problem
from bot.sandbox.rules.recent import RECENT
from bot.sandbox.rules.schema import ByType, Items, is_list, kind_of
from bot.sandbox.rules.tables import TABLE_TEXT_LENGTH, TABLES

Surface = Literal["message", "modal", "home"]

MOST_BLOCKS: Mapping[str, int] = {"message": 50, "modal": 100, "home": 100}
_IN_MESSAGES = {**EVERYWHERE, **MESSAGES_ONLY, **TABLES, **RECENT}


def check_blocks(blocks: object, surface: Surface, at: str = "/blocks") -> list[str]:
    """Everything for which Slack would refuse `blocks` on `surface`; an empty list when all is well.

    Takes any JSON value and never raises. Each line is worded as in Slack's ``response_metadata.messages``
    and names the place by a JSON pointer that starts with `at`. An empty list of blocks is fine: it clears.
    Limits: docs.slack.dev/reference/block-kit/blocks (50 blocks a message, 100 a modal or Home tab).
    """
    return [*_problems(blocks, surface, at)]


def _problems(blocks: object, surface: Surface, at: str) -> Iterator[str]:
    known = _IN_MESSAGES if surface == "message" else EVERYWHERE
    yield from Items(ByType(known), MOST_BLOCKS[surface], fewest=0).problems(blocks, at)
    if is_list(blocks) and len(blocks) <= MOST_BLOCKS[surface]:
        yield from arrangement_problems(blocks, surface, at)
        yield from _tables(blocks, at)


def _tables(blocks: Sequence[object], at: str) -> Iterator[str]:
    tables = [(block, here) for block, here in nested(blocks, at) if kind_of(block) in TABLES]
    plain_tables = [here for block, here in tables if kind_of(block) == "table"]
    for here in plain_tables[1:]:
        yield problem("only one table is allowed in a message", child(here, "type"))
    if sum(text_length(block) for block, _ in tables) > TABLE_TEXT_LENGTH:
        yield problem(f"tables must be less than {TABLE_TEXT_LENGTH + 1} characters together", at)


def text_length(value: object) -> int:
    """The characters of every ``text`` string anywhere in `value`, added up.

    Slack publishes no definition of the sum behind ``msg_blocks_too_long``; this one counts labels of
    buttons and options too, so it errs on the strict side.
    """
    total = 0
    waiting: list[object] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            text = item.get("text")
            total += len(text) if isinstance(text, str) else 0
            waiting.extend(item.values())
        elif is_list(item):
            waiting.extend(item)
    return total
