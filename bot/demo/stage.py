"""The stage: what people do in Slack while the story is told, each act with what must come of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.demo.blockers import Blocker
from bot.demo.cast import Cast
from bot.demo.check import Promises, StoryStops
from bot.demo.processes import Backstage
from bot.demo.telling import Telling
from bot.sandbox.client import Person, texts_of

Shown = dict[str, Any]

STEERING = "imaging-steering"
ARCHIVE = "imaging-archive"
_DONE = "acknowledged"
_A_LITTLE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Played:
    """A burst of the story: its key, and the channel that people found for it."""

    key: str
    channel: str
    name: str


@dataclass(frozen=True)
class Stage:
    """Everything that a scene needs, and the bursts that were played so far."""

    backstage: Backstage
    cast: Cast
    blockers: Mapping[str, Blocker]
    promises: Promises
    telling: Telling
    played: list[Played] = field(default_factory=list)

    # --- Acts

    def command(self, person: Person, line: str, channel: str = "app") -> Shown:
        """Run a command; returns the answer to that person alone, or an empty message."""
        self.telling.happens(f"{person.name} types  {self.telling.plain(line)}")
        answer = person.command(line, channel)
        self._must_be_done(line.split(" ")[1], answer)
        message: Shown = answer["message"] or {}
        if message:
            self.telling.sees(texts_of({"blocks": message.get("blocks")}).replace("\n", "  "))
        return message

    def command_page(self, person: Person, line: str, channel: str) -> Shown:
        """Run a command that opens a page; returns the page, or an empty one."""
        self.telling.happens(f"{person.name} types  {line}")
        answer = person.command(line, channel)
        self._must_be_done(line, answer)
        return answer["view"] or {}

    def press(self, person: Person, message: Mapping[str, Any], action: str) -> Shown:
        """Press a button of a message; returns the page that opened, or an empty one."""
        self.telling.happens(f"{person.name} presses [{label_of(message, action)}]")
        answer = person.click(message, action)
        self._must_be_done(action, answer)
        return answer["view"] or {}

    def fill(self, person: Person, page: Mapping[str, Any], values: Mapping[str, object]) -> Shown:
        """Fill in and submit a page; returns the page that took its place, or an empty one."""
        answer = person.submit(page, values)
        self._must_be_done(f"the page “{page['title']['text']}”", answer)
        return answer["view"] or {}

    def write(
        self, person: Person, message: Mapping[str, Any], action: str, text: str, **more: object
    ) -> None:
        """Press a button that asks for words, and write them."""
        page = self.press(person, message, action)
        self.telling.sees(f"{page['title']['text']}: “{text}”")
        self.fill(person, page, {"text": text, **more})

    def pass_time(self, minutes: float, why: str) -> None:
        """Let policy time pass."""
        self.until(self.backstage.time.now() + timedelta(minutes=minutes), why)

    def until(self, moment: datetime, why: str) -> None:
        """Let policy time pass until ``moment`` and a little more, since clocks ring once a second."""
        ahead = moment + _A_LITTLE - self.backstage.time.now()
        self.backstage.time.forward(max(ahead, timedelta()))
        self.telling.happens(f"-- {why} --")

    # --- Looks

    def card(self, person: Person, burst: Played, action: str = "") -> Shown:
        """The burst's card as this person sees it, once it offers ``action``."""

        def look() -> Shown:
            shown = [m for m in person.messages(burst.channel) if is_card(m, burst.key)]
            return shown[-1] if shown and (not action or offers(shown[-1], action)) else {}

        what = f"the card of {burst.key} offers {action}" if action else f"the card of {burst.key} is there"
        return self._found(look, what)

    def direct(self, person: Person, words: str, action: str = "") -> Shown:
        """The newest direct message to this person with ``words`` that offers ``action``."""
        return self._found(lambda: newest(person.dms(), words, action), f"{person.name} reads “{words}”")

    def posted(self, person: Person, channel: str, words: str, action: str = "") -> Shown:
        """The newest message of a channel with ``words`` that offers ``action``."""
        return self._found(
            lambda: newest(person.messages(channel), words, action), f"{person.name} reads “{words}”"
        )

    def promised(self, words: str, look: Callable[[], Any], within: float | None = None) -> Any:
        """Wait for what the story promises; told and counted. Raises ``StoryStops``."""
        return self.promises.soon(words, look, within)

    def _found(self, look: Callable[[], Shown], what: str) -> Shown:
        """Wait without a word for what the next act needs."""
        return self.promises.silently(what, look)

    def _must_be_done(self, what: str, answer: Mapping[str, Any]) -> None:
        if answer["outcome"] != _DONE:
            words = f"{what} is taken"
            self.promises.that(words, came_true=False, seen=f"{answer['outcome']} {answer.get('errors', '')}")
            raise StoryStops(words)


def newest(messages: Iterable[Shown], words: str, action: str = "") -> Shown:
    """The newest message with ``words`` that offers ``action``; an empty one when there is none."""
    found = [m for m in messages if words in texts_of(m) and (not action or offers(m, action))]
    return found[-1] if found else {}


def offers(message: Mapping[str, Any], action: str) -> bool:
    """Whether a message has a button of that action."""
    return any(element.get("action_id") == action for element in _buttons(message))


def label_of(message: Mapping[str, Any], action: str) -> str:
    """What is written on a message's button."""
    written = (e["text"]["text"] for e in _buttons(message) if e.get("action_id") == action)
    return str(next(written, action))


def is_card(message: Mapping[str, Any], key: str) -> bool:
    """Whether a message is the card of that burst: its header is the key and the title."""
    blocks = message.get("blocks") or []
    return bool(blocks) and blocks[0]["type"] == "header" and blocks[0]["text"]["text"].startswith(f"{key} ·")


def _buttons(message: Mapping[str, Any]) -> list[Shown]:
    blocks = message.get("blocks") or []
    return [
        *(element for block in blocks if block["type"] == "actions" for element in block["elements"]),
        *(block["accessory"] for block in blocks if block.get("accessory")),
    ]
