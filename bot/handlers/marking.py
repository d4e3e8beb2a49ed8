"""The reaction `:pushpin:` in a burst's channel: the message goes into the log."""

from bot.operations.mark_message import mark_message
from bot.operations.office import Office, Request
from bot.slack.heard import mapping_in, moment, text_in
from bot.slack.requests import Event

_PUSHPIN = "pushpin"


def reacted(office: Office, event: Event) -> None:
    """``reaction_added``: other reactions are talk. One that is taken back takes nothing out of the log."""
    item = mapping_in(event.body, "item")
    channel, ts = text_in(item, "channel"), moment(item)
    if event.text("reaction") == _PUSHPIN and text_in(item, "type") == "message" and channel and ts:
        # Slack does not say of which workspace somebody is who reacts; the directory knows guests and strangers.
        mark_message(office, Request(event.key, event.text("user"), office.team), channel, ts)


EVENTS = {"reaction_added": reacted}
