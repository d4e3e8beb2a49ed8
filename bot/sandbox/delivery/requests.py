"""HTTP mode: signed requests to the app's one request URL.

Facts: https://docs.slack.dev/authentication/verifying-requests-from-slack and
https://docs.slack.dev/apis/events-api (retry headers).
"""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import httpx

from bot.sandbox.delivery.answer import Answer, Parcel
from bot.sandbox.values import JsonObject

_FORM = "application/x-www-form-urlencoded"


class Requests:
    """The outlet over HTTP."""

    def __init__(self, url: str, signing_secret: str, acknowledge_within: float) -> None:
        self._url = url
        self._secret = signing_secret
        self._client = httpx.AsyncClient(
            timeout=acknowledge_within, follow_redirects=True, max_redirects=2, trust_env=False
        )

    async def send(self, parcel: Parcel) -> Answer:
        """Post once; only a 2xx answer within three seconds is an acknowledgement."""
        body, content_type = _encoded(parcel)
        headers = {"Content-Type": content_type, **signed(self._secret, body)}
        if parcel.attempt:
            headers["X-Slack-Retry-Num"] = str(parcel.attempt)
            headers["X-Slack-Retry-Reason"] = parcel.reason
        try:
            response = await self._client.post(self._url, content=body, headers=headers)
        except httpx.TimeoutException:
            return Answer("timeout", reason="http_timeout")
        except httpx.TooManyRedirects:
            return Answer("failed", reason="too_many_redirects")
        except httpx.HTTPError:
            return Answer("failed", reason="connection_failed")
        if not response.is_success:
            stop = response.headers.get("x-slack-no-retry") == "1"
            return Answer("failed", reason="http_error", stop=stop)
        return Answer("acknowledged", payload=_payload(response))

    async def close(self) -> None:
        """Close the connections to the app."""
        await self._client.aclose()


def signed(secret: str, body: bytes, at: int | None = None) -> dict[str, str]:
    """Return Slack's signature headers for a body sent at `at`, seconds since 1970."""
    moment = str(int(time.time()) if at is None else at)
    base = b"v0:" + moment.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


def _encoded(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload).encode(), "application/json"
    if parcel.kind == "slash_commands":
        return urlencode(parcel.payload).encode(), _FORM
    return urlencode({"payload": json.dumps(parcel.payload)}).encode(), _FORM


def _payload(response: httpx.Response) -> JsonObject | None:
    if not response.content.strip():
        return None
    try:
        answered = response.json()
    except ValueError:
        return {"text": response.text}
    return answered if isinstance(answered, dict) else {"text": response.text}
