"""The reaction `:pushpin:` in a burst's channel: the message goes into the log."""

from bot.operations.mark_message import mark_message, unmark_message
from bot.operations.office import Office, Request
from bot.slack.heard import mapping_in, moment, text_in
from bot.slack.requests import Event

_PUSHPIN = "pushpin"


def reacted(office: Office, event: Event) -> None:
    """``reaction_added``: other reactions are talk."""
    if (marked := _marked(event)) is not None:
        mark_message(office, _request(office, event), *marked)


def reaction_removed(office: Office, event: Event) -> None:
    """``reaction_removed``: a mark that is taken back takes nothing out of the log."""
    if (marked := _marked(event)) is not None:
        unmark_message(office, _request(office, event), *marked)


def _marked(event: Event) -> tuple[str, str] | None:
    """The message that a pushpin is on, by its channel and ``ts``."""
    item = mapping_in(event.body, "item")
    channel, ts = text_in(item, "channel"), moment(item)
    is_mark = event.text("reaction") == _PUSHPIN and text_in(item, "type") == "message"
    return (channel, ts) if is_mark and channel and ts else None


def _request(office: Office, event: Event) -> Request:
    # Slack does not say of which workspace somebody is who reacts; the directory knows guests and strangers.
    return Request(event.key, event.text("user"), office.team)


EVENTS = {"reaction_added": reacted, "reaction_removed": reaction_removed}
