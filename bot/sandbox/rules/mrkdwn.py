"""Slack's mrkdwn: what a typed text becomes, whom a text notifies, and how it reads on screen.

Source: docs.slack.dev/messaging/formatting-message-text, docs.slack.dev/interactivity/implementing-slash-commands.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from bot.sandbox.rules.dates import shown_date

_SPECIAL_WORDS = ("here", "channel", "everyone")
_TOKEN = re.compile(r"<([^<>\n]*)>")
_RAW_SPECIAL = re.compile(rf"(?<![\w@<!|])@({'|'.join(_SPECIAL_WORDS)})(?![\w-])")


@dataclass(frozen=True)
class Mentions:
    """Who is notified by a text: ids of users and of user groups, and the words of specials (``here``)."""

    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    specials: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anybody at all is notified."""
        return bool(self.users or self.groups or self.specials)


def escape(text: str) -> str:
    """`text` with the three characters that Slack escapes, and no others, escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The reverse of `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentions(text: str, *, verbatim: bool = False) -> Mentions:
    """Who would be notified if Slack showed `text` as mrkdwn.

    Without `verbatim` Slack parses the text by itself, so a bare ``@here`` counts too. A mention inside of
    backticks counts as well: whether Slack spares it is not documented.
    """
    users, groups, specials = set[str](), set[str](), set[str]()
    for token in _TOKEN.findall(text):
        target = token.partition("|")[0]
        if re.fullmatch(r"@[UW][A-Z0-9]+", target):
            users.add(target[1:])
        elif target.startswith("!subteam^"):
            groups.add(target.removeprefix("!subteam^"))
        elif target[:1] == "!" and target[1:] in _SPECIAL_WORDS:
            specials.add(target[1:])
    if not verbatim:
        specials.update(_RAW_SPECIAL.findall(_TOKEN.sub(" ", text)))
    return Mentions(frozenset(users), frozenset(groups), frozenset(specials))


def plain(
    text: str,
    zone: str | tzinfo,
    users: Mapping[str, str] | None = None,
    channels: Mapping[str, str] | None = None,
) -> str:
    """`text` as a person in `zone` reads it: links by their label, mentions by name, dates in that zone.

    `users` and `channels` give names by id; an id that they lack is shown itself. Marks of emphasis (``*bold*``)
    stay as they are. Times are shown by the 24-hour clock. Raises ZoneInfoNotFoundError for an unknown `zone`.
    """
    where = ZoneInfo(zone) if isinstance(zone, str) else zone
    names = {**(users or {}), **(channels or {})}
    return unescape(_TOKEN.sub(lambda found: _shown(found[1], where, names), text))


def _shown(token: str, zone: tzinfo, names: Mapping[str, str]) -> str:
    target, bar, label = token.partition("|")
    if target.startswith("!date^"):
        return shown_date(target, label, zone)
    if target.startswith(("@", "#")):
        sign, key = target[0], target[1:]
        return sign + (names.get(key) or label.lstrip(sign) or key)
    if target.startswith("!"):
        return label or f"@{target.removeprefix('!').removeprefix('subteam^')}"
    return label if bar and label else target.removeprefix("mailto:")


def escape_incoming(
    text: str,
    users: Mapping[str, str],
    channels: Mapping[str, str],
    *,
    groups: Mapping[str, str] | None = None,
    private: Collection[str] = (),
) -> str:
    """What Slack sends for a slash command's `text` when the command has ``should_escape``.

    `users`, `channels` and `groups` give ids by the name that a person types after ``@`` or ``#``. A user becomes
    ``<@U012|name>``, a channel ``<#C012|name>`` (``<#C012|>`` where its id is in `private`), a group
    ``<!subteam^S012|@name>``, ``@here`` ``<!here>``, an address in the web ``<https://...>``, an e-mail address
    ``<mailto:a@b.example|a@b.example>``. Names that nobody has stay text; ``&``, ``<`` and ``>`` are escaped.
    """
    names = _Names(users, channels, groups or {}, frozenset(private))
    return "".join(names.pieces(text))


_TYPED = re.compile(
    r"(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)'\"])"
    r"|(?P<mail>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?<!\w)(?P<sign>[@#])(?P<name>\w[\w.'-]*)"
)


@dataclass(frozen=True)
class _Names:
    """The names that a person's typing is looked up in."""

    users: Mapping[str, str]
    channels: Mapping[str, str]
    groups: Mapping[str, str]
    private: frozenset[str]

    def pieces(self, text: str) -> Iterator[str]:
        """`text`, piece by piece: escaped where it is text, as a token where it names something."""
        end = 0
        for found in _TYPED.finditer(text):
            yield escape(text[end : found.start()])
            yield self._token(found)
            end = found.end()
        yield escape(text[end:])

    def _token(self, found: re.Match[str]) -> str:
        if found["url"]:
            return f"<{escape(found['url'])}>"
        if found["mail"]:
            return f"<mailto:{found['mail']}|{found['mail']}>"
        typed = found["name"]
        for name in (typed, typed.rstrip(".'-")):
            token = self._channel(name) if found["sign"] == "#" else self._person(name)
            if token is not None:
                return token + escape(typed[len(name) :])
        return escape(found[0])

    def _channel(self, name: str) -> str | None:
        key = self.channels.get(name)
        if key is None:
            return None
        return f"<#{key}|>" if key in self.private else f"<#{key}|{name}>"

    def _person(self, name: str) -> str | None:
        if name in _SPECIAL_WORDS:
            return f"<!{name}>"
        if name in self.groups:
            return f"<!subteam^{self.groups[name]}|@{name}>"
        key = self.users.get(name)
        return None if key is None else f"<@{key}|{name}>"
