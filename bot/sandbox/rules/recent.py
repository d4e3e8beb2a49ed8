"""The newer blocks: alert, card, carousel, container, task_card, plan, auth_provider.

Slack rolls these out slowly; they are taken in messages only, which is where all sources agree.
``data_visualization`` is in neither slack_sdk 3.47 nor @slack/types 3.2 and is refused.
Source: slack_sdk 3.47's models, which name their docs.slack.dev pages.
"""

from collections.abc import Iterator, Mapping

from bot.sandbox.rules.elements import IMAGE
from bot.sandbox.rules.layouts import BLOCK_ID, EVERYWHERE, elements
from bot.sandbox.rules.objects import SECURE_URL, either, plain, url
from bot.sandbox.rules.problem import child, problem
from bot.sandbox.rules.rich_text import RICH_TEXT
from bot.sandbox.rules.schema import ByType, Choice, Flag, Items, Record, Rule, String, typed


def _card_shows_something(card: Record, at: str) -> Iterator[str]:
    if not {"hero_image", "title", "actions", "body"} & card.keys():
        yield problem("must define at least one of `hero_image`, `title`, `actions`, `body`", at)


def _container_is_coherent(container: Record, at: str) -> Iterator[str]:
    if not {"title", "rich_text_title"} & container.keys():
        yield problem("must define either `title` or `rich_text_title`", at)
    collapsible = container.get("is_collapsible", False)
    if container.get("default_collapsed", False) and not collapsible:
        yield problem("requires `is_collapsible`", child(at, "default_collapsed"))
    if container.get("has_header_divider", False) and collapsible:
        yield problem("cannot be set with `is_collapsible`", child(at, "has_header_divider"))


_SOURCE = typed("url", {"url": url(SECURE_URL), "text": String(3000)})
_TASK = typed(
    "task_card",
    {
        "task_id": String(255),
        "title": String(3000),
        "status": Choice("pending", "in_progress", "complete", "error"),
    },
    {
        **BLOCK_ID,
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": Items(_SOURCE, fewest=0),
    },
)
_CARD = typed(
    "card",
    {},
    {
        **BLOCK_ID,
        "hero_image": IMAGE,
        "icon": IMAGE,
        "title": either(150),
        "subtitle": either(150),
        "body": either(200),
        "actions": Items(elements("button"), 25),
    },
    _card_shows_something,
)

RECENT: Mapping[str, Rule] = {
    "alert": typed(
        "alert",
        {"text": either(3000)},
        {**BLOCK_ID, "level": Choice("default", "info", "warning", "error", "success")},
    ),
    "card": _CARD,
    "carousel": typed("carousel", {"elements": Items(ByType({"card": _CARD}), 10)}, BLOCK_ID),
    "container": typed(
        "container",
        {"child_blocks": Items(ByType(EVERYWHERE), 10)},
        {
            **BLOCK_ID,
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": either(150),
            "icon": IMAGE,
            "width": Choice("narrow", "standard", "wide", "full"),
            "is_collapsible": Flag(),
            "default_collapsed": Flag(),
            "has_header_divider": Flag(),
        },
        _container_is_coherent,
    ),
    "task_card": _TASK,
    "plan": typed(
        "plan", {"title": String(3000)}, {**BLOCK_ID, "tasks": Items(ByType({"task_card": _TASK}), fewest=0)}
    ),
    "auth_provider": typed(
        "auth_provider",
        {"value": String(150), "name": plain(75), "is_connected": Flag()},
        {
            **BLOCK_ID,
            "description": plain(150),
            "icon_url": url(SECURE_URL),
            "auth_url": url(SECURE_URL),
            "disconnect_url": url(SECURE_URL),
            "connected_identity": plain(75),
            "connected_context": plain(75),
            "accessory": elements("overflow"),
            "fallback": Items(ByType(EVERYWHERE)),
        },
    ),
}
