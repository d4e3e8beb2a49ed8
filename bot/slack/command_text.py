"""The text behind ``/burst``: which word, which burst, and the rest.

Slack escapes mentions (``should_escape``), so a person arrives as ``<@U123|name>``, and ``&``, ``<``
and ``>`` as entities; see docs.slack.dev, "Implementing slash commands".
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Refused
from bot.slack.requests import Command
from bot.taskforce.terms import Severity

LONGEST = 3000

_KEY = re.compile(r"burst-([1-9][0-9]{0,17})", re.IGNORECASE)
_NEARLY_A_KEY = re.compile(r"burst-[0-9]\S*", re.IGNORECASE)
# These are about no one burst: what follows them is a title, words to search for, or another word.
_WITHOUT_BURST = frozenset({"", "open", "list", "archive", "cover", "help"})
_PERSON = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")
_LINK = re.compile(r"<(https?://[^>|\s]+)(?:\|[^>]*)?>|(https?://[^\s<>]+)", re.IGNORECASE)
_UNTIL = re.compile(r"(?:^|(?<=\s))until:\s?(\d{4}-\d{2}-\d{2}\s+\d{1,2}:\d{2}(?=\s|$)|\S*)", re.ASCII)
_OPTION = re.compile(r"([a-z_]{2,12}):(\S+)")


@dataclass(frozen=True, slots=True)
class Line:
    """A command line taken apart.

    ``burst_id`` is the key that was written, or else the burst in whose channel it was written;
    None when there is neither.
    """

    command: Command
    word: str
    burst_id: int | None
    rest: str

    def needs_burst(self) -> int:
        """The burst that the line is about; raises ``Refused`` when it names none and is nowhere written."""
        if self.burst_id is None:
            raise Refused(
                "missing_key",
                f"Which burst? Write its key, `/burst {self.word} BURST-42`, or run this in its channel.",
            )
        return self.burst_id

    def needs_burst_alone(self) -> int:
        """As ``needs_burst``, for a command that takes nothing else."""
        burst_id = self.needs_burst()
        if self.rest:
            raise Refused(
                "not_a_key",
                f"`/burst {self.word}` takes only a key, such as BURST-42, and that was none.",
            )
        return burst_id

    def needs_text(self, what: str, example: str) -> str:
        """The rest of the line; raises ``Refused`` when there is none, saying ``what`` is missing."""
        if not self.rest:
            raise Refused("missing_text", f"Please say {what}: `/burst {self.word} {example}`.")
        return self.rest


def parse(command: Command) -> Line:
    """Take the line apart.

    Raises ``Refused`` when it is longer than Slack could show again, or when something stands in a
    key's place that is none: the burst of this channel must not be taken for it.
    """
    text = html.unescape(command.text).strip()
    if len(text) > LONGEST:
        raise Refused(
            "too_long",
            f"That text has {len(text):,} characters; at most {LONGEST:,} fit. Nothing was changed.",
        )
    word, rest = take_word(text)
    word = word.lower()
    first, after = take_word(rest)
    if word in _WITHOUT_BURST:
        return Line(command, word, None, rest)
    number = burst_number(first)
    if number is None and _NEARLY_A_KEY.fullmatch(first):
        raise Refused("not_a_key", f"{first[:40]} is no key; a key looks like BURST-42.")
    return Line(command, word, number, rest if number is None else after)


def take_word(text: str) -> tuple[str, str]:
    """The first word and what follows it, whatever space is between them."""
    word, *rest = text.split(maxsplit=1) or [""]
    return word, rest[0].strip() if rest else ""


def burst_number(text: str) -> int | None:
    """The number in ``BURST-42``; None when ``text`` is no key."""
    found = _KEY.fullmatch(text.strip())
    return int(found[1]) if found else None


def take_person(rest: str) -> tuple[str, str]:
    """The person that the line begins with, and what follows. Raises ``Refused`` when it begins with none."""
    found = _PERSON.match(rest)
    if found is None:
        raise Refused("missing_person", "Please name a person with @, as Slack completes it.")
    return found[1], rest[found.end() :].strip()


def take_link(rest: str) -> tuple[str | None, str]:
    """The first web address of the line, however Slack wrote it, and the line without it."""
    found = _LINK.search(rest)
    if found is None:
        return None, rest
    return found[1] or found[2], " ".join((rest[: found.start()] + " " + rest[found.end() :]).split())


def take_until(rest: str) -> tuple[str | None, str]:
    """What stands after ``until:`` (a date may be followed by a time), and the line without it."""
    found = _UNTIL.search(rest)
    if found is None:
        return None, rest
    return found[1], " ".join((rest[: found.start()] + " " + rest[found.end() :]).split())


def take_options(rest: str, allowed: frozenset[str]) -> tuple[dict[str, str], str]:
    """``name:value`` words of the allowed names, and the words that are none, in order.

    Raises ``Refused`` when a name is given twice.
    """
    options: dict[str, str] = {}
    words = []
    for word in rest.split():
        found = _OPTION.fullmatch(word)
        if found is None or found[1] not in allowed:
            words.append(word)
        elif found[1] in options:
            raise Refused("option_twice", f"`{found[1]}:` is there twice; give it once.")
        else:
            options[found[1]] = found[2]
    return options, " ".join(words)


def severity_option(options: Mapping[str, str]) -> Severity | None:
    """What ``sev:`` says, as ``2`` or ``sev2``; None without it. Raises ``Refused`` saying what is allowed."""
    level = options.get("sev")
    if level is None:
        return None
    word = level if level.startswith("sev") else f"sev{level}"
    if word not in set(Severity):
        raise Refused("unknown_severity", "Severities are `sev:1` to `sev:4`.")
    return Severity(word)
