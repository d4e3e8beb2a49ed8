"""Block Kit's blocks: what each may contain, and on which surfaces it may stand.

Source: docs.slack.dev/reference/block-kit/blocks, checked against slack_sdk 3.47 and @slack/types 3.2.
"""

from collections.abc import Iterator, Mapping

from bot.sandbox.rules.elements import (
    ACTIONS_ELEMENTS,
    CONTEXT_ACTIONS_ELEMENTS,
    ELEMENTS,
    IMAGE,
    INPUT_ELEMENTS,
    SECTION_ACCESSORIES,
)
from bot.sandbox.rules.objects import IMAGE_SOURCE, SECURE_URL, either, exactly_one, plain, url
from bot.sandbox.rules.problem import problem
from bot.sandbox.rules.rich_text import RICH_TEXT
from bot.sandbox.rules.schema import ByType, Flag, Items, Record, Rule, String, typed

BLOCK_ID: Mapping[str, Rule] = {"block_id": String(255)}
MARKDOWN_LENGTH = 12_000


def elements(*kinds: str) -> ByType:
    """An element of one of `kinds`."""
    return ByType({kind: ELEMENTS[kind] for kind in kinds})


def _says_something(block: Record, at: str) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield problem("must define either `text` or `fields`", at)


_MRKDWN_OR_PLAIN = either(3000)
_CONTEXT_ELEMENT = ByType({**_MRKDWN_OR_PLAIN.rules, "image": IMAGE})

EVERYWHERE: Mapping[str, Rule] = {
    "section": typed(
        "section",
        {},
        {
            **BLOCK_ID,
            "text": _MRKDWN_OR_PLAIN,
            "fields": Items(either(2000), 10),
            "accessory": elements(*SECTION_ACCESSORIES),
            "expand": Flag(),
        },
        _says_something,
    ),
    "header": typed("header", {"text": plain(150)}, BLOCK_ID),
    "divider": typed("divider", {}, BLOCK_ID),
    "context": typed("context", {"elements": Items(_CONTEXT_ELEMENT, 10)}, BLOCK_ID),
    "actions": typed("actions", {"elements": Items(elements(*ACTIONS_ELEMENTS), 25)}, BLOCK_ID),
    "input": typed(
        "input",
        {"label": plain(2000), "element": elements(*INPUT_ELEMENTS)},
        {**BLOCK_ID, "hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
    ),
    "image": typed(
        "image",
        {"alt_text": String(2000)},
        {**BLOCK_ID, **IMAGE_SOURCE, "title": plain(2000)},
        *exactly_one("image_url", "slack_file"),
    ),
    "rich_text": RICH_TEXT,
    "video": typed(
        "video",
        {
            "alt_text": String(2000),
            "title": plain(199),
            "thumbnail_url": url(SECURE_URL),
            "video_url": url(SECURE_URL),
        },
        {
            **BLOCK_ID,
            "author_name": String(49),
            "description": plain(199),
            "provider_icon_url": url(SECURE_URL),
            "provider_name": String(3000),
            "title_url": url(SECURE_URL),
        },
    ),
}
"""Blocks that messages, modals and Home tabs all take.

An input block may stand on each of them: the Home tab takes it too and hears of it through
`dispatch_action` (docs.slack.dev/reference/block-kit/blocks/input-block; docs.slack.dev/surfaces/app-home).
"""

MESSAGES_ONLY: Mapping[str, Rule] = {
    "markdown": typed("markdown", {"text": String(MARKDOWN_LENGTH)}, BLOCK_ID),
    "context_actions": typed(
        "context_actions", {"elements": Items(elements(*CONTEXT_ACTIONS_ELEMENTS), 5)}, BLOCK_ID
    ),
}
"""Blocks that only messages take, besides those of `recent` and `tables`."""
