"""One server that is measured, as a process: ``python -m tests.bench.serving <mode> <whose> <folder> [<Slack>]``.

``mode`` is http or socket; ``whose`` is ours, or bare: a handler that checks what ours checks (the
signature) and writes the same rows by the bare driver. It says where it listens, and serves until killed.
"""

import gc
import ssl
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import Event

from prometheus_client import CollectorRegistry
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

import storage
from bot import logs
from bot.api import server
from bot.api.deliveries import add_deliveries
from bot.api.health import Health
from bot.demo.processes import PROGRAMME
from bot.operations.office import Office
from bot.programme import load
from bot.slack.http import Reply, deliver
from bot.slack.socket import SocketLine, _client
from tests.bench.commands import SECRET, app_on
from tests.bench.ground import URL, office_on
from tests.bench.replaying import BareWriter, kept

CONCURRENCY = 10
APP_TOKEN = "xapp-sandbox"


def main(mode: str, whose: str, folder: Path, slack: str = "") -> None:
    """Serve until killed."""
    serve = serve_http if mode == "http" else partial(serve_socket, slack)
    handler = _office(folder) if whose == "ours" else BareWriter(folder, kept(folder))
    gc.freeze()  # as `burst serve` does
    where = serve(handler)
    sys.stdout.write(f"serving at {where}\n")
    sys.stdout.flush()
    Event().wait()


def serve_http(handler: Office | BareWriter) -> str:
    """Both on the bot's own FastAPI and uvicorn; returns the address."""
    application = server.build(Health((), ()), CollectorRegistry())
    if isinstance(handler, BareWriter):
        answer: Callable[[bytes, Mapping[str, str]], Reply] = partial(_bare_delivery, handler)
    else:
        answer = partial(deliver, app_on(handler))
    add_deliveries(application, answer)
    listening = server.Server(application, "127.0.0.1", 0)
    listening.start()
    return listening.url


def serve_socket(slack: str, handler: Office | BareWriter) -> str:
    """Both on slack_sdk's client with the same threads."""
    if isinstance(handler, BareWriter):
        client = _client(APP_TOKEN, slack, None, ssl.create_default_context(), CONCURRENCY)
        client.socket_mode_request_listeners.append(partial(_bare_envelope, handler))
        client.connect()
    else:
        app = app_on(handler, secret="")
        SocketLine(
            app, app_token=APP_TOKEN, api_url=slack, proxy=None, trust=ssl.create_default_context()
        ).start()
    return slack


def _bare_delivery(writer: BareWriter, body: bytes, headers: Mapping[str, str]) -> Reply:
    if not SignatureVerifier(SECRET).is_valid_request(body, dict(headers)):
        return Reply(401, "", {})
    writer.write()
    return Reply(200, "", {})


def _bare_envelope(writer: BareWriter, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
    writer.write()
    client.send_socket_mode_response(SocketModeResponse(request.envelope_id))


def _office(folder: Path) -> Office:
    programme = load(PROGRAMME)
    return office_on(storage.Store.open(URL, data_dir=folder), lambda: programme)


if __name__ == "__main__":
    logs.configure()
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])
