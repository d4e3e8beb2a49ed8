"""A page that is asked again because something on it may be about a patient."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.slack.ids import Block
from bot.slack.views.modals.parts import asking, boxes, option
from bot.slack.views.parts import BlockDict, ViewDict, context, inline

NOT_PATIENT = "not_patient"

# What of a view that Slack sent may be sent back (docs.slack.dev/reference/views).
_KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata")
_TOLD = "doubt_"
# The state of an element, and under which name the element takes it as its beginning.
_INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_date": "initial_date",
}

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


def asked_again(view: Mapping[str, Any], values: Values, doubts: Mapping[str, str]) -> ViewDict:
    """The page as it was submitted, with what is in doubt told below each input, and the box to tick at the end."""
    page = {name: view[name] for name in _KEPT if view.get(name)}
    box = boxes(Block.CONFIRM, [option((NOT_PATIENT, "This is not about a patient"))])
    confirm = asking(Block.CONFIRM, "Please confirm", box, required=False)
    return {**page, "blocks": [*_told(view["blocks"], values, doubts), confirm]}


def _told(blocks: list[BlockDict], values: Values, doubts: Mapping[str, str]) -> Iterator[BlockDict]:
    for block in blocks:
        name = str(block.get("block_id"))
        if name == Block.CONFIRM or name.startswith(_TOLD):
            continue
        yield _filled(block, values.get(name, {}))
        if name in doubts:
            yield {**context(f":warning: {inline(doubts[name], 500)}"), "block_id": f"{_TOLD}{name}"}


def _filled(block: BlockDict, state: Mapping[str, Mapping[str, Any]]) -> BlockDict:
    if block.get("type") != "input":
        return block
    element = {name: given for name, given in block["element"].items() if not name.startswith("initial_")}
    given = state.get(element["action_id"], {})
    begins = {initial: given[name] for name, initial in _INITIAL.items() if given.get(name)}
    for name in ("initial_option", "initial_options"):
        if name in begins:
            begins[name] = _of_its_own(element, begins[name])
    return {**block, "element": {**element, **begins}}


def _of_its_own(element: Mapping[str, Any], chosen: Any) -> Any:
    """The element's own options with the chosen values: Slack wants them to the letter."""
    groups = element.get("option_groups") or ()
    own = [*(element.get("options") or ()), *(one for group in groups for one in group["options"])]
    by_value = {one["value"]: one for one in own}
    if isinstance(chosen, list):
        return [by_value[one["value"]] for one in chosen]
    return by_value[chosen["value"]]
