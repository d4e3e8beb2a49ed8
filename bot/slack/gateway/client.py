"""The one way to build slack_sdk's client: connections that stay, no retries of its own, no words in its log.

slack_sdk opens a connection for every call, and with it, outside a test, a TLS handshake through the
hospital's proxy. Ours keeps them: the sender's calls follow each other within seconds. A connection that
Slack closed meanwhile is noticed before it is used; one that breaks under a call leaves it open what
happened, like any other.
"""

import logging
import ssl
import weakref
from functools import cached_property
from typing import Any
from urllib.error import URLError
from urllib.request import Request

import httpx
from slack_sdk import WebClient

TIMEOUT_SECONDS = 15
# Shorter than what load balancers and firewalls on the way grant a silent connection.
KEPT_FOR_SECONDS = 30.0
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=16, keepalive_expiry=KEPT_FOR_SECONDS)


class KeptAlive(WebClient):
    """slack_sdk's client with its one place that talks HTTP replaced. Thread safe, as httpx is."""

    @cached_property
    def _http(self) -> httpx.Client:
        """Made at the first call, when proxy and trust are known."""
        client = httpx.Client(
            verify=self.ssl or _trust(self.base_url),
            proxy=self.proxy,
            timeout=self.timeout,
            limits=_LIMITS,
            trust_env=False,
        )
        weakref.finalize(self, client.close)
        return client

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """One POST, answered whatever its status; what goes wrong is raised as urllib would."""
        body = req.data if isinstance(req.data, bytes) else None
        try:
            answer = self._http.post(url, content=body, headers=dict(req.header_items()))
        except httpx.ConnectError as error:
            raise URLError(_system_error(error)) from error
        except httpx.TimeoutException as error:
            raise TimeoutError(type(error).__name__) from error
        except httpx.TransportError as error:
            raise ConnectionError(type(error).__name__) from error
        return {"status": answer.status_code, "headers": answer.headers, "body": answer.text}


def web_client(
    token: str,
    *,
    base_url: str,
    proxy: str | None,
    ssl_context: ssl.SSLContext | None,
    timeout: int = TIMEOUT_SECONDS,
) -> WebClient:
    """A client for ``base_url``, which ends in a slash; ``timeout`` in real seconds.

    slack_sdk's retry handler would send a post again after a dropped connection, without looking
    whether it arrived, so there is none. Its logger writes bodies and error texts, so it is mute.
    """
    mute = logging.getLogger("bot.slack.gateway.sdk")
    mute.setLevel(logging.CRITICAL + 1)
    client = KeptAlive(
        token=token, base_url=base_url, timeout=timeout, ssl=ssl_context, logger=mute, retry_handlers=[]
    )
    # Given None, slack_sdk takes HTTPS_PROXY itself and ignores NO_PROXY.
    client.proxy = proxy
    return client


def _trust(base_url: str) -> ssl.SSLContext:
    """The machine's trust store; where there is no TLS, none, since reading it takes longer than a call."""
    if base_url.startswith("https:"):
        return ssl.create_default_context()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _system_error(error: BaseException) -> BaseException:
    """What the system said when no connection came about, which tells whether anything can have been sent."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):
        cause = cause.__cause__ or cause.__context__
    return error if cause is None else cause
