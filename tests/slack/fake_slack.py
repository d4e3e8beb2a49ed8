"""A tiny Slack on loopback that does as it is told: just enough to fail in every way a real one can.

It keeps channels and messages, so that what took effect before a fault can be looked up afterwards.
Strictness is the sandbox's business, not this one's.
"""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qsl

BOT_USER = "U0BOT"
STARTED = 1_800_000_000.0


@dataclass(frozen=True)
class Fault:
    """What to do instead of answering well; ``after`` lets the call take effect first.

    ``status`` and ``body`` are answered as they are; ``drop`` closes the connection without an
    answer; ``hang`` keeps it open until the test is over.
    """

    status: int = 200
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    after: bool = False
    drop: bool = False
    hang: bool = False


def refusal(code: str, **more: object) -> Fault:
    """Slack's usual way to say no."""
    return Fault(body=json.dumps({"ok": False, "error": code, **more}))


def rate_limited(seconds: int) -> Fault:
    """Too many calls; try again after so many seconds."""
    body = json.dumps({"ok": False, "error": "ratelimited"})
    return Fault(status=429, body=body, headers=(("Retry-After", str(seconds)),))


@dataclass
class Download:
    """What is answered to whoever fetches a file: with the token the bytes, without it a page to sign in.

    ``cut``: the connection breaks off shortly before the end, once.
    """

    content: bytes = b""
    type: str = "image/png"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut: bool = False


@dataclass
class Call:
    """A call as it arrived."""

    method: str
    arguments: dict[str, Any]


@dataclass
class FakeSlack:
    """The workspace. ``calls`` is everything that was asked, ``messages`` what stands in each channel."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    pins: list[tuple[str, str]] = field(default_factory=list)
    homes: dict[str, Any] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    downloads: dict[str, Download] = field(default_factory=dict)
    fetched: list[tuple[str, str]] = field(default_factory=list)
    announced: dict[str, str] = field(default_factory=dict)
    uploaded: dict[str, bytes] = field(default_factory=dict)
    over: Event = field(default_factory=Event)
    unpostable: str = ""  # a message with these words is refused
    _faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _always: dict[str, Fault] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _ticks: int = 0

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of ``method`` fail like this, one each."""
        self._faults[method].extend(faults)

    def always_fail(self, method: str, fault: Fault) -> None:
        """Every call of ``method`` fails like this from now on."""
        self._always[method] = fault

    def mend(self, method: str) -> None:
        """``method`` works again."""
        self._always.pop(method, None)
        self._faults.pop(method, None)

    def made(self, method: str) -> list[dict[str, Any]]:
        """The arguments of every call of ``method`` so far."""
        return [call.arguments for call in self.calls if call.method == method]

    def add_channel(
        self, channel: str, name: str, *, creator: str = "U0ADMIN", private: bool = False
    ) -> None:
        """A channel that was there before us; the bot is in it."""
        self.channels[channel] = self._described(channel, name, creator, private=private)

    def add_file(self, id_: str, download: Download, **fields: Any) -> None:
        """A file that somebody gave to Slack; ``fields`` are of its description."""
        self.downloads[f"/files/{id_}"] = download
        self.files[id_] = {
            "id": id_,
            "name": "shot.png",
            "mimetype": download.type,
            "size": len(download.content),
            "user": "U0ADMIN",
            "mode": "hosted",
            "url_private_download": self.url.replace("/api/", f"/files/{id_}"),
            **fields,
        }

    def fetch(self, path: str, token: str) -> Download:
        """What is answered for a file's address."""
        self.fetched.append((path, token))
        return self.downloads[path] if token else Download(b"<html>Sign in</html>", "text/html")

    def texts(self, channel: str) -> list[str]:
        """What a person reads in ``channel``, oldest first."""
        return [message["text"] for message in self.messages[channel]]

    def answer(self, method: str, arguments: dict[str, Any]) -> tuple[Fault | None, dict[str, Any]]:
        """Count the call, and let it take effect unless a fault comes before that."""
        with self._lock:
            self.calls.append(Call(method, arguments))
            fault = self._faults[method].popleft() if self._faults[method] else self._always.get(method)
            if fault is not None and not fault.after:
                return fault, {}
            if self.unpostable and method == "chat.postMessage" and self.unpostable in str(arguments):
                return refusal("invalid_blocks"), {}
            deed: Callable[[dict[str, Any]], dict[str, Any]] = getattr(
                self, "_" + method.replace(".", "_"), _fine
            )
            return fault, deed(arguments)

    def _now(self) -> float:
        self._ticks += 1
        return STARTED + self._ticks

    def _described(self, channel: str, name: str, creator: str, *, private: bool) -> dict[str, Any]:
        return {
            "id": channel,
            "name": name,
            "creator": creator,
            "created": int(self._now()),
            "is_private": private,
            "is_archived": False,
            "is_member": True,
        }

    def _auth_test(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {
            "ok": True,
            "user_id": BOT_USER,
            "bot_id": "B0BOT",
            "team_id": "T0",
            "team": "Example",
            "url": "https://example.example/",
        }

    def _conversations_create(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if any(channel["name"] == arguments["name"] for channel in self.channels.values()):
            return {"ok": False, "error": "name_taken"}
        channel = f"C0NEW{len(self.channels)}"
        self.channels[channel] = self._described(
            channel, arguments["name"], BOT_USER, private=bool(arguments["is_private"])
        )
        return {"ok": True, "channel": self.channels[channel]}

    def _conversations_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "channel": self.channels[arguments["channel"]]}

    def _conversations_archive(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if self.channels[arguments["channel"]]["is_archived"]:
            return {"ok": False, "error": "already_archived"}
        self.channels[arguments["channel"]]["is_archived"] = True
        return {"ok": True}

    def _conversations_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "channel": {"id": "D" + arguments["users"][1:]}}

    def _users_conversations(self, arguments: dict[str, Any]) -> dict[str, Any]:
        living_only = str(arguments.get("exclude_archived")).lower() in {"1", "true"}
        found = [one for one in self.channels.values() if not (living_only and one["is_archived"])]
        return {"ok": True, "channels": found}

    def _users_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "user": {"id": arguments["user"], "name": "pat", "tz": "Europe/London"}}

    def _chat_postMessage(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        ts = f"{self._now():.6f}"
        self.messages[arguments["channel"]].append({**arguments, "ts": ts, "user": BOT_USER})
        return {"ok": True, "channel": arguments["channel"], "ts": ts}

    def _chat_getPermalink(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        moment = arguments["message_ts"].replace(".", "")
        return {
            "ok": True,
            "permalink": f"https://example.example/archives/{arguments['channel']}/p{moment}",
        }

    def _chat_update(self, arguments: dict[str, Any]) -> dict[str, Any]:
        for message in self.messages[arguments["channel"]]:
            if message["ts"] == arguments["ts"]:
                message.update(text=arguments["text"], blocks=arguments.get("blocks"))
                return {"ok": True, "channel": arguments["channel"], "ts": arguments["ts"]}
        return {"ok": False, "error": "message_not_found"}

    def _conversations_history(self, arguments: dict[str, Any]) -> dict[str, Any]:
        latest = float(arguments.get("latest") or "inf")
        shown = self.messages[arguments["channel"]]
        parents = [
            {**one, **_answers(one, shown)}
            for one in shown
            if not one.get("thread_ts") and float(one["ts"]) < latest
        ]
        return self._page(parents[::-1], arguments)

    def _conversations_replies(self, arguments: dict[str, Any]) -> dict[str, Any]:
        thread = arguments["ts"]
        return self._page(
            [m for m in self.messages[arguments["channel"]] if thread in (m["ts"], m.get("thread_ts"))],
            arguments,
        )

    def _page(self, messages: list[dict[str, Any]], arguments: dict[str, Any]) -> dict[str, Any]:
        recent = [m for m in messages if float(m["ts"]) >= float(arguments.get("oldest") or 0)]
        start = int(arguments.get("cursor") or 0)
        end = start + int(arguments["limit"])
        more = str(end) if end < len(recent) else ""
        return {
            "ok": True,
            "messages": recent[start:end],
            "has_more": bool(more),
            "response_metadata": {"next_cursor": more},
        }

    def _pins_add(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self.pins.append((arguments["channel"], arguments["timestamp"]))
        return {"ok": True}

    def _files_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        found = self.files.get(arguments["file"])
        return {"ok": True, "file": found} if found else {"ok": False, "error": "file_not_found"}

    def upload(self, file: str, content: bytes) -> Fault | None:
        """Take the bytes of an announced file, unless uploads fail (``upload``)."""
        fault = self._faults["upload"].popleft() if self._faults["upload"] else self._always.get("upload")
        if fault is None or fault.after:
            self.uploaded[file] = content
        return fault

    def _files_getUploadURLExternal(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        file = f"F0OURS{len(self.announced)}"
        self.announced[file] = arguments["filename"]
        return {"ok": True, "file_id": file, "upload_url": self.url.replace("/api/", f"/upload/{file}")}

    def _files_completeUploadExternal(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        [file] = json.loads(arguments["files"])
        if file["id"] not in self.uploaded:
            return {"ok": False, "error": "file_not_found"}
        shared = {"text": "", "files": [{"id": file["id"], "name": self.announced[file["id"]]}]}
        message = {**shared, "thread_ts": arguments.get("thread_ts"), "user": BOT_USER}
        self.messages[arguments["channel_id"]].append({**message, "ts": f"{self._now():.6f}"})
        return {"ok": True, "files": [{"id": file["id"]}]}

    def _views_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "view": {"id": "V01", **arguments["view"]}}

    def _views_publish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self.homes[arguments["user_id"]] = arguments["view"]
        return {"ok": True, "view": {"id": "V02"}}


def _fine(_arguments: dict[str, Any]) -> dict[str, Any]:
    return {"ok": True}


def _send(
    to: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: tuple[tuple[str, str], ...],
    kind: str = "application/json",
) -> None:
    to.send_response(status)
    for name, value in (("Content-Type", kind), *headers):
        to.send_header(name, value)
    to.end_headers()
    to.wfile.write(body)


class _Handler(BaseHTTPRequestHandler):
    """One connection to ``slack``."""

    slack: FakeSlack

    def do_POST(self) -> None:
        if self.path.startswith("/upload/"):
            self._take_upload()
            return
        fault, answer = self.slack.answer(self.path.rsplit("/", 1)[-1], self._arguments())
        if fault is None:
            _send(
                self,
                200,
                json.dumps({"ok": True} | answer).encode(),
                (("X-OAuth-Scopes", "chat:write,pins:write"),),
            )
        elif fault.hang:
            self.slack.over.wait()
        elif not fault.drop:
            _send(self, fault.status, fault.body.encode(), fault.headers)

    def _take_upload(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        assert "Authorization" not in self.headers, "the address is the ticket; the token stays here"
        fault = self.slack.upload(self.path.rsplit("/", 1)[-1], content)
        if fault is None:
            _send(self, 200, b"OK", (), "text/plain")
        elif not fault.drop:
            _send(self, fault.status, fault.body.encode(), fault.headers)

    def do_GET(self) -> None:
        found = self.slack.fetch(self.path, self.headers.get("Authorization", ""))
        length = ("Content-Length", str(len(found.content) + found.cut))
        found.cut = False
        _send(self, found.status, found.content, (length, *found.headers), found.type)

    def _arguments(self) -> dict[str, Any]:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if body and self.headers.get("Content-Type", "").startswith("application/json"):
            return dict(json.loads(body))
        return dict(parse_qsl(body))

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


@contextmanager
def serving(given: FakeSlack | None = None) -> Iterator[FakeSlack]:
    """A fake Slack, ``given`` or a plain one, that listens on loopback while the block runs."""
    slack = given or FakeSlack()

    class Handler(_Handler):
        pass

    Handler.slack = slack
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    slack.url = f"http://127.0.0.1:{server.server_port}/api/"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield slack
    finally:
        slack.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _answers(parent: dict[str, Any], shown: list[dict[str, Any]]) -> dict[str, Any]:
    """What Slack says of a message's thread on the message itself."""
    replies = [one for one in shown if one.get("thread_ts") == parent["ts"]]
    users = list(dict.fromkeys(one.get("user") for one in replies))
    return {"reply_count": len(replies), "reply_users": users[:5], "reply_users_count": len(users)}
