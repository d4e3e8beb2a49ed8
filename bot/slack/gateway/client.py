"""The one way to build slack_sdk's client: no retries of its own, no words in its log."""

import logging
import ssl

from slack_sdk import WebClient

TIMEOUT_SECONDS = 15


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
    client = WebClient(
        token=token, base_url=base_url, timeout=timeout, ssl=ssl_context, logger=mute, retry_handlers=[]
    )
    # Given None, slack_sdk takes HTTPS_PROXY itself and ignores NO_PROXY.
    client.proxy = proxy
    return client
