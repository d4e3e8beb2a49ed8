"""A typed client of the control API: people who act, and what they see.

Real time: the waiting helpers poll with a deadline, because the app answers when it answers.
"""

import json
import ssl
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self, TypeVar

import httpx

from bot.sandbox.values import JsonObject

Found = TypeVar("Found")
POLLS_EVERY = 0.05


class Refused(Exception):
    """The sandbox refused an act: a person could not have done that in the client."""


class NeverHappened(AssertionError):
    """What was waited for did not happen in time."""


def wait_for(look: Callable[[], Found], within: float = 10.0, what: str = "what was waited for") -> Found:
    """Call `look` until it returns something true and return that.

    Raises `NeverHappened` after `within` seconds of real time, telling what was seen last.
    """
    deadline = time.monotonic() + within
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise NeverHappened(f"{what} did not happen within {within} s; last seen: {found!r}")
        time.sleep(POLLS_EVERY)


def texts_of(shown: Mapping[str, object]) -> str:
    """Return every text of a message or view, one per line, for looking for words in it."""
    found: list[str] = []
    _collect(shown, found)
    return "\n".join(found)


class SandboxClient:
    """The control API of one sandbox at `address`, such as `http://127.0.0.1:8642`."""

    def __init__(self, address: str, timeout: float = 30.0) -> None:
        self.address = address
        no_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # loopback has none: spares reading all CAs
        self._http = httpx.Client(
            base_url=f"{address}/sandbox", timeout=timeout, trust_env=False, verify=no_tls
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    # --- the workspace ---

    def about(self) -> JsonObject:
        """Return the ids of the app, the live connections, switches and faults."""
        return self.get("/about")

    def person(self, name: str) -> "Person":
        """Return a person who is there already."""
        return next(person for person in self.people() if name in (person.name, person.id))

    def people(self) -> "list[Person]":
        """Return everybody."""
        return [Person(self, user["id"], user["name"]) for user in self.get("/users")["users"]]

    def add_person(self, name: str, **fields: object) -> "Person":
        """Let somebody in; `fields` as in a seed (`tz`, `email`, `is_restricted`, ...)."""
        user = self.post("/users", {"name": name, **fields})["user"]
        return Person(self, user["id"], user["name"])

    def change_person(self, person: "Person", **fields: object) -> JsonObject:
        """Change somebody: `deleted=True` deactivates them."""
        return dict(self.post(f"/users/{person.id}", fields)["user"])

    def add_channel(self, name: str, **fields: object) -> JsonObject:
        """Make a channel; `members` are handles, `app=True` lets the bot in."""
        return dict(self.post("/channels", {"name": name, **fields})["channel"])

    def add_group(self, handle: str, users: list[str]) -> JsonObject:
        """Make a user group of these handles."""
        return dict(self.post("/groups", {"handle": handle, "users": users})["group"])

    def switch(self, **switches: bool) -> None:
        """Turn workspace preferences on or off, such as `refuse_channel_creation=True`."""
        self.post("/switches", switches)

    # --- faults, limits and sockets ---

    def fail(self, method: str, kind: str, **fields: object) -> None:
        """Put a fault of Web API calls in force; see `bot.sandbox.faults.CallFault`."""
        self.post("/faults/calls", {"method": method, "kind": kind, **fields})

    def disturb(self, name: str, way: str, **fields: object) -> None:
        """Put a fault of deliveries in force; see `bot.sandbox.faults.DeliveryFault`."""
        self.post("/faults/deliveries", {"name": name, "way": way, **fields})

    def outage(self, lasts_for: float) -> None:
        """Make Slack unreachable for so many seconds."""
        self.post("/faults/outage", {"lasts_for": lasts_for})

    def heal(self) -> None:
        """End every fault and outage."""
        self._checked(self._http.delete("/faults"))

    def limit_rates(self, scale: float | None) -> None:
        """Scale the rate limits, or turn them off with None."""
        self.post("/rate-limits", {"scale": scale})

    def disconnect(self, reason: str, stays_for: float | None = None) -> int:
        """Make the app's sockets reconnect (`refresh_requested`, ...) or `cut` them, ``stays_for`` seconds later."""
        return int(self.post("/sockets", {"reason": reason, "stays_for": stays_for})["connections"])

    # --- the record ---

    def calls(self, method: str = "*", **filters: str | float) -> list[JsonObject]:
        """Return the recorded Web API calls of methods like this one, oldest first."""
        return list(self.get("/record/calls", method=method, **filters)["calls"])

    def deliveries(self, name: str = "*", **filters: str | float) -> list[JsonObject]:
        """Return the recorded delivery attempts of this name, oldest first."""
        return list(self.get("/record/deliveries", name=name, **filters)["deliveries"])

    def forget(self) -> None:
        """Empty the record."""
        self._checked(self._http.delete("/record"))

    def wait_until_connected(self, connections: int = 1, within: float = 20.0) -> None:
        """Wait until the app holds so many Socket Mode connections."""
        wait_for(lambda: self.about()["connections"] >= connections, within, "a connection")

    # --- plumbing ---

    def get(self, path: str, **query: str | float) -> JsonObject:
        """GET below /sandbox; raise `Refused` in the sandbox's words."""
        return self._checked(self._http.get(path, params=query))

    def post(self, path: str, body: Mapping[str, object]) -> JsonObject:
        """POST JSON below /sandbox; raise `Refused` in the sandbox's words."""
        return self._checked(self._http.post(path, json=dict(body)))

    def _checked(self, response: httpx.Response) -> JsonObject:
        if response.status_code in (409, 422):
            raise Refused(json.dumps(response.json().get("error") or response.json()))
        response.raise_for_status()
        return dict(response.json())


class Person:
    """One person at their Slack client."""

    def __init__(self, client: SandboxClient, user_id: str, name: str) -> None:
        self._client = client
        self.id = user_id
        self.name = name

    def __repr__(self) -> str:
        return f"Person({self.name})"

    @property
    def mention(self) -> str:
        """The token that mentions this person in a text."""
        return f"<@{self.id}>"

    # --- acting ---

    def command(self, line: str, channel: str = "app") -> JsonObject:
        """Run a slash command; return `outcome`, `message` and `view`."""
        return self._act("command", channel=channel, text=line)

    def click(
        self, shown: Mapping[str, object], action_id: str, value: object = None, **fields: object
    ) -> JsonObject:
        """Click or choose in a message or a view, as this client returned it."""
        return self._act("click", **_target(shown), action_id=action_id, value=value, **fields)

    def submit(self, view: Mapping[str, object], values: Mapping[str, object]) -> JsonObject:
        """Fill in and submit a view; return `outcome`, `errors` and the `view` now on screen."""
        return self._act("submit", view_id=view["id"], values=dict(values))

    def close(self, view: Mapping[str, object], *, everything: bool = False) -> JsonObject:
        """Close the view on top, or all of them."""
        return self._act("close", view_id=view["id"], everything=everything)

    def suggest(self, view: Mapping[str, object], action_id: str, query: str) -> JsonObject:
        """Type into a menu whose options the app supplies."""
        return self._act("suggest", view_id=view["id"], action_id=action_id, value=query)

    def shortcut(self, callback_id: str, message: Mapping[str, object] | None = None) -> JsonObject:
        """Run a global shortcut, or a shortcut on a message."""
        return self._act("shortcut", callback_id=callback_id, **(_target(message) if message else {}))

    def open_home(self, tab: str = "home") -> JsonObject:
        """Open the app's Home; return the `view` that was there at that moment."""
        return self._act("home", tab=tab)

    def say(self, channel: str, text: str, thread_ts: str | None = None) -> JsonObject:
        """Post a message; return it."""
        return dict(self._act("post", channel=channel, text=text, thread_ts=thread_ts)["message"])

    def edit(self, message: Mapping[str, object], text: str) -> JsonObject:
        """Change one's own message; return it."""
        return dict(self._act("edit", **_target(message), text=text)["message"])

    def delete(self, message: Mapping[str, object]) -> None:
        """Delete one's own message."""
        self._act("delete", **_target(message))

    def react(self, message: Mapping[str, object], name: str, *, remove: bool = False) -> None:
        """Add a reaction, or take it back."""
        self._act("react", **_target(message), name=name, remove=remove)

    def pin(self, message: Mapping[str, object], *, remove: bool = False) -> None:
        """Pin a message, or unpin it."""
        self._act("pin", **_target(message), remove=remove)

    def upload(self, channel: str, name: str, content: str, comment: str = "") -> JsonObject:
        """Share a text file; return the message."""
        shared = self._act("upload", channel=channel, name=name, content=content, comment=comment)
        return dict(shared["message"])

    def change_channel(self, channel: str, what: str, value: str = "") -> JsonObject:
        """Join, leave, invite, kick, archive, unarchive, rename, delete, share or set the topic."""
        return dict(self._act("channel", channel=channel, what=what, value=value)["channel"])

    # --- seeing ---

    def channels(self) -> list[JsonObject]:
        """Return the conversations that this person can find."""
        return list(self._see("channels")["channels"])

    def channel(self, channel: str) -> JsonObject:
        """Return one conversation with members, pins and bookmarks."""
        return dict(self._see("channel", channel=channel)["channel"])

    def messages(self, channel: str, thread_ts: str = "") -> list[JsonObject]:
        """Return a channel's messages, or a thread's, oldest first, own ephemerals included."""
        return list(self._see("messages", channel=channel, thread_ts=thread_ts)["messages"])

    def dms(self) -> list[JsonObject]:
        """Return everything in the direct messages with the app, oldest first."""
        return list(self._see("dms")["messages"])

    def views(self) -> list[JsonObject]:
        """Return the modals on screen, the one on top last."""
        return list(self._see("views")["views"])

    def home(self) -> JsonObject | None:
        """Return the app's Home as published for this person."""
        home = self._see("views")["home"]
        return None if home is None else dict(home)

    def search(self, text: str) -> list[JsonObject]:
        """Return the messages that this person can find by a text."""
        return list(self._see("search", text=text)["messages"])

    def download(self, file_id: str) -> bytes:
        """Return the bytes of a file that this person can see."""
        return bytes.fromhex(self._see("file", file_id=file_id)["hex"])

    # --- waiting ---

    def wait_for_message(self, channel: str, words: str, within: float = 10.0) -> JsonObject:
        """Wait for a message in a channel that contains these words, and return the latest."""
        return self._wait(lambda: self.messages(channel), words, within)

    def wait_for_dm(self, words: str, within: float = 10.0) -> JsonObject:
        """Wait for a direct message from the app that contains these words."""
        return self._wait(self.dms, words, within)

    def wait_for_channel(self, start: str, within: float = 10.0) -> JsonObject:
        """Wait until this person is in a channel whose name starts like this."""
        return wait_for(
            lambda: next(
                (
                    channel
                    for channel in self.channels()
                    if str(channel.get("name", "")).startswith(start) and self.id in channel["members"]
                ),
                {},
            ),
            within,
            f"{self.name} in a channel {start}...",
        )

    def wait_for_view(self, callback_id: str, within: float = 5.0) -> JsonObject:
        """Wait until the view on top has this callback_id."""
        return wait_for(
            lambda: next((view for view in self.views()[-1:] if view["callback_id"] == callback_id), {}),
            within,
            f"a view {callback_id} for {self.name}",
        )

    def _wait(self, look: Callable[[], list[JsonObject]], words: str, within: float) -> JsonObject:
        def found() -> JsonObject:
            seen = [message for message in look() if words in texts_of(message)]
            return seen[-1] if seen else {}

        return wait_for(found, within, f"a message with {words!r} for {self.name}")

    def _act(self, act: str, /, **fields: object) -> JsonObject:
        return self._client.post(f"/act/{act}", {"user": self.id, **fields})

    def _see(self, what: str, **query: str) -> JsonObject:
        return self._client.get(f"/see/{what}", user=self.id, **query)


def _target(shown: Mapping[str, object]) -> dict[str, object]:
    if "ts" in shown:
        return {"channel": shown["channel"], "ts": shown["ts"]}
    return {"view_id": shown["id"]}


def _collect(value: object, found: list[str]) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "text" and isinstance(inner, str):
                found.append(inner)
            elif key != "metadata":
                _collect(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, found)
