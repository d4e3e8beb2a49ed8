"""files.*: the external upload flow, and reading files back.

Facts: https://docs.slack.dev/messaging/working-with-files. files.upload is retired.
"""

import secrets

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.rules import blocks as block_rules
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call
from bot.sandbox.workspace import sharing
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.files import File
from bot.sandbox.workspace.posting import Content, Place

MOST_CHANNELS = 100
LONGEST_ALT_TEXT = 1000
LARGEST_SNIPPET = 1_000_000
LARGEST_FILE = 1_000_000_000


def get_upload_url(call: Call) -> JsonObject:
    """Announce a file and get the address for its bytes; an empty file is impossible."""
    workspace = call.workspace
    workspace.switches.refuse_if("uploads_disabled", "file_uploads_disabled")
    length = int(call.arguments["length"])
    if length <= 0:
        raise SlackError("missing_argument")
    if length > LARGEST_FILE:
        raise SlackError("file_upload_size_restricted")
    if call.has("snippet_type") and length > LARGEST_SNIPPET:
        raise SlackError("snippet_too_large")
    if len(call.text("alt_txt")) > LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = File(workspace.identifiers.new("F"), call.text("filename"), length, call.bot)
    file.alt_txt = call.text("alt_txt")
    workspace.files.files[file.id] = file
    ticket = secrets.token_urlsafe(24)
    workspace.files.uploads[ticket] = file.id
    return {"upload_url": f"{call.base_url}/upload/v1/{ticket}", "file_id": file.id}


def complete_upload(call: Call) -> JsonObject:
    """Make uploaded files visible: to the app alone, or shared in channels."""
    files = _announced(call)
    channels = _channels(call)
    if call.has("blocks"):
        problems = block_rules.check_blocks(call.arguments["blocks"], "message")
        if problems:
            raise SlackError("invalid_blocks", response_metadata={"messages": problems})
    thread_ts = call.optional("thread_ts")
    if thread_ts is not None and len(channels) != 1:
        raise invalid_arguments("`thread_ts` needs exactly one channel")
    for file in files:
        file.completed = True
    comment = Content(call.text("initial_comment"), call.arguments.get("blocks"))
    for channel in channels:
        sharing.share(call.workspace, channel, call.workspace.app.author, files, comment, Place(thread_ts))
    return {"files": [file.as_json(call.base_url) for file in files]}


def info(call: Call) -> JsonObject:
    """Return one file."""
    file = _visible(call, call.text("file"))
    shown = {"file": file.as_json(call.base_url), "comments": []}
    return {**shown, "response_metadata": {"next_cursor": ""}}


def list_files(call: Call) -> JsonObject:
    """Return the files that the app owns or can see, the latest first, a page at a time."""
    visible = [file for file in call.workspace.files.files.values() if _sees(call, file)]
    wanted = call.text("channel")
    chosen = [file for file in reversed(visible) if not wanted or wanted in file.shares]
    count = int(call.arguments.get("count", 100))
    number = int(call.arguments.get("page", 1))
    if count < 1 or number < 1:
        raise invalid_arguments("must be at least 1 [json-pointer:/count or /page]")
    shown = chosen[(number - 1) * count : number * count]
    pages = -(-len(chosen) // count)
    paging = {"count": count, "total": len(chosen), "page": number, "pages": pages}
    return {"files": [file.as_json(call.base_url) for file in shown], "paging": paging}


def delete(call: Call) -> JsonObject:
    """Delete one of the app's own files."""
    file = call.workspace.files.find(call.text("file"))
    if file.owner != call.bot:
        raise SlackError("cant_delete_file")
    sharing.delete_file(call.workspace, file)
    return {}


def _announced(call: Call) -> list[File]:
    entries = call.arguments["files"]
    if not isinstance(entries, list) or not entries:
        raise invalid_arguments("must be a list with at least one file [json-pointer:/files]")
    files = []
    for position, entry in enumerate(entries):
        if not _is_file(entry):
            raise invalid_arguments(f"must be {{id, title}} [json-pointer:/files/{position}]")
        file = call.workspace.files.uploaded(entry["id"])
        if file.completed or file.owner != call.bot:
            raise SlackError("file_update_failed")
        file.title = str(entry.get("title") or "")
        files.append(file)
    return files


def _is_file(entry: object) -> bool:
    if not isinstance(entry, dict) or set(entry) - {"id", "title", "highlight_type"}:
        return False
    return isinstance(entry.get("id"), str)


def _channels(call: Call) -> list[Channel]:
    ids = call.items("channels") or [call.text("channel_id")] * call.has("channel_id")
    if len(ids) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    channels = [call.workspace.channel_for(call.bot, channel_id) for channel_id in ids]
    for channel in channels:
        if call.bot not in channel.members:
            raise SlackError("not_in_channel")
        if channel.archived:
            raise SlackError("is_archived")
    return channels


def _visible(call: Call, file_id: str) -> File:
    file = call.workspace.files.find(file_id)
    if not _sees(call, file):
        raise SlackError("file_not_found")
    return file


def _sees(call: Call, file: File) -> bool:
    return sharing.sees(call.workspace, file, call.bot)
