"""Fetching files that people gave to Slack. The token goes to Slack's own hosts and nowhere else.

Slack answers a download that it does not allow with 200 and a page to sign in, and does not say so otherwise.
Facts: docs.slack.dev, "Working with files", and ``files.info``.
"""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx
from slack_sdk import WebClient

from bot import clock
from bot.errors import PermanentFault, TransientFault, UnknownFault
from bot.slack.faults import DEFAULT_RETRY_AFTER
from bot.slack.gateway.call import Caller, needed

METHOD = "url_private"
SLACKS_HOST = "files.slack.com"
# Real seconds: of silence, and for the whole of a file.
PATIENCE_FOR = 30.0
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
        self._api = urlsplit(client.base_url)
        self._client = client

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
        if not self._is_slacks(file.url):
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
    def _streamed(self, url: str) -> Any:
        with (
            httpx.Client(
                verify=self._client.ssl if self._client.ssl is not None else True,
                proxy=self._client.proxy,
                timeout=PATIENCE_FOR,
                follow_redirects=False,
                trust_env=False,
            ) as client,
            client.stream("GET", url, headers={"Authorization": f"Bearer {self._token}"}) as answer,
        ):
            yield answer

    def _is_slacks(self, url: str) -> bool:
        """Whether the address is on Slack's file host, or on the very server that the Web API is called at."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if parts.username is not None or parts.password is not None:
            return False
        if (parts.scheme, parts.hostname, port or 443) == ("https", SLACKS_HOST, 443):
            return True
        return (parts.scheme, parts.hostname, port) == (
            self._api.scheme,
            self._api.hostname,
            self._api.port,
        )


def _check(answer: httpx.Response, file: SharedFile) -> None:
    status = answer.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        seconds = answer.headers.get("retry-after", "")
        after = float(seconds) if seconds.isascii() and seconds.isdigit() else DEFAULT_RETRY_AFTER
        raise TransientFault(METHOD, "ratelimited", retry_after=after)
    if answer.is_redirect:
        raise PermanentFault(METHOD, "redirected")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TransientFault(METHOD, f"http_{status}")
    if status != HTTPStatus.OK:
        raise PermanentFault(METHOD, f"http_{status}")
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _PAGES and file.type not in _PAGES:
        raise PermanentFault(METHOD, "sign_in_page")
