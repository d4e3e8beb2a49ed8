"""Slack's mrkdwn as safe HTML: whatever is not Slack's own markup is shown, never obeyed.

Source: https://docs.slack.dev/messaging/formatting-message-text.
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from bot.sandbox.page.emoji import emojified
from bot.sandbox.page.viewer import Viewer
from bot.sandbox.rules.dates import shown_date
from bot.sandbox.rules.mrkdwn import unescape

_FENCED = re.compile(r"```(.*?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_TOKEN = re.compile(r"<([^<>\n]*)>")
_QUOTED = re.compile(r"(?:^(?:&gt;|>) ?.*(?:\n|$))+", re.MULTILINE)
_MARK = re.compile(r"^(?:&gt;|>) ?", re.MULTILINE)
_STYLES = (
    ("strong", re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")),
    ("em", re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])")),
    ("s", re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")),
)
# Finished pieces of HTML wait under these two characters, which are nobody's to type.
_OPEN, _SHUT = "\ue000", "\ue001"
_WAITING = re.compile(f"{_OPEN}([0-9]+){_SHUT}")
_LINKED = ("http://", "https://", "mailto:")


def as_html(text: str, viewer: Viewer) -> Markup:
    """`text` as `viewer` sees it where Slack renders mrkdwn."""
    return _Rendering(viewer).render(text.translate({ord(_OPEN): None, ord(_SHUT): None}))


def link(url: str, label: Markup | str) -> Markup:
    """A link that opens elsewhere; an address that is not of the web or of mail is only text."""
    if not url.startswith(_LINKED):
        return escape(label)
    return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(url, label)


def mention(sign: str, name: str) -> Markup:
    """A person, group or channel that is mentioned."""
    return Markup('<span class="mention">{}{}</span>').format(sign, name)


class _Rendering:
    """One text on its way to HTML: finished pieces are set aside until everything is escaped."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._pieces: list[Markup] = []

    def render(self, text: str) -> Markup:
        """The whole text: code first, since nothing inside of it is markup."""
        text = _FENCED.sub(self._kept(lambda inner: self._code("pre", inner.strip("\n"))), text)
        text = _CODE.sub(self._kept(lambda inner: self._code("code", inner)), text)
        text = _QUOTED.sub(lambda found: self._set_aside(self._quote(found[0])), text)
        return self._restored(self._inline(text))

    def _inline(self, text: str) -> Markup:
        text = _TOKEN.sub(self._kept(self._token), text)
        shown = str(escape(emojified(unescape(text))))
        for tag, pattern in _STYLES:
            shown = pattern.sub(rf"<{tag}>\1</{tag}>", shown)
        return Markup(shown.replace("\n", "<br>"))  # noqa: S704 - escaped two lines above, tags are ours

    def _quote(self, text: str) -> Markup:
        inner = self._inline(_MARK.sub("", text).rstrip("\n"))
        return Markup("<blockquote>{}</blockquote>").format(self._restored(inner))

    def _code(self, tag: str, inner: str) -> Markup:
        plain = unescape(_TOKEN.sub(lambda found: found[1].rpartition("|")[2], self._plain(inner)))
        return Markup(f"<{tag}>{{}}</{tag}>").format(plain)  # noqa: S704 - the tag is one of ours

    def _plain(self, text: str) -> str:
        return _WAITING.sub(lambda found: self._pieces[int(found[1])].striptags(), text)

    def _token(self, token: str) -> Markup:
        target, _, label = token.partition("|")
        viewer = self._viewer
        if target.startswith("!date^"):
            shown = shown_date(target, unescape(label), viewer.zone, viewer.today)
            return Markup('<time class="moment">{}</time>').format(shown)
        if target.startswith("!subteam^"):
            key = target.removeprefix("!subteam^")
            return mention("@", viewer.groups.get(key) or label.lstrip("@") or key)
        if target[:1] == "!":
            return mention("@", target[1:])
        if re.fullmatch(r"@[UW][A-Z0-9]+", target):
            return mention("@", viewer.people.get(target[1:]) or label or target[1:])
        if re.fullmatch(r"#[CG][A-Z0-9]+", target):
            return mention("#", viewer.channels.get(target[1:]) or label or "private channel")
        if target.startswith(_LINKED):
            url = unescape(target)
            return link(url, unescape(label) or url.removeprefix("mailto:"))
        return escape(f"<{unescape(token)}>")

    def _kept(self, made: Callable[[str], Markup]) -> Callable[[re.Match[str]], str]:
        return lambda found: self._set_aside(made(found[1]))

    def _set_aside(self, piece: Markup) -> str:
        self._pieces.append(piece)
        return f"{_OPEN}{len(self._pieces) - 1}{_SHUT}"

    def _restored(self, shown: Markup) -> Markup:
        restored = _WAITING.sub(lambda found: str(self._pieces[int(found[1])]), str(shown))
        return Markup(restored)  # noqa: S704 - every piece is Markup already
