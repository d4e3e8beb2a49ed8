"""A Slack on loopback that answers every call alike, and counts the connections that are opened."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

_ANSWER = b'{"ok": true, "channel": "C01", "ts": "1.000001"}'


class CountingSlack(ThreadingHTTPServer):
    """Keeps each connection for the next call, or closes it after a call without having said so."""

    daemon_threads = True

    def __init__(self, *, keeps: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.keeps = keeps
        self.connections = 0
        self.closed = Event()

    @property
    def url(self) -> str:
        """Where its methods are, as the client wants it."""
        return f"http://127.0.0.1:{self.server_address[1]}/api/"

    def shutdown_request(self, request: Any) -> None:
        """Close, and let whoever waits for it know."""
        super().shutdown_request(request)
        self.closed.set()


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: CountingSlack

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.server.connections += 1

    def do_POST(self) -> None:
        """Answer, and read the next call if it comes."""
        self.rfile.read(int(self.headers["Content-Length"]))
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(_ANSWER)}\r\n\r\n"
        self.wfile.write(head.encode() + _ANSWER)
        self.close_connection = self.close_connection or not self.server.keeps

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def counting_slack(*, keeps: bool = True) -> Iterator[CountingSlack]:
    """A running one."""
    with CountingSlack(keeps=keeps) as slack:
        thread = Thread(target=slack.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield slack
        slack.shutdown()
        thread.join()
