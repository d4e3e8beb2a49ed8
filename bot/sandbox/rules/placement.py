"""Where things stand: the elements of a stack of blocks, and the rules between blocks and surfaces.

Unique ids, one focus, elements only on their surfaces: what no single block can know about itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.rules.elements import SURFACES_OF
from bot.sandbox.rules.problem import child, problem
from bot.sandbox.rules.schema import is_list, kind_of


@dataclass(frozen=True)
class Placed:
    """An element, the block that holds it, and the JSON pointer to the element."""

    block: Mapping[str, Any]
    element: Mapping[str, Any]
    at: str

    @property
    def in_input(self) -> bool:
        """Whether the element is the one of an input block."""
        return kind_of(self.block) == "input"


def nested(blocks: object, at: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every block, with its pointer; those inside a container or a carousel follow the one around them.

    Takes any JSON: whatever is not a block is passed over.
    """
    if not is_list(blocks):
        return
    for number, block in enumerate(blocks):
        if isinstance(block, Mapping):
            here = child(at, number)
            yield block, here
            inner = {"container": "child_blocks", "carousel": "elements"}.get(kind_of(block))
            if inner is not None:
                yield from _children(block.get(inner), child(here, inner))


def _children(blocks: object, at: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    for number, block in enumerate(blocks if is_list(blocks) else ()):
        if isinstance(block, Mapping):
            yield block, child(at, number)


def placed(blocks: object, at: str = "/blocks") -> Iterator[Placed]:
    """Every element of `blocks`, in reading order; whatever is not an element is passed over."""
    for block, here in nested(blocks, at):
        for name in ("accessory", "element"):
            if isinstance(element := block.get(name), Mapping):
                yield Placed(block, element, child(here, name))
        for name in ("elements", "actions"):
            listed = block.get(name)
            if is_list(listed) and kind_of(block) in ("actions", "context_actions", "card", "context"):
                for element, pointer in _children(listed, child(here, name)):
                    yield Placed(block, element, pointer)


def arrangement_problems(blocks: Sequence[object], surface: str, at: str) -> Iterator[str]:
    """What is wrong between the blocks of one surface, although each may be fine by itself."""
    yield from _repeated_block_ids(blocks, at)
    yield from _repeated_action_ids(blocks, at)
    yield from _several_focuses(blocks, at)
    yield from _misplaced_elements(blocks, surface, at)


def _repeated_block_ids(blocks: Sequence[object], at: str) -> Iterator[str]:
    seen: set[str] = set()
    for block, here in nested(blocks, at):
        name = block.get("block_id")
        if isinstance(name, str):
            if name in seen:
                yield problem(f"block_id `{name}` already exists", child(here, "block_id"))
            seen.add(name)


def _repeated_action_ids(blocks: Sequence[object], at: str) -> Iterator[str]:
    seen: set[tuple[int, str]] = set()
    for place in placed(blocks, at):
        name = place.element.get("action_id")
        if isinstance(name, str):
            key = (id(place.block), name)
            if key in seen:
                yield problem(
                    f"action_id `{name}` already exists in this block", child(place.at, "action_id")
                )
            seen.add(key)


def _several_focuses(blocks: Sequence[object], at: str) -> Iterator[str]:
    focused = [place for place in placed(blocks, at) if place.element.get("focus_on_load") is True]
    for place in focused[1:]:
        yield problem("only one element can have `focus_on_load`", child(place.at, "focus_on_load"))


def _misplaced_elements(blocks: Sequence[object], surface: str, at: str) -> Iterator[str]:
    for place in placed(blocks, at):
        kind = kind_of(place.element)
        if surface not in SURFACES_OF.get(kind, (surface,)):
            yield problem(f"element `{kind}` is not available on a {surface}", child(place.at, "type"))
        if "response_url_enabled" in place.element and not (surface == "modal" and place.in_input):
            yield problem(
                "only works with menus in input blocks in modals", child(place.at, "response_url_enabled")
            )
