"""What went wrong with a Web API call, as one of three kinds.

*Transient*: nothing happened at Slack, try again later. *Permanent*: Slack refused and will refuse
again. *Unknown*: it may or may not have taken effect, so look before trying again. Codes:
docs.slack.dev, "Errors" of each method; ``internal_error`` and ``fatal_error`` are documented as
"some aspect of the operation succeeded before the error".
"""

import errno
import socket
import ssl
from http import HTTPStatus
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.errors import PermanentFault, SlackFault, TransientFault, UnknownFault

DEFAULT_RETRY_AFTER = 30.0

_RATE_LIMITED = frozenset({"ratelimited", "rate_limited"})
_TRANSIENT = frozenset(
    {
        "fetch_members_failed",
        "message_limit_exceeded",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "too_many_requests",
        "update_failed",
    }
)
_AMBIGUOUS = frozenset({"", "fatal_error", "internal_error"})
_DEAD_CREDENTIALS = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
_NEVER_SENT = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


class DeadCredentials(PermanentFault):
    """The bot token is no longer good for anything: stop calling and tell the administrator."""


class Paced(TransientFault):
    """No call was made, because our own pacing says that it is too early; ``retry_after`` says how long."""

    def __init__(self, method: str, wait: float) -> None:
        super().__init__(method, "paced", retry_after=wait)


class LeaseLost(TransientFault):
    """No call was made, because another process may have taken over what this one was doing."""

    def __init__(self, method: str) -> None:
        super().__init__(method, "lease_lost")


def fault_of(method: str, error: Exception) -> SlackFault:
    """The kind of fault that ``error``, raised by slack_sdk for a call of ``method``, is."""
    if isinstance(error, SlackApiError) and isinstance(error.response, SlackResponse):
        return _answered(method, error.response)
    if isinstance(error, UnicodeEncodeError):
        return PermanentFault(method, "not_encodable")
    if isinstance(error, SlackClientError):
        return PermanentFault(method, "invalid_request", detail=type(error).__name__)
    if isinstance(error, URLError) and _was_never_sent(error.reason):
        return TransientFault(method, "cannot_connect", detail=type(error.reason).__name__)
    return UnknownFault(method, _transport_name(error), detail=type(error).__name__)


def retry_after(response: SlackResponse) -> float:
    """The seconds of ``Retry-After``, or a cautious default when it is missing or no number."""
    headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
    value = headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() else DEFAULT_RETRY_AFTER


def _answered(method: str, response: SlackResponse) -> SlackFault:
    data = response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error", ""))
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or code in _RATE_LIMITED:
        return TransientFault(method, "ratelimited", retry_after=retry_after(response))
    if not _is_code(code):
        return _not_slacks_words(method, response.status_code)
    if code in _TRANSIENT:
        return TransientFault(method, code)
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or code in _AMBIGUOUS:
        return UnknownFault(method, code or f"http_{response.status_code}")
    if code in _DEAD_CREDENTIALS:
        return DeadCredentials(method, code)
    return PermanentFault(method, code, detail=_detail(data))


def _not_slacks_words(method: str, status: int) -> SlackFault:
    """A body that is not JSON. Below 500 a proxy on the way answered, and Slack never saw the call."""
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return TransientFault(method, f"http_{status}")
    return UnknownFault(method, "not_json" if status == HTTPStatus.OK else f"http_{status}")


def _is_code(code: str) -> bool:
    return all(character.isalnum() or character in "_-" for character in code)


def _detail(data: dict[str, object]) -> str:
    """What the administrator needs to mend it: the missing scope, or the place in the blocks; never text."""
    if needed := data.get("needed"):
        return f"needed scope: {needed}"
    metadata = data.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return "; ".join(str(message) for message in messages)[:300] if isinstance(messages, list) else ""


def _was_never_sent(reason: object) -> bool:
    if isinstance(reason, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return True
    return isinstance(reason, OSError) and reason.errno in _NEVER_SENT


def _transport_name(error: Exception) -> str:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return "timeout"
    return "connection_dropped" if isinstance(reason, OSError) else "unreadable_answer"
