"""Templates, with the filters that draw Slack's own ways of writing for one viewer."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from bot.sandbox.page import mrkdwn, rich_text
from bot.sandbox.page.emoji import REACTIONS, emojified
from bot.sandbox.page.viewer import Viewer
from bot.sandbox.rules.choices import options_of
from bot.sandbox.rules.entered import SLOTS, answer, initial

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """The templates; everything that they are given is escaped, and a name that they lack is an error."""
    # What a macro draws depends on who looks, so macros are imported with the context.
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "mrkdwn": _mrkdwn,
        "rich_text": _rich_text,
        "said": _said,
        "emojified": emojified,
        "options": options_of,
        "pretty": _pretty,
    }
    made.globals |= {"held": held, "reactions": REACTIONS}
    return made


def held(element: Mapping[str, Any], typed: Mapping[str, object]) -> Any:
    """What an input holds: what was typed into it, else what it begins with; option values for options."""
    if element["type"] not in SLOTS:
        return None
    action_id = str(element.get("action_id"))
    now = answer(element, typed[action_id]) if action_id in typed else initial(element)
    if isinstance(now, list):
        return [_value(one) for one in now]
    return _value(now)


def _value(option: object) -> object:
    return option["value"] if isinstance(option, Mapping) and "value" in option else option


def _viewer(context: Context) -> Viewer:
    viewer: Viewer = context["viewer"]
    return viewer


@pass_context
def _mrkdwn(context: Context, text: str) -> Markup:
    return mrkdwn.as_html(text, _viewer(context))


@pass_context
def _rich_text(context: Context, block: Mapping[str, Any]) -> Markup:
    return rich_text.as_html(block, _viewer(context))


@pass_context
def _said(context: Context, text: Mapping[str, Any]) -> Markup:
    """A text object: mrkdwn, or plain text in which emoji have names."""
    words = str(text.get("text", ""))
    if text.get("type") == "mrkdwn":
        return mrkdwn.as_html(words, _viewer(context))
    return escape(emojified(words)).replace("\n", Markup("<br>"))


def _pretty(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False, default=str)
