"""Slack's file host: whose addresses files are fetched from and sent to, and what its answers mean."""

from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
from slack_sdk import WebClient

from bot.errors import PermanentFault, TransientFault
from bot.slack.faults import DEFAULT_RETRY_AFTER

SLACKS_HOST = "files.slack.com"
# Real seconds of silence.
PATIENCE_FOR = 30.0


class FileHost:
    """Where ``client``'s workspace keeps its files. Thread safe."""

    def __init__(self, client: WebClient) -> None:
        self._api = urlsplit(client.base_url)
        self._client = client

    def connection(self) -> httpx.Client:
        """A connection by the client's own proxy and certificates; it follows no redirect."""
        return httpx.Client(
            verify=self._client.ssl if self._client.ssl is not None else True,
            proxy=self._client.proxy,
            timeout=PATIENCE_FOR,
            follow_redirects=False,
            trust_env=False,
        )

    def owns(self, url: str) -> bool:
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


def check(method: str, answer: httpx.Response) -> None:
    """Raises the fault that anything but 200 is: ``redirected`` or the HTTP status; too many and 5xx will pass."""
    status = answer.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        seconds = answer.headers.get("retry-after", "")
        after = float(seconds) if seconds.isascii() and seconds.isdigit() else DEFAULT_RETRY_AFTER
        raise TransientFault(method, "ratelimited", retry_after=after)
    if answer.is_redirect:
        raise PermanentFault(method, "redirected")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TransientFault(method, f"http_{status}")
    if status != HTTPStatus.OK:
        raise PermanentFault(method, f"http_{status}")
