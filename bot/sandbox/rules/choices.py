"""Elements that offer a fixed list of options: menus, checkboxes, radio buttons, overflow.

The value of an option is held to 75 characters: slack_sdk 3.47 lets 150 pass, @slack/types 3.2 says 75, and
an option that both accept is safe whichever of them is right.
Source: docs.slack.dev/reference/block-kit/composition-objects/option-object and the element pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.rules.objects import either, exactly_one, plain, url
from bot.sandbox.rules.problem import child, problem
from bot.sandbox.rules.schema import Fields, Items, Record, Rule, String, Whole, typed

OPTION_VALUE_LENGTH = 75

_VALUE = String(OPTION_VALUE_LENGTH)
PLAIN_OPTION = Fields({"text": plain(75), "value": _VALUE}, {"description": plain(75)})
RICH_OPTION = Fields({"text": either(75), "value": _VALUE}, {"description": either(75)})
LINK_OPTION = Fields({"text": plain(75), "value": _VALUE}, {"description": plain(75), "url": url()})
OPTION_GROUP = Fields({"label": plain(75), "options": Items(PLAIN_OPTION, 100)})
MOST_SELECTED = Whole(1, 1_000_000)


def options_of(element: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every option that a well-formed `element` offers, its groups flattened, in the order shown."""
    groups: Sequence[Mapping[str, Any]] = element.get("option_groups") or ()
    return [*(element.get("options") or ()), *(option for group in groups for option in group["options"])]


def _values_are_unique(element: Record, at: str) -> Iterator[str]:
    seen: set[str] = set()
    for option in options_of(element):
        if option["value"] in seen:
            yield problem(f"option value `{option['value']}` must be unique within the element", at)
        seen.add(option["value"])


def _initial_options_are_offered(element: Record, at: str) -> Iterator[str]:
    """Slack wants the initial option to match one of the options exactly, not only by its value."""
    offered = options_of(element)
    if "initial_option" in element and element["initial_option"] not in offered:
        yield problem("must match one of the options exactly", child(at, "initial_option"))
    for number, option in enumerate(element.get("initial_options", ())):
        if option not in offered:
            yield problem("must match one of the options exactly", f"{at}/initial_options/{number}")


def selected_within_limit(name: str) -> "SelectedWithinLimit":
    """A check that the initial list `name` is not longer than ``max_selected_items``."""
    return SelectedWithinLimit(name)


class SelectedWithinLimit:
    """Calls for an initial selection that the person would be allowed to make, without repetitions."""

    def __init__(self, name: str) -> None:
        """Look at the initial list `name`."""
        self.name = name

    def __call__(self, element: Record, at: str) -> Iterator[str]:
        """Report an initial list that is too long or names something twice."""
        chosen = element.get(self.name, ())
        if len(chosen) > element.get("max_selected_items", len(chosen)):
            yield problem("no more than `max_selected_items` items allowed", child(at, self.name))
        if any(item in chosen[:number] for number, item in enumerate(chosen)):
            yield problem("items must be unique", child(at, self.name))


def offering(
    kind: str, option: Rule, most: int, further: Mapping[str, Rule], initial: Mapping[str, Rule]
) -> Fields:
    """An element that shows up to `most` of `option` at once: checkboxes, radio buttons, overflow."""
    checks = (_values_are_unique, _initial_options_are_offered, selected_within_limit("initial_options"))
    return typed(kind, {"options": Items(option, most)}, {**further, **initial}, *checks)


def menu(kind: str, further: Mapping[str, Rule], initial: Mapping[str, Rule]) -> Fields:
    """A static menu: up to 100 options, or up to 100 groups of up to 100 options, never both."""
    lists = {"options": Items(PLAIN_OPTION, 100), "option_groups": Items(OPTION_GROUP, 100)}
    return typed(
        kind,
        {},
        {**lists, **further, **initial},
        *exactly_one("options", "option_groups"),
        _values_are_unique,
        _initial_options_are_offered,
        selected_within_limit("initial_options"),
    )
