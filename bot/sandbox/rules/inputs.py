"""What Slack's client does with the inputs of a modal: refuse what is incomplete, then send the state."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.rules.answers import refusal
from bot.sandbox.rules.entered import SLOTS, answer, initial
from bot.sandbox.rules.placement import Placed, placed
from bot.sandbox.rules.schema import kind_of

Values = Mapping[str, Mapping[str, object]]


def check_submission(view: Mapping[str, object], values: Values) -> dict[str, str]:
    """What Slack's client shows below inputs instead of submitting `view`: words by block_id, or nothing.

    `values` is what the person entered, by block_id and action_id (see `entered` for the two ways to write it);
    an input that is not in it is taken as untouched, with its initial value. Values for inputs that the view does
    not have are refused under their block_id: nobody could have entered them.
    Source: docs.slack.dev/surfaces/modals and the pages of the elements.
    """
    problems = dict.fromkeys(_unknown(view, values), "This view has no such input.")
    for place in _stateful(view):
        words = refusal(place, _current(place, values))
        if words is not None:
            problems.setdefault(str(place.block["block_id"]), words)
    return problems


def state_values(view: Mapping[str, object], values: Values) -> dict[str, dict[str, dict[str, object]]]:
    """``state.values`` as Slack sends it: every stateful element of `view`, touched or not.

    By block_id, then action_id: an object of the element's type and, under the key for that type, what it holds.
    An untouched element holds its initial value, or null, or an empty list. A time picker with a time zone repeats it.
    Elements need their block_id and action_id: Slack gives random ones to those that lack them when it
    stores a view, and so must the caller. Source: docs.slack.dev/reference/interaction-payloads.
    """
    state: dict[str, dict[str, dict[str, object]]] = {}
    for place in _stateful(view):
        kind = kind_of(place.element)
        held: dict[str, object] = {"type": kind, SLOTS[kind].key: _current(place, values)}
        if "timezone" in place.element:
            held["timezone"] = place.element["timezone"]
        state.setdefault(str(place.block["block_id"]), {})[str(place.element["action_id"])] = held
    return state


def _stateful(view: Mapping[str, object]) -> Iterator[Placed]:
    for place in placed(view.get("blocks")):
        named = "block_id" in place.block and "action_id" in place.element
        if named and kind_of(place.element) in SLOTS:
            yield place


def _current(place: Placed, values: Values) -> Any:
    given = values.get(str(place.block["block_id"]), {})
    action = str(place.element["action_id"])
    return answer(place.element, given[action]) if action in given else initial(place.element)


def _unknown(view: Mapping[str, object], values: Values) -> Iterator[str]:
    known = {(place.block["block_id"], place.element["action_id"]) for place in _stateful(view)}
    for block_id, actions in values.items():
        if any((block_id, action_id) not in known for action_id in actions):
            yield block_id
