"""Files and the external upload flow.

Facts: https://docs.slack.dev/messaging/working-with-files (getUploadURLExternal, POST of the
bytes, completeUploadExternal).
"""

import mimetypes
import time
from dataclasses import dataclass, field

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject


@dataclass
class File:
    """One file; it is visible once the upload was completed."""

    id: str
    name: str
    length: int
    owner: str
    content: bytes | None = None
    title: str = ""
    completed: bool = False
    deleted: bool = False
    alt_txt: str = ""
    shares: dict[str, list[JsonObject]] = field(default_factory=dict)
    public_channels: set[str] = field(default_factory=set)
    given_to_app: bool = False  # in a view's file input
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def mimetype(self) -> str:
        """The media type guessed from the name, as Slack guesses it."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def as_json(self, base_url: str) -> JsonObject:
        """Return Slack's file object; `url_private` needs a token with `files:read`."""
        suffix = self.name.rpartition(".")[2].lower() if "." in self.name else "text"
        public = {id_: shares for id_, shares in self.shares.items() if id_ in self.public_channels}
        private = {id_: shares for id_, shares in self.shares.items() if id_ not in public}
        shares = {"public": public, "private": private}
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": suffix,
            "user": self.owner,
            "size": self.length,
            "mode": "hosted",
            "is_external": False,
            "is_public": bool(public),
            "url_private": f"{base_url}/files/{self.id}/{self.name}",
            "url_private_download": f"{base_url}/files/{self.id}/download/{self.name}",
            "channels": sorted(public),
            "groups": sorted(private),
            "shares": {key: value for key, value in shares.items() if value},
        }


class Files:
    """All files, and the upload tickets that are still open."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self.uploads: dict[str, str] = {}

    def find(self, file_id: str) -> File:
        """Return a completed file, or raise `file_not_found`."""
        file = self.files.get(file_id)
        if file is None or not file.completed:
            raise SlackError("file_not_found")
        if file.deleted:
            raise SlackError("file_deleted")
        return file

    def uploaded(self, file_id: str) -> File:
        """Return a file whose bytes have arrived, or raise `file_not_found`."""
        file = self.files.get(file_id)
        if file is None or file.content is None or file.deleted:
            raise SlackError("file_not_found")
        return file

    def receive(self, ticket: str, content: bytes) -> str | None:
        """Take the bytes of an upload; return why they are refused, or None."""
        file = self.files.get(self.uploads.get(ticket, ""))
        if file is None:
            return "unknown or used upload URL"
        if len(content) != file.length:
            return f"{len(content)} bytes arrived, {file.length} were announced"
        file.content = content
        del self.uploads[ticket]
        return None
