"""One Web API call: asks the pacer, calls, counts, and turns what went wrong into a fault."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event
from typing import Any, TypeAlias

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot import clock
from bot.errors import SlackFault, TransientFault, UnknownFault
from bot.slack.faults import LeaseLost, Paced, fault_of
from bot.slack.pacing import Pacer

# Told of every call that was made: the method, "ok" or the fault's code, real seconds it took.
OnCall: TypeAlias = Callable[[str, str, float], None]
# Lets real seconds pass.
Wait: TypeAlias = Callable[[float], object]

# How long, in real seconds, one page of a list is waited for: a method's window is free again after a minute.
PATIENCE_FOR = 60.0


_ALLOWED: ContextVar[Callable[[], bool]] = ContextVar("allowed", default=lambda: True)


@contextmanager
def only_while(allowed: Callable[[], bool]) -> Iterator[None]:
    """Let this thread make calls only while ``allowed`` says so; they raise ``LeaseLost`` when it does not."""
    before = _ALLOWED.set(allowed)
    try:
        yield
    finally:
        _ALLOWED.reset(before)


def unwatched(method: str, outcome: str, seconds: float) -> None:
    """Nobody counts the calls."""


class Caller:
    """Makes Web API calls with one client. Thread safe."""

    def __init__(
        self, client: WebClient, pacer: Pacer, on_call: OnCall = unwatched, wait: Wait | None = None
    ) -> None:
        self._client = client
        self._pacer = pacer
        self._on_call = on_call
        self._wait = wait or Event().wait

    def send(
        self, method: str, *, posts_to: str | None = None, fine: Collection[str] = (), **arguments: object
    ) -> SlackResponse:
        """Call a method that changes something, as JSON; arguments that are None are left out.

        ``posts_to`` is the channel of a post: an argument, and paced. The error codes in ``fine``
        mean that what was wanted is already so. Raises ``TransientFault`` (``Paced`` when it is too
        early and nothing was sent), ``PermanentFault`` or ``UnknownFault``.
        """
        body = {name: value for name, value in arguments.items() if value is not None}
        if posts_to is not None:
            body["channel"] = posts_to
        return self._call(method, posts_to, fine, {"json": body})

    def ask(self, method: str, **arguments: object) -> SlackResponse:
        """Call a method that only reads, as a form, because Slack reads JSON for writes alone."""
        body = {name: value for name, value in arguments.items() if value is not None}
        return self._call(method, None, (), {"params": body})

    def ask_patiently(self, method: str, **arguments: object) -> SlackResponse:
        """``ask`` for a page of a list, waiting out our own pacing, so that the pages before are not lost.

        Not for handlers, whom Slack waits for. Raises ``Paced`` only after ``PATIENCE_FOR``.
        """
        waited = 0.0
        while True:
            try:
                return self.ask(method, **arguments)
            except Paced as paced:
                seconds = paced.retry_after or 0.0
                waited += seconds
                if waited > PATIENCE_FOR:
                    raise
                self._wait(seconds)

    def _call(
        self, method: str, channel: str | None, fine: Collection[str], how: Mapping[str, Any]
    ) -> SlackResponse:
        wait = self._pacer.take(method, channel)
        if wait > 0.0:
            raise Paced(method, wait)
        if not _ALLOWED.get()():
            raise LeaseLost(method)
        started = clock.monotonic()
        try:
            response = self._client.api_call(method, **how)
        except SlackApiError as error:
            fault = fault_of(method, error)
            if fault.code in fine and isinstance(error.response, SlackResponse):
                self._on_call(method, "ok", clock.monotonic() - started)
                return error.response
            raise self._counted(fault, started) from None
        except Exception as error:
            # urllib and slack_sdk document no closed list of what a broken connection raises.
            raise self._counted(fault_of(method, error), started) from error
        self._on_call(method, "ok", clock.monotonic() - started)
        return response

    def _counted(self, fault: SlackFault, started: float) -> SlackFault:
        self._on_call(fault.method, fault.code, clock.monotonic() - started)
        if isinstance(fault, TransientFault) and fault.retry_after is not None:
            self._pacer.pause(fault.method, fault.retry_after)
        return fault


def needed(method: str, found: object, kind: type[Any]) -> Any:
    """``found`` when it is a ``kind``; else an ``UnknownFault``: the call worked, its answer makes no sense."""
    if isinstance(found, kind):
        return found
    raise UnknownFault(method, "unexpected_answer")
