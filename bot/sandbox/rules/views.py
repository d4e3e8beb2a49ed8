"""Whether Slack takes a modal or a Home tab (views.open, views.push, views.update, views.publish)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.sandbox.rules.blocks import check_blocks
from bot.sandbox.rules.objects import plain
from bot.sandbox.rules.payload import decoded, size
from bot.sandbox.rules.problem import problem
from bot.sandbox.rules.schema import Choice, Fields, Flag, Record, Rule, String

LARGEST_VIEW = 250_000
AT = "/view"


@dataclass(frozen=True)
class ViewProblem:
    """Why a view is refused: Slack's error code, and the lines of ``response_metadata.messages``."""

    error: str
    messages: tuple[str, ...] = ()


def _inputs_can_be_submitted(view: Record, at: str) -> Iterator[str]:
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if has_input and "submit" not in view:
        yield problem("missing required field: submit (the view has an input block)", at)


@dataclass(frozen=True)
class _Blocks:
    """The stack of blocks of a view."""

    surface: Literal["modal", "home"]

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        yield from check_blocks(value, self.surface, at)


_COMMON: Mapping[str, Rule] = {
    "private_metadata": String(3000, shortest=0),
    "callback_id": String(255, shortest=0),
    "external_id": String(255, shortest=0),
}
_VIEWS: Mapping[str, Fields] = {
    "modal": Fields(
        {"type": Choice("modal"), "title": plain(24), "blocks": _Blocks("modal")},
        {
            **_COMMON,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
        },
        (_inputs_can_be_submitted,),
    ),
    "home": Fields({"type": Choice("home"), "blocks": _Blocks("home")}, _COMMON),
}
"""`submit_disabled` is for the settings of workflow steps and refused here, as Slack refuses it in modals."""


def check_view(view: object, kind: Literal["modal", "home"]) -> ViewProblem | None:
    """Why Slack would refuse `view` as a `kind`, or None when it is fine.

    `view` is the argument as it came: an object, or a string of JSON. Never raises.
    Errors: ``invalid_arguments`` with the places, ``view_too_large`` above 250 kB.
    Source: docs.slack.dev/reference/views, docs.slack.dev/reference/methods/views.open.
    """
    try:
        value = decoded(view)
    except ValueError:
        return ViewProblem("invalid_arguments", (problem("must be valid JSON", AT),))
    if not isinstance(value, Mapping):
        return ViewProblem("invalid_arguments", (problem("must provide an object", AT),))
    if size(value) > LARGEST_VIEW:
        return ViewProblem("view_too_large")
    messages = tuple(_VIEWS[kind].problems(value, AT))
    return ViewProblem("invalid_arguments", messages) if messages else None
