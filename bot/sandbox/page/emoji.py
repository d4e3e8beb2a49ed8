"""Emoji by the names that Slack gives them: those that the app and the page use.

A name that is not here is shown as `:name:`, as Slack shows the name of a custom emoji that was removed.
Source: https://docs.slack.dev/messaging/formatting-message-text#emoji.
"""

import re

EMOJI = {
    "alarm_clock": "⏰",
    "arrow_up": "⬆️",
    "bell": "🔔",
    "bust_in_silhouette": "👤",
    "calendar": "📅",
    "clap": "👏",
    "construction": "🚧",
    "eyes": "👀",
    "fire": "🔥",
    "heavy_check_mark": "✔️",
    "hourglass": "⌛",
    "hourglass_flowing_sand": "⏳",
    "large_blue_circle": "🔵",
    "large_green_circle": "🟢",
    "large_orange_circle": "🟠",
    "large_red_circle": "🔴",
    "large_yellow_circle": "🟡",
    "link": "🔗",
    "lock": "🔒",
    "memo": "📝",
    "no_entry": "⛔",
    "no_entry_sign": "🚫",
    "paperclip": "📎",
    "pushpin": "📌",
    "question": "❓",
    "raising_hand": "🙋",
    "red_circle": "🔴",
    "rotating_light": "🚨",
    "smile": "😄",
    "tada": "🎉",
    "thumbsup": "👍",
    "+1": "👍",
    "-1": "👎",
    "thumbsdown": "👎",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "white_circle": "⚪",
    "white_large_square": "⬜",
    "x": "❌",
}
REACTIONS = ("+1", "eyes", "white_check_mark", "pushpin", "tada")
"""The few that the page offers as reactions."""

_NAMED = re.compile(r":([a-z0-9_+-]+):")


def emojified(text: str) -> str:
    """`text` with the names of known emoji replaced by their characters."""
    return _NAMED.sub(lambda found: EMOJI.get(found[1], found[0]), text)
