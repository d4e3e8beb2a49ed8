"""Answers through a response URL.

Facts: https://docs.slack.dev/interactivity/handling-user-interaction: ephemeral by default,
works without membership, cannot turn an ephemeral message into a public one.
"""

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject
from bot.sandbox.web.arguments import signature
from bot.sandbox.web.limits import HUNDREDS
from bot.sandbox.web.method import Call, Method
from bot.sandbox.web.methods.chat import check_message, content
from bot.sandbox.web.scopes import Scopes
from bot.sandbox.workspace import posting
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.messages import Message
from bot.sandbox.workspace.posting import Place
from bot.sandbox.workspace.triggers import ResponseUrl


def respond(call: Call) -> JsonObject:
    """Post, replace or delete what the response URL allows; raise `expired_url` or `used_url`."""
    url = call.workspace.response_urls.urls.get(call.text("url"))
    if url is None:
        raise SlackError("invalid_url")
    url.use()
    channel = call.workspace.conversations.find(url.channel)
    if channel is None:
        raise SlackError("channel_not_found")
    original = _original(channel, url)
    if call.flag("delete_original"):
        _delete(call, channel, original)
        return {}
    check_message(call, update=False)
    if call.flag("replace_original") and original is not None:
        posting.replace(call.workspace, channel, original, call.bot, content(call))
        return {}
    visible_to = None if call.text("response_type") == "in_channel" else url.user
    place = Place(thread_ts=call.optional("thread_ts"), visible_to=visible_to)
    posting.post(call.workspace, channel, call.workspace.app.author, content(call), place)
    return {}


RESPOND = Method(
    name="response_url",
    rate=HUNDREDS,
    scopes=Scopes(),
    arguments=signature(
        "url! text blocks:json attachments:json metadata:json response_type replace_original:bool "
        "delete_original:bool thread_ts mrkdwn:bool unfurl_links:bool unfurl_media:bool"
    ),
    perform=respond,
    token="none",
    posts_to="url",
)
"""The row of response URLs, checked, limited and recorded like any method."""


def _original(channel: Channel, url: ResponseUrl) -> Message | None:
    if url.message_ts is None:
        return None
    ephemeral = channel.timeline.find_ephemeral(url.message_ts)
    return ephemeral or channel.timeline.find(url.message_ts)


def _delete(call: Call, channel: Channel, original: Message | None) -> None:
    if original is None:
        raise SlackError("message_not_found")
    if original.visible_to is None:
        posting.delete(call.workspace, channel, original)
    else:
        channel.timeline.remove(original)
