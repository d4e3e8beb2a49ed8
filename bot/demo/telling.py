"""Telling the story on the terminal: plain lines, coloured only where a person looks at them."""

import re
import sys
import textwrap
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TextIO
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
WIDTH = 100
_INDENT = " " * 9
_MARKS = {
    ":white_check_mark:": "[x]",
    ":white_large_square:": "[ ]",
    ":large_green_circle:": "",
    ":large_orange_circle:": "(!)",
    ":red_circle:": "(!!)",
    ":raising_hand:": "",
}
_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_TOKEN = re.compile(r"<([@#!]?)([^|>]+)(?:\|([^>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "cyan": "36"}


class Telling:
    """Writes to ``out``; ``names`` are the words for ids of people and channels, ``now`` is policy time."""

    def __init__(
        self, now: Callable[[], datetime], names: Mapping[str, str], out: TextIO | None = None
    ) -> None:
        self._now = now
        self._names = names
        self._out = out or sys.stdout
        self._colours = self._out.isatty()

    def line(self, text: str = "", style: str = "") -> None:
        """One line as it is."""
        shown = f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if style and self._colours else text
        print(shown, file=self._out, flush=True)

    def title(self, number: int, of: int, title: str, what: str) -> None:
        """A new scene."""
        self.line()
        self.line(f"{number}/{of}  {title}", "bold")
        self.line(f"     {what}", "dim")

    def happens(self, what: str) -> None:
        """Something that somebody does, with the time in London."""
        self._wrapped(f"  {self._now().astimezone(ZONE):%H:%M}  ", what)

    def sees(self, what: str) -> None:
        """What somebody then sees."""
        self._wrapped(_INDENT + "> ", self.plain(what), "cyan")

    def promise(self, words: str, came_true: bool) -> None:  # noqa: FBT001 - a callback with the outcome
        """An expectation and whether it came true."""
        if came_true:
            self._wrapped(f"{_INDENT}ok  ", words, "green")
        else:
            self._wrapped(f"{_INDENT}NOT TRUE  ", words, "red")

    def message(self, shown: Mapping[str, Any]) -> None:
        """A whole message, block by block, as a person sees it."""
        for block in shown.get("blocks") or []:
            for text in self._block(block):
                for part in text.splitlines():
                    self._wrapped("    | ", part)

    def plain(self, text: str) -> str:
        """Slack's mrkdwn as plain words: names for ids, the site's time for dates, no emphasis."""
        text = _DATE.sub(lambda date: date[1], text)
        text = _TOKEN.sub(self._named, text)
        for mark, shown in _MARKS.items():
            text = text.replace(mark, shown)
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
        return re.sub(r"(?<!\w)[*_`](\S(?:.*?\S)?)[*_`](?!\w)", r"\1", text)

    def _named(self, token: re.Match[str]) -> str:
        kind, target, label = token.groups()
        if kind in ("@", "#"):
            return kind + (label or self._names.get(target, target))
        return label or target

    def _block(self, block: Mapping[str, Any]) -> list[str]:
        match block["type"]:
            case "header":
                return [str(block["text"]["text"])]
            case "section":
                texts = [block["text"]["text"]] if block.get("text") else []
                fields = [str(field["text"]).replace("\n", " ") for field in block.get("fields") or []]
                button = block.get("accessory", {}).get("text", {}).get("text")
                return [*map(self.plain, [*texts, *fields]), *([f"[{button}]"] if button else [])]
            case "context":
                return [self.plain(" ".join(str(element["text"]) for element in block["elements"]))]
            case "actions":
                return ["  ".join(f"[{element['text']['text']}]" for element in block["elements"])]
            case _:
                return []

    def _wrapped(self, start: str, text: str, style: str = "") -> None:
        rest = " " * len(start)
        for shown in textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=rest) or [start]:
            self.line(shown, style)
