"""Rich text blocks as safe HTML. Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from bot.sandbox.page.emoji import EMOJI
from bot.sandbox.page.mrkdwn import link, mention
from bot.sandbox.page.viewer import Viewer
from bot.sandbox.rules.dates import shown_date

Element = Mapping[str, Any]

_STYLES = (("code", "code"), ("strike", "s"), ("italic", "em"), ("bold", "strong"))


def as_html(block: Element, viewer: Viewer) -> Markup:
    """A rich text block as `viewer` sees it."""
    return _joined(block.get("elements"), viewer)


def _joined(elements: object, viewer: Viewer) -> Markup:
    listed: Sequence[Element] = elements if isinstance(elements, list) else ()
    return Markup("").join(_one(element, viewer) for element in listed)


def _one(element: Element, viewer: Viewer) -> Markup:
    draw = _KINDS.get(str(element.get("type")))
    return escape(str(element.get("text", ""))) if draw is None else draw(element, viewer)


def _wrapped(tag: str) -> Callable[[Element, Viewer], Markup]:
    def draw(element: Element, viewer: Viewer) -> Markup:
        inner = _joined(element.get("elements"), viewer)
        return Markup(f"<{tag}>{{}}</{tag}>").format(inner)  # noqa: S704 - the tag is one of ours

    return draw


def _list(element: Element, viewer: Viewer) -> Markup:
    tag = "ol" if element.get("style") == "ordered" else "ul"
    items = Markup("").join(Markup("<li>{}</li>").format(_one(item, viewer)) for item in element["elements"])
    return Markup(f"<{tag}>{{}}</{tag}>").format(items)  # noqa: S704 - the tag is one of ours


def _text(element: Element, _viewer: Viewer) -> Markup:
    shown = escape(str(element["text"])).replace("\n", Markup("<br>"))
    for style, tag in _STYLES:
        if (element.get("style") or {}).get(style):
            shown = Markup(f"<{tag}>{{}}</{tag}>").format(shown)  # noqa: S704 - the tag is one of ours
    return shown


def _link(element: Element, _viewer: Viewer) -> Markup:
    url = str(element["url"])
    return link(url, str(element.get("text") or url))


def _user(element: Element, viewer: Viewer) -> Markup:
    key = str(element["user_id"])
    return mention("@", viewer.people.get(key, key))


def _channel(element: Element, viewer: Viewer) -> Markup:
    return mention("#", viewer.channels.get(str(element["channel_id"]), "private channel"))


def _group(element: Element, viewer: Viewer) -> Markup:
    key = str(element["usergroup_id"])
    return mention("@", viewer.groups.get(key, key))


def _broadcast(element: Element, _viewer: Viewer) -> Markup:
    return mention("@", str(element["range"]))


def _emoji(element: Element, _viewer: Viewer) -> Markup:
    name = str(element["name"])
    return escape(EMOJI.get(name, f":{name}:"))


def _date(element: Element, viewer: Viewer) -> Markup:
    token = f"!date^{element['timestamp']}^{element['format']}"
    return Markup("<time>{}</time>").format(
        shown_date(token, str(element.get("fallback") or "?"), viewer.zone, viewer.today)
    )


_KINDS: Mapping[str, Callable[[Element, Viewer], Markup]] = {
    "rich_text_section": _wrapped("span"),
    "rich_text_quote": _wrapped("blockquote"),
    "rich_text_preformatted": _wrapped("pre"),
    "rich_text_list": _list,
    "text": _text,
    "link": _link,
    "user": _user,
    "channel": _channel,
    "usergroup": _group,
    "broadcast": _broadcast,
    "emoji": _emoji,
    "date": _date,
}
