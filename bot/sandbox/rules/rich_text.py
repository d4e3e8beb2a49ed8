"""The rich_text block and its parts, as Slack's composer makes them.

Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block. Inner objects are closed like all others.
"""

from collections.abc import Mapping

from bot.sandbox.rules.objects import url
from bot.sandbox.rules.schema import ByType, Choice, Fields, Flag, Items, Rule, String, Whole, typed

_FLAGS = ("bold", "italic", "strike", "underline")
_TEXT_STYLE = Fields(optional={name: Flag() for name in (*_FLAGS, "code")})
_MENTION_STYLE = Fields(
    optional={name: Flag() for name in (*_FLAGS, "highlight", "client_highlight", "unlink")}
)
_STYLED: dict[str, Rule] = {"style": _TEXT_STYLE}
_MENTION: dict[str, Rule] = {"style": _MENTION_STYLE}
_BORDER: dict[str, Rule] = {"border": Whole(0, 1)}

_TEXT_LENGTH = 12_000
_TEXT = typed("text", {"text": String(_TEXT_LENGTH)}, _STYLED)
_LINK = typed("link", {"url": url()}, _STYLED | {"text": String(_TEXT_LENGTH), "unsafe": Flag()})
_INLINE: Mapping[str, Rule] = {
    "text": _TEXT,
    "link": _LINK,
    "emoji": typed("emoji", {"name": String(100)}, _STYLED | {"unicode": String(100), "url": url()}),
    "user": typed(
        "user", {"user_id": String(pattern=r"[UWB][A-Z0-9]+", wanted="must be a valid user id")}, _MENTION
    ),
    "usergroup": typed(
        "usergroup",
        {"usergroup_id": String(pattern=r"S[A-Z0-9]+", wanted="must be a valid user group id")},
        _MENTION,
    ),
    "channel": typed(
        "channel",
        {"channel_id": String(pattern=r"[CGD][A-Z0-9]+", wanted="must be a valid channel id")},
        _MENTION,
    ),
    "team": typed(
        "team", {"team_id": String(pattern=r"T[A-Z0-9]+", wanted="must be a valid team id")}, _MENTION
    ),
    "broadcast": typed("broadcast", {"range": Choice("here", "channel", "everyone")}, _STYLED),
    "date": typed(
        "date",
        {"timestamp": Whole(0, 99_999_999_999), "format": String(255)},
        _STYLED | {"url": url(), "fallback": String(255)},
    ),
    "color": typed(
        "color", {"value": String(pattern=r"#[0-9A-Fa-f]{3,8}", wanted="must be a hex colour")}, _STYLED
    ),
}

_SECTION = typed("rich_text_section", {"elements": Items(ByType(_INLINE), fewest=0)})
_LIST = typed(
    "rich_text_list",
    {"elements": Items(ByType({"rich_text_section": _SECTION})), "style": Choice("bullet", "ordered")},
    _BORDER | {"indent": Whole(0, 8), "offset": Whole(0, 1_000_000)},
)
_QUOTE = typed("rich_text_quote", {"elements": Items(ByType(_INLINE))}, _BORDER)
_PREFORMATTED = typed(
    "rich_text_preformatted",
    {"elements": Items(ByType({"text": _TEXT, "link": _LINK}))},
    _BORDER | {"language": String(100)},
)

RICH_TEXT = typed(
    "rich_text",
    {
        "elements": Items(
            ByType(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_quote": _QUOTE,
                    "rich_text_preformatted": _PREFORMATTED,
                }
            )
        )
    },
    {"block_id": String(255)},
)
"""A whole rich_text block."""
