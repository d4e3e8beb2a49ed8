"""Finding what a person touches in blocks, and the action that Slack then reports.

Facts: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload.
"""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.acting.stage import now_ts
from bot.sandbox.errors import Impossible
from bot.sandbox.rules.choices import options_of
from bot.sandbox.rules.entered import SLOTS, answer
from bot.sandbox.rules.placement import Placed, placed
from bot.sandbox.values import JsonObject

Typed = dict[str, dict[str, object]]


def find(blocks: object, action_id: str, block_id: str | None, value: object = None) -> Placed:
    """Return the one element with this action_id; raise `Impossible` for none or several.

    Of several buttons with the same action_id the one with this value is meant.
    """
    found = [
        place
        for place in placed(blocks)
        if place.element.get("action_id") == action_id and block_id in (None, place.block.get("block_id"))
    ]
    if len(found) > 1 and isinstance(value, str):
        found = [place for place in found if place.element.get("value") == value]
    if not found:
        present = sorted({str(place.element.get("action_id")) for place in placed(blocks)})
        raise Impossible(f"There is no {action_id} to click; there is {', '.join(present) or 'none'}.")
    if len(found) > 1:
        raise Impossible(f"There are several {action_id}: say which block_id.")
    return found[0]


def action(place: Placed, value: object) -> JsonObject:
    """Return the action that Slack reports when a person clicks or chooses here."""
    element = place.element
    kind = str(element["type"])
    reported: JsonObject = {
        "type": kind,
        "action_id": element["action_id"],
        "block_id": place.block.get("block_id"),
        "action_ts": now_ts(),
    }
    if kind == "button":
        kept = {name: element[name] for name in ("text", "value", "style", "url") if name in element}
        return {**reported, **kept}
    if kind == "overflow":
        return {**reported, "selected_option": _option(element, value)}
    if kind not in SLOTS:
        raise Impossible(f"A {kind} cannot be clicked.")
    slot = SLOTS[kind]
    given = answer(element, value)
    if slot.options and not kind.endswith("external_select"):
        for option in given if isinstance(given, list) else [given]:
            if option is not None and option not in options_of(element):
                raise Impossible(f"{element['action_id']} does not offer {value}.")
    return {**reported, slot.key: given}


def by_action(blocks: object, values: Mapping[str, object]) -> Typed:
    """Return what was typed by block_id and action_id.

    A block's value may be given plainly when the block has one input; unknown blocks are kept, so
    that the client refuses them.
    """
    inputs: dict[str, list[str]] = {}
    for place in placed(blocks):
        if place.element.get("type") in SLOTS:
            block_id = str(place.block.get("block_id"))
            inputs.setdefault(block_id, []).append(str(place.element.get("action_id")))
    typed: Typed = {}
    for block_id, value in values.items():
        action_ids = inputs.get(block_id, [])
        if isinstance(value, Mapping) and set(value) <= set(action_ids):
            typed[block_id] = dict(value)
        else:
            typed[block_id] = {action_ids[0] if action_ids else block_id: value}
    return typed


def _option(element: Mapping[str, Any], value: object) -> object:
    chosen = next((option for option in options_of(element) if option.get("value") == value), None)
    if chosen is None:
        raise Impossible(f"{element['action_id']} does not offer {value}.")
    return chosen
