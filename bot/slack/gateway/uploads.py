"""Sharing files of our own: announced, sent to Slack's file host, and then shown in a conversation.

Only the last of the three shows anything: what breaks off before it is begun anew, and leaves nothing behind.
Facts: docs.slack.dev, "Working with files", ``files.getUploadURLExternal`` and ``files.completeUploadExternal``.
"""

import json
from dataclasses import dataclass

import httpx
from slack_sdk import WebClient

from bot.errors import PermanentFault, TransientFault
from bot.slack.gateway.call import Caller, needed
from bot.slack.gateway.file_host import FileHost, check

METHOD = "upload_url"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file to be shared; it is not empty, which Slack would refuse."""

    name: str
    title: str
    content: bytes


class Uploads:
    """Files that go into one workspace. Thread safe."""

    def __init__(self, caller: Caller, client: WebClient) -> None:
        self._caller = caller
        self._host = FileHost(client)

    def share(self, file: OwnFile, channel: str, *, thread_ts: str | None = None) -> None:
        """Show the file in ``channel``, in its thread ``thread_ts`` if given. Not safe to repeat: look first.

        Raises the gateway's faults; an address that is not Slack's is sent nothing (``PermanentFault`` ``elsewhere``).
        """
        method = "files.getUploadURLExternal"
        announced = self._caller.ask(method, filename=file.name, length=len(file.content))
        file_id = needed(method, announced.get("file_id"), str)
        self._send(needed(method, announced.get("upload_url"), str), file.content)
        self._caller.ask(
            "files.completeUploadExternal",
            files=json.dumps([{"id": file_id, "title": file.title}]),
            channel_id=channel,
            thread_ts=thread_ts,
        )

    def _send(self, url: str, content: bytes) -> None:
        if not self._host.owns(url):
            raise PermanentFault(METHOD, "elsewhere")
        try:
            with self._host.connection() as connection:
                answer = connection.post(
                    url, content=content, headers={"Content-Type": "application/octet-stream"}
                )
        except httpx.HTTPError as error:
            raise TransientFault(METHOD, "connection_dropped", detail=type(error).__name__) from error
        check(METHOD, answer)
