"""Whether Slack takes a message (chat.postMessage, chat.postEphemeral, chat.update, response_url)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.sandbox.rules.blocks import check_blocks, text_length
from bot.sandbox.rules.layouts import MARKDOWN_LENGTH
from bot.sandbox.rules.metadata import check_metadata
from bot.sandbox.rules.payload import decoded
from bot.sandbox.rules.problem import problem
from bot.sandbox.rules.schema import is_list

LONGEST_UPDATE = 4_000
MOST_BLOCK_TEXT = 13_200
MOST_ATTACHMENTS = 100
CONTENT = ("text", "blocks", "attachments", "markdown_text")


@dataclass(frozen=True)
class MessageProblem:
    """Why a message is refused: Slack's error code, and the lines of ``response_metadata.messages``."""

    error: str
    messages: tuple[str, ...] = ()


def check_message(arguments: Mapping[str, object], *, update: bool) -> MessageProblem | None:
    """The first reason for which Slack would refuse a message with these `arguments`, or None.

    `arguments` are those of the call, each as JSON or as a string of JSON; only the message itself is looked at
    (text, blocks, attachments, markdown_text, metadata). `update` says that it is chat.update, whose text may have
    4,000 characters; a posted text is never too long, because Slack cuts it at 40,000. Never raises.
    Source: docs.slack.dev/reference/methods/chat.postMessage and chat.update; the sum of the text in blocks is not
    documented, 13,200 was measured by others (github.com/slackapi/bolt-js/issues/2509).
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    return next(_reasons(given, update=update), None)


def _reasons(given: Mapping[str, object], *, update: bool) -> Iterator[MessageProblem]:
    if not any(_says(name, given) for name in CONTENT):
        yield MessageProblem("no_text")
    yield from _text(given, update=update)
    yield from _blocks(given)
    yield from _attachments(given)
    if "metadata" in given:
        error = check_metadata(given["metadata"], update=update)
        if error is not None:
            yield MessageProblem(error)


def _says(name: str, given: Mapping[str, object]) -> bool:
    """Whether an argument has content; an empty list, in JSON or as a string of JSON, has none."""
    value = given.get(name)
    if isinstance(value, str):
        return value.strip() not in (("", "[]") if name in ("blocks", "attachments") else ("",))
    return bool(value)


def _text(given: Mapping[str, object], *, update: bool) -> Iterator[MessageProblem]:
    for name in ("text", "markdown_text"):
        if not isinstance(given.get(name, ""), str):
            yield MessageProblem("invalid_arguments", (problem("must provide a string", f"/{name}"),))
    text, markdown = str(given.get("text", "")), str(given.get("markdown_text", ""))
    if "markdown_text" in given and ("text" in given or "blocks" in given):
        yield MessageProblem("markdown_text_conflict")
    if len(markdown) > MARKDOWN_LENGTH or (update and len(text) > LONGEST_UPDATE):
        yield MessageProblem("msg_too_long")


def _blocks(given: Mapping[str, object]) -> Iterator[MessageProblem]:
    if "blocks" not in given:
        return
    blocks = _listed(given["blocks"])
    if blocks is None:
        yield MessageProblem("invalid_blocks_format")
    elif problems := check_blocks(blocks, "message"):
        yield MessageProblem("invalid_blocks", tuple(problems))
    elif text_length(blocks) > MOST_BLOCK_TEXT:
        yield MessageProblem("msg_blocks_too_long")


def _attachments(given: Mapping[str, object]) -> Iterator[MessageProblem]:
    if "attachments" not in given:
        return
    attachments = _listed(given["attachments"])
    if attachments is None:
        yield MessageProblem("invalid_attachments")
    elif len(attachments) > MOST_ATTACHMENTS:
        yield MessageProblem("too_many_attachments")
    elif problems := [line for number, item in enumerate(attachments) for line in _attachment(item, number)]:
        yield MessageProblem("invalid_attachments", tuple(problems))


def _listed(argument: object) -> Sequence[object] | None:
    """The list that an argument is or says, or None where it is or says something else."""
    try:
        value = decoded(argument)
    except ValueError:
        return None
    return value if is_list(value) else None


def _attachment(attachment: object, number: int) -> Iterator[str]:
    at = f"/attachments/{number}"
    if not isinstance(attachment, Mapping):
        yield problem("must provide an object", at)
    elif "blocks" in attachment:
        yield from check_blocks(attachment["blocks"], "message", f"{at}/blocks")
