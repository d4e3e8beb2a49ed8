"""Fetching files that people gave to Slack. The token goes to Slack's own hosts and nowhere else.

Slack answers a download that it does not allow with 200 and a page to sign in, and does not say so otherwise.
Facts: docs.slack.dev, "Working with files", and ``files.info``.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from slack_sdk import WebClient

from bot import clock
from bot.errors import PermanentFault, TransientFault, UnknownFault
from bot.slack.gateway.call import Caller, needed
from bot.slack.gateway.file_host import FileHost, check

METHOD = "url_private"
# Real seconds for the whole of a file.
LONGEST_FOR = 600.0
_PIECE = 1 << 16
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file as Slack describes it. ``shared_in`` are conversations; ``hosted`` says that Slack has its bytes."""

    id: str
    name: str
    type: str
    size: int
    owner: str
    url: str
    hosted: bool
    public: bool
    shared_in: frozenset[str]


class Downloads:
    """Files of one workspace. Thread safe."""

    def __init__(self, caller: Caller, client: WebClient) -> None:
        self._caller = caller
        self._token = client.token
        self._host = FileHost(client)

    def info(self, file: str) -> SharedFile:
        """``files.info``. Raises ``PermanentFault`` ``file_not_found`` or ``file_deleted`` when Slack has lost it."""
        method = "files.info"
        found: Mapping[str, Any] = needed(method, self._caller.ask(method, file=file).get("file"), dict)
        places = [found.get(name) or () for name in ("channels", "groups", "ims")]
        return SharedFile(
            id=file,
            name=str(found.get("name") or ""),
            type=str(found.get("mimetype") or ""),
            size=int(found.get("size") or 0),
            owner=str(found.get("user") or ""),
            url=str(found.get("url_private_download") or found.get("url_private") or ""),
            hosted=found.get("mode") not in {"external", "tombstone", "hidden_by_limit"},
            public=bool(found.get("is_public")),
            shared_in=frozenset(str(place) for listed in places for place in listed),
        )

    def fetch(self, file: SharedFile, write: Callable[[bytes], None]) -> None:
        """Hand the file's bytes to ``write``, piece by piece; what ``write`` raises ends the download.

        Raises ``PermanentFault`` when Slack will not give it: ``elsewhere`` (no address of Slack's),
        ``sign_in_page`` (the token may not read it), ``redirected`` or the HTTP status; other faults pass.
        """
        if not self._host.owns(file.url):
            raise PermanentFault(METHOD, "elsewhere")
        started = clock.monotonic()
        try:
            with self._streamed(file.url) as answer:
                _check(answer, file)
                for piece in answer.iter_bytes(_PIECE):
                    write(piece)
                    if clock.monotonic() - started > LONGEST_FOR:
                        raise TransientFault(METHOD, "too_slow")
        except httpx.ConnectError as error:
            raise TransientFault(METHOD, "cannot_connect", detail=type(error).__name__) from error
        except httpx.HTTPError as error:
            raise UnknownFault(METHOD, "connection_dropped", detail=type(error).__name__) from error

    @contextmanager
    def _streamed(self, url: str) -> Iterator[httpx.Response]:
        headers = {"Authorization": f"Bearer {self._token}"}
        with self._host.connection() as connection, connection.stream("GET", url, headers=headers) as answer:
            yield answer


def _check(answer: httpx.Response, file: SharedFile) -> None:
    check(METHOD, answer)
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _PAGES and file.type not in _PAGES:
        raise PermanentFault(METHOD, "sign_in_page")
