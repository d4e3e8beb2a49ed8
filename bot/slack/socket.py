"""The Socket Mode line to Slack, and somebody who notices when it is dead.

slack_sdk's client reconnects by itself, but reports exist of sessions that look established and
deliver nothing, and of reconnect loops that never end; ``auth.test`` says nothing about a socket.
So the line is judged by what was heard on it, pongs included, and a line that stays silent is
closed and built anew.
"""

import ssl
from collections.abc import Callable
from threading import Condition, Event, Thread

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot import clock
from bot.errors import PermanentFault, TransientFault
from bot.slack.gateway import web_client

log = structlog.get_logger(__name__)

PING_EVERY = 5
SILENT_FOR = 25.0
WATCH_EVERY = 1.0
# Slack's apps.connections.open allows few calls a minute: a line that cannot be built is retried slowly.
BACK_OFF = (2.0, 5.0, 15.0, 60.0)
DRAIN_FOR = 3.0
# The reader looks up at each timeout of its socket, which slack_sdk sets to three seconds.
READER_ENDS_WITHIN = 5.0
READER_ASKED_EVERY = 0.1


class SocketLine:
    """One Socket Mode connection that is rebuilt when it falls silent.

    ``app`` answers the deliveries on a pool of ``concurrency`` threads.
    """

    def __init__(
        self,
        app: App,
        *,
        app_token: str,
        api_url: str,
        proxy: str | None,
        trust: ssl.SSLContext,
        concurrency: int = 10,
    ) -> None:
        self._app = app
        self._build: Callable[[], SocketModeClient] = lambda: _client(
            app_token, api_url, proxy, trust, concurrency
        )
        self._client: SocketModeClient | None = None
        self._failures = 0
        self._in_flight = 0
        self._idle = Condition()
        self._stopping = Event()
        self._watchdog = Thread(target=self._watch, name="socket-watchdog", daemon=True)
        self._heard_at = clock.monotonic()
        self.rebuilt = 0

    def start(self) -> None:
        """Begin connecting; ``healthy`` says when it is done. Never raises for an unreachable Slack."""
        self._watchdog.start()

    def close(self) -> None:
        """Let the deliveries in hand be answered, then hang up."""
        self._stopping.set()
        self._watchdog.join()
        with self._idle:
            self._idle.wait_for(lambda: self._in_flight == 0, timeout=DRAIN_FOR)
        self._hang_up()

    def healthy(self) -> bool:
        """Whether the line is connected and something, a pong at least, was heard on it lately."""
        client = self._client
        return client is not None and client.is_connected() and self._silent_for(client) <= SILENT_FOR

    def _silent_for(self, client: SocketModeClient) -> float:
        session = client.current_session
        pong = session.last_ping_pong_time if session is not None else None
        since_pong = clock.wall() - pong if pong is not None else float("inf")
        return min(clock.monotonic() - self._heard_at, max(since_pong, 0.0))

    def _watch(self) -> None:
        while True:
            if not self.healthy():
                self._reconnect()
            pause = BACK_OFF[min(self._failures, len(BACK_OFF)) - 1] if self._failures else WATCH_EVERY
            if self._stopping.wait(pause):
                return

    def _reconnect(self) -> None:
        if self._client is not None:
            self.rebuilt += 1
            log.warning("socket_rebuilt", silent_for=round(self._silent_for(self._client), 1))
        self._hang_up()
        try:
            client = self._build()
            client.socket_mode_request_listeners.append(self._answer)
            client.on_message_listeners.append(self._heard)
            self._client = client
            client.connect()
        except Exception as error:  # noqa: BLE001 - see below
            # Whatever kept us from connecting (network, proxy, token), the next round tries again,
            # and readiness is red until it works.
            self._failures += 1
            log.warning("socket_not_connected", error=type(error).__name__, failures=self._failures)
            return
        self._failures = 0
        self._heard_at = clock.monotonic()
        log.info("socket_connected")

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                _stop_reading(client)
                client.close()
            except OSError as error:
                log.warning("socket_not_closed", error=type(error).__name__)

    def _heard(self, _message: str) -> None:
        self._heard_at = clock.monotonic()

    def _answer(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        started = clock.wall()
        with self._idle:
            self._in_flight += 1
        try:
            send_response(client, request, run_bolt_app(self._app, request), started)
        except Exception:
            # Without an ack Slack delivers an event again; a person sees Slack's own error.
            log.exception("delivery_failed", type=request.type)
        finally:
            with self._idle:
                self._in_flight -= 1
                self._idle.notify_all()


def _stop_reading(client: SocketModeClient) -> None:
    """Let the thread that reads come to its end before ``close`` takes the socket away from it.

    Otherwise it may be between asking for the socket and using it, and logs an error at each clean stop. As it
    takes back the request to end when it only just begins, it is asked until it has ended.
    """
    client.auto_reconnect_enabled = False
    runner = client.current_session_runner
    runner.event.set()
    give_up_at = clock.monotonic() + READER_ENDS_WITHIN
    while runner.is_alive() and clock.monotonic() < give_up_at:
        client.current_session_state.terminated = True
        runner.thread.join(READER_ASKED_EVERY)


def open_line(app_token: str, api_url: str, proxy: str | None, trust: ssl.SSLContext) -> None:
    """Ask Slack for a Socket Mode address without using it. Raises ``SlackFault`` when it gives none."""
    client = web_client(app_token, base_url=api_url, proxy=proxy, ssl_context=trust)
    try:
        client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        raise PermanentFault("apps.connections.open", str(error.response.get("error", "unknown"))) from error
    except OSError as error:
        raise TransientFault("apps.connections.open", type(error).__name__) from error


def _client(
    app_token: str, api_url: str, proxy: str | None, trust: ssl.SSLContext, concurrency: int
) -> SocketModeClient:
    web = web_client("", base_url=api_url, proxy=proxy, ssl_context=trust)
    client = SocketModeClient(
        app_token=app_token,
        web_client=web,
        ping_interval=PING_EVERY,
        concurrency=concurrency,
        proxy=proxy,
    )
    client.proxy = proxy  # as for the web client: slack_sdk knows HTTPS_PROXY and no NO_PROXY
    return client
