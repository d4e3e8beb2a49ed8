"""The few pieces that every view is built from: text made safe, people, times, buttons, blocks.

Whatever a person typed reaches Slack in one of two ways only: as ``plain_text``, which Slack never
parses, or escaped inside ``mrkdwn`` that is ``verbatim`` (https://docs.slack.dev/messaging/formatting-message-text).
Limits are Slack's (https://docs.slack.dev/reference/block-kit); text that is too long is cut with "…".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
    TextObject,
)

from bot.slack.ids import Action, ButtonValue, PageValue

BlockDict: TypeAlias = dict[str, Any]
ViewDict: TypeAlias = dict[str, Any]

SECTION_LIMIT = 3000
FIELD_LIMIT = 2000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
FIELDS_PER_SECTION = 10
ELEMENTS_PER_CONTEXT = 10
ELEMENTS_PER_ACTIONS = 5  # Slack allows 25; five stay readable on a phone
_BULLET_LIMIT = 640
EMPTY = "-"  # Slack refuses an empty text

_USER = re.compile(r"[UW][A-Z0-9_]{1,30}")
_MESSAGE = re.compile(
    r"https://[A-Za-z0-9.-]{1,200}/archives/[CDG][A-Z0-9]{1,20}/p[0-9]{1,24}(?:\?[A-Za-z0-9_.=&]{1,200})?"
)
_CHANNEL = re.compile(r"[CG][A-Z0-9_]{1,30}")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85\v\f]")
# Control characters, and those that reorder what is around them: a title must not be able to rewrite our words.
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message: ``blocks`` to show, ``text`` for notifications and screen readers.

    ``text`` shows on lock screens, so it names the burst and what is wanted, and nothing a person typed.
    """

    text: str
    blocks: list[BlockDict] = field(default_factory=list)


def clean(text: str) -> str:
    """``text`` with one kind of line break and without control, reordering and surrogate characters."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    return _SURROGATES.sub("\ufffd", _UNSHOWN.sub("", text)).strip()


def one_line(text: str) -> str:
    """``text`` cleaned and on one line."""
    return " ".join(clean(text).split())


def cut(text: str, limit: int) -> str:
    """``text`` with at most ``limit`` characters, ending in "…" when something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def escape(text: str) -> str:
    """``text`` cleaned, and with the three characters escaped that Slack gives a meaning to."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped(text: str, limit: int) -> str:
    """``text`` escaped, with at most ``limit`` characters; it is cut between characters, never inside an escape."""
    text = clean(text)
    if len(text) <= limit and len(whole := escape(text)) <= limit:
        return whole
    kept: list[str] = []
    room = limit - 1
    for character in text[:limit]:
        written = _ESCAPES.get(character, character)
        if len(written) > room:
            break
        room -= len(written)
        kept.append(written)
    return "".join(kept).rstrip() + "…"


def cut_marked(text: str, limit: int) -> str:
    """Safe mrkdwn with at most ``limit`` characters, never cut inside a mention, a date or an escape."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    for opening, closing in (("<", ">"), ("&", ";")):
        start = kept.rfind(opening)
        if start > kept.rfind(closing):
            kept = kept[:start]
    return kept.rstrip() + "…"


def inline(text: str, limit: int = 200) -> str:
    """``text`` escaped and on one line, for use among our own words."""
    # A backtick could open a code span that swallows what follows; the other marks only change how it looks.
    return escaped(one_line(text).replace("`", "'"), limit)


def bullets(lines: Iterable[str]) -> list[str]:
    """Plain lines, escaped, as a list."""
    return [f"• {inline(line, _BULLET_LIMIT)}" for line in lines]


def code(text: str, limit: int = 400) -> str:
    """``text`` in a code span, for technical values that must be read to the letter."""
    return f"`{escaped(one_line(text).replace('`', chr(39)), limit) or ' '}`"


def quote(text: str, limit: int = 2800) -> str:
    """``text`` escaped and set off as a quotation, line by line."""
    lines = clean(text).split("\n")
    room = max(limit - 2 * len(lines), limit // 2)
    return "\n".join(f"> {line}" for line in escaped("\n".join(lines), room).split("\n"))


def person(user: str) -> str:
    """A mention of a Slack user; anything that is no user id is shown as plain words."""
    return f"<@{user}>" if _USER.fullmatch(user) else inline(user, 80)


def channel_link(channel: str) -> str:
    """A link to a channel; anything that is no channel id is shown as plain words."""
    return f"<#{channel}>" if _CHANNEL.fullmatch(channel) else inline(channel, 80)


def message_link(address: str) -> str:
    """A link to a message by its permanent address; empty for anything that is none."""
    return f"<{escape(address)}|message>" if _MESSAGE.fullmatch(address) else ""


def plain(text: str, limit: int) -> PlainTextObject:
    """A text object that Slack never parses; an empty text becomes a dash."""
    return PlainTextObject(text=cut(clean(text), limit) or EMPTY, emoji=False)


def mrkdwn(text: str, limit: int = SECTION_LIMIT) -> MarkdownTextObject:
    """A verbatim mrkdwn object of text that is already safe; Slack parses no names or addresses in it."""
    return MarkdownTextObject(text=cut_marked(text, limit) or EMPTY, verbatim=True)


def header(text: str) -> BlockDict:
    """A header of plain text on one line."""
    return HeaderBlock(text=plain(one_line(text), HEADER_LIMIT)).to_dict()


def section(text: str) -> BlockDict:
    """A paragraph of text that is already safe."""
    return SectionBlock(text=mrkdwn(text)).to_dict()


def said(text: str) -> BlockDict:
    """A paragraph of what a person typed, shown to the letter."""
    return SectionBlock(text=plain(text, SECTION_LIMIT)).to_dict()


def fields(pairs: Sequence[tuple[str, str]]) -> list[BlockDict]:
    """Label and value pairs in two columns; labels are plain words, values already safe."""
    cells: list[str | dict[str, Any] | TextObject] = [
        mrkdwn(f"*{inline(label, 100)}*\n{value}", FIELD_LIMIT) for label, value in pairs
    ]
    return [
        SectionBlock(fields=cells[start : start + FIELDS_PER_SECTION]).to_dict()
        for start in range(0, len(cells), FIELDS_PER_SECTION)
    ]


def context(*texts: str) -> BlockDict:
    """Small grey lines of text that is already safe."""
    return ContextBlock(elements=[mrkdwn(text) for text in texts[:ELEMENTS_PER_CONTEXT]]).to_dict()


def divider() -> BlockDict:
    """A line across."""
    return DividerBlock().to_dict()


def button(
    label: str,
    action: Action,
    value: ButtonValue | PageValue | str,
    *,
    style: str | None = None,
    aloud: str | None = None,
) -> ButtonElement:
    """A button; ``style`` is ``primary``, ``danger`` or None. ``aloud`` is what a screen reader says in place of the label."""
    return ButtonElement(
        text=plain(label, BUTTON_LIMIT),
        action_id=action,
        value=str(value),
        style=style,
        accessibility_label=aloud,
    )


def actions(buttons: Sequence[ButtonElement | StaticSelectElement]) -> list[BlockDict]:
    """Rows of buttons and menus; no buttons, no rows."""
    return [
        ActionsBlock(elements=list(buttons[start : start + ELEMENTS_PER_ACTIONS])).to_dict()
        for start in range(0, len(buttons), ELEMENTS_PER_ACTIONS)
    ]
