"""Whether a Web API call is one that Slack documents, as Slack's own library knows its methods and blocks.

The sandbox has its own rules; these are somebody else's, and our own limits beside them (docs.slack.dev,
"Rate limits" and each method's page; the sizes that we keep are smaller than what Slack takes).
"""

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slack_sdk.webhook import WebhookClient

from bot.slack.ids import METADATA_EVENT
from bot.slack.views.fit import MESSAGE_BLOCKS, MESSAGE_TEXT, text_length

RESPONSE_URL = "response_url"
# The library gives these by itself.
NOT_OURS = frozenset({"self", "kwargs", "token", "app_token"})
# A refusal of this kind says that the call itself was wrong, whatever the workspace looks like.
MISTAKES = frozenset(
    {
        "block_mismatch", "cannot_reply_to_message", "invalid_arg_name", "invalid_arguments", "invalid_array_arg",
        "invalid_blocks", "invalid_blocks_format", "invalid_charset", "invalid_cursor", "invalid_form_data",
        "invalid_json", "invalid_limit", "invalid_metadata_format", "invalid_metadata_schema",
        "invalid_name", "invalid_name_maxlength", "invalid_name_punctuation", "invalid_name_required",
        "invalid_name_specials", "invalid_post_type", "invalid_types", "json_not_object", "metadata_too_large",
        "method_deprecated", "missing_argument", "missing_scope", "msg_blocks_too_long", "msg_too_long",
        "no_text", "not_allowed_token_type", "not_authed", "too_long", "too_many_users", "unknown_method",
        "view_too_large",
    }
)  # fmt: skip
LONGEST_TEXT, LONGEST_TOPIC, LARGEST_METADATA, MOST_INVITED = 4_000, 250, 2_000, 100
CHANNEL_NAME = re.compile(r"[a-z0-9_-]{1,80}")


def undocumented(call: Mapping[str, Any]) -> list[str]:
    """What is wrong with a call of the sandbox's record, one line each; empty when it is as Slack documents it."""
    method, arguments = str(call["method"]), dict(call["arguments"])
    problems = [*_arguments(method, arguments), *_content(method, arguments)]
    if call.get("error") in MISTAKES:
        problems.append(f"refused as {call['error']}")
    return [f"{method}: {problem}" for problem in problems]


def _arguments(method: str, arguments: Mapping[str, Any]) -> Iterator[str]:
    if method == RESPONSE_URL:
        known = inspect.signature(WebhookClient.send).parameters
        arguments = {name: value for name, value in arguments.items() if name != "url"}
    else:
        called = getattr(WebClient, method.replace(".", "_"), None)
        if called is None:
            yield "Slack's library has no such method"
            return
        known = inspect.signature(called).parameters
    names = set(known) - NOT_OURS
    yield from (f"no argument {name}" for name in sorted(set(arguments) - names))
    needed = {name for name in names if known[name].default is inspect.Parameter.empty}
    yield from (f"lacks {name}" for name in sorted(needed - set(arguments)))


def _content(method: str, arguments: Mapping[str, Any]) -> Iterator[str]:
    blocks = _read(arguments.get("blocks"))
    if blocks is not None:
        yield from _blocks(blocks)
    if "view" in arguments:
        yield from _view(_read(arguments["view"]))
    if len(str(arguments.get("text", ""))) > LONGEST_TEXT:
        yield "a text that an edit could not have"
    if method == "chat.postMessage":
        yield from _posted(arguments)
    if len(str(arguments.get("topic", ""))) > LONGEST_TOPIC:
        yield "a topic that is too long"
    if method == "conversations.create" and not CHANNEL_NAME.fullmatch(str(arguments.get("name"))):
        yield "a name that no channel can have"
    if method == "conversations.invite" and len(str(arguments.get("users")).split(",")) > MOST_INVITED:
        yield "more people than one call invites"


def _blocks(blocks: Any) -> Iterator[str]:
    if not isinstance(blocks, list):
        yield "blocks that are no list"
        return
    if len(blocks) > MESSAGE_BLOCKS or sum(text_length(block) for block in blocks) > MESSAGE_TEXT:
        yield "more blocks, or more text in them, than a message takes"
    for block in blocks:
        yield from _made(Block.parse, block)


def _view(view: Any) -> Iterator[str]:
    yield from _made(lambda given: View(**given), view)
    for block in view.get("blocks", []) if isinstance(view, dict) else []:
        yield from _made(Block.parse, block)


def _made(parse: Any, given: Any) -> Iterator[str]:
    """What Slack's library says when it makes the thing itself."""
    try:
        made = parse(given)
    except (SlackObjectFormationError, TypeError) as error:
        yield f"{error}"[:200]
        return
    if made is None or isinstance(made, dict):
        yield f"a block that the library does not know: {str(given)[:100]}"
        return
    try:
        made.to_dict()
    except SlackObjectFormationError as error:
        yield f"{error}"[:200]


def _posted(arguments: Mapping[str, Any]) -> Iterator[str]:
    if not arguments.get("text"):
        yield "no words for notifications"
    for unfurl in ("unfurl_links", "unfurl_media"):
        if str(arguments.get(unfurl)).lower() not in {"false", "0"}:
            yield f"{unfurl} is not off"
    metadata = _read(arguments.get("metadata"))
    if not isinstance(metadata, dict) or metadata.get("event_type") != METADATA_EVENT:
        yield "no metadata by which it could be found again"
    elif len(json.dumps(metadata)) > LARGEST_METADATA:
        yield "more metadata than Slack surely takes"


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
