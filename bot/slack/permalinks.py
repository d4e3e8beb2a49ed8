"""Addresses of messages, as ``chat.getPermalink`` writes them, and how a modal carries one."""

import re

from bot.slack.requests import Shortcut

_CARRIED = re.compile(r"([a-z0-9-]{1,40})_([CDG][A-Z0-9]{1,20})_([0-9]{1,12}\.[0-9]{1,6})", re.ASCII)
_LONGEST = 60  # what the note of a modal takes

_FILE = re.compile(
    r"https://[a-z0-9.-]+\.slack\.com/files/[UW][A-Z0-9]+/(F[A-Z0-9]{2,30})(?:[/?#].*)?", re.ASCII
)


def file_of(link: str | None) -> tuple[str, ...]:
    """Slack's id of the file whose address this is, as "Copy link" writes it; none for any other address."""
    found = _FILE.fullmatch(link or "")
    return (found[1],) if found else ()


def permalink(domain: str, channel: str, ts: str) -> str:
    """The message's address in the workspace https://<domain>.slack.com."""
    return f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"


def carried(shortcut: Shortcut) -> str | None:
    """The message of a shortcut as a modal's note may hold it; None when Slack told too little of it."""
    ts = shortcut.message.get("ts")
    written = f"{shortcut.domain}_{shortcut.channel}_{ts}"
    return written if len(written) <= _LONGEST and _CARRIED.fullmatch(written) else None


def link_of(note: str | None) -> str:
    """The address of the message that a modal's note holds; empty when it holds none."""
    found = _CARRIED.fullmatch(note or "")
    return permalink(found[1], found[2], found[3]) if found else ""
