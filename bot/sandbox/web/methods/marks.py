"""pins.*, reactions.* and bookmarks.*.

Facts: the method pages under https://docs.slack.dev/reference/methods.
"""

import re
import time

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call
from bot.sandbox.workspace import marks, posting
from bot.sandbox.workspace.conversations import Channel

MAXIMUM_BOOKMARKS = 100


def add_pin(call: Call) -> JsonObject:
    """Pin a message."""
    channel = call.open_channel()
    call.workspace.switches.refuse_if("refuse_pins", "restricted_action")
    message = call.message(channel, "timestamp")
    marks.pin(call.workspace, channel, message, call.bot)
    return {}


def remove_pin(call: Call) -> JsonObject:
    """Unpin a message."""
    channel = call.open_channel()
    marks.unpin(call.workspace, channel, call.message(channel, "timestamp"), call.bot)
    return {}


def list_pins(call: Call) -> JsonObject:
    """Return the pinned messages of a channel."""
    return {"items": marks.pins_json(call.workspace, call.joined_channel())}


def add_reaction(call: Call) -> JsonObject:
    """React to a message."""
    channel = call.open_channel()
    message = call.message(channel, "timestamp")
    marks.react(call.workspace, channel, message, call.bot, _emoji(call))
    return {}


def remove_reaction(call: Call) -> JsonObject:
    """Take the app's reaction back."""
    channel = call.open_channel()
    message = call.message(channel, "timestamp")
    marks.unreact(call.workspace, channel, message, call.bot, _emoji(call))
    return {}


def get_reactions(call: Call) -> JsonObject:
    """Return a message with its reactions."""
    channel = call.channel()
    message = call.message(channel, "timestamp")
    shown = posting.as_json(call.workspace, channel, message, all_metadata=False)
    return {"type": "message", "channel": channel.id, "message": shown}


def add_bookmark(call: Call) -> JsonObject:
    """Add a link to a channel's bookmarks."""
    channel = _bookmarked(call)
    call.workspace.switches.refuse_if("refuse_bookmarks", "permission_denied")
    if call.text("type") != "link":
        raise SlackError("invalid_bookmark_type")
    _check_bookmark(call)
    if len(channel.bookmarks) >= MAXIMUM_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    now = int(time.time())
    bookmark: JsonObject = {
        "id": call.workspace.identifiers.new("Bk"),
        "channel_id": channel.id,
        "title": call.text("title"),
        "link": call.text("link"),
        "emoji": call.text("emoji"),
        "type": "link",
        "date_created": now,
        "date_updated": now,
        "last_updated_by_user_id": call.bot,
    }
    channel.bookmarks.append(bookmark)
    return {"bookmark": bookmark}


def edit_bookmark(call: Call) -> JsonObject:
    """Change a bookmark's title, link or emoji."""
    channel = _bookmarked(call)
    bookmark = _bookmark(call, channel)
    _check_bookmark(call)
    given = {name: call.text(name) for name in ("title", "link", "emoji") if call.has(name)}
    bookmark.update(given, date_updated=int(time.time()), last_updated_by_user_id=call.bot)
    return {"bookmark": bookmark}


def remove_bookmark(call: Call) -> JsonObject:
    """Remove a bookmark."""
    channel = _bookmarked(call)
    channel.bookmarks.remove(_bookmark(call, channel))
    return {}


def list_bookmarks(call: Call) -> JsonObject:
    """Return a channel's bookmarks."""
    return {"bookmarks": call.joined_channel("channel_id").bookmarks}


def _bookmarked(call: Call) -> Channel:
    return call.open_channel("channel_id")


def _bookmark(call: Call, channel: Channel) -> JsonObject:
    wanted = call.text("bookmark_id")
    found = next((bookmark for bookmark in channel.bookmarks if bookmark["id"] == wanted), None)
    if found is None:
        raise SlackError("not_found")
    return found


def _check_bookmark(call: Call) -> None:
    required = call.method.name == "bookmarks.add"
    if (required or call.has("link")) and not re.match(r"https?://\S+$", call.text("link")):
        raise SlackError("invalid_link")
    if call.has("emoji") and not re.fullmatch(r":[a-z0-9_+'-]+:", call.text("emoji")):
        raise SlackError("invalid_emoji")


def _emoji(call: Call) -> str:
    name = call.text("name")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise SlackError("invalid_name")
    return name
