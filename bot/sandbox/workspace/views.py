"""Modals and Home tabs: what each person has on screen.

Facts: https://docs.slack.dev/surfaces/modals (a stack of at most three views) and the method
pages of views.open, views.push, views.update and views.publish.
"""

import hashlib
import itertools
import secrets
import time
from dataclasses import dataclass, field

from bot.sandbox.errors import SlackError
from bot.sandbox.rules import inputs
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.identifiers import with_ids

MAXIMUM_DEPTH = 3


@dataclass
class View:
    """One view on somebody's screen; `typed` is what they have entered so far.

    `typed` holds raw values by block_id and action_id, as `rules.inputs` takes them.
    """

    id: str
    user: str
    body: JsonObject
    root_view_id: str
    previous_view_id: str | None = None
    hash: str = ""
    typed: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """`modal` or `home`."""
        return str(self.body.get("type", "modal"))

    @property
    def external_id(self) -> str:
        """The app's own identifier of the view, or an empty text."""
        return str(self.body.get("external_id") or "")

    def show(self, body: JsonObject) -> None:
        """Replace what the view shows; what was typed stays where its input block stays."""
        self.body = {**body, "blocks": with_ids(body.get("blocks") or [])}
        digest = hashlib.sha256(repr(self.body).encode()).hexdigest()[:8]
        self.hash = f"{time.time_ns() // 1_000_000_000}.{digest}{secrets.token_hex(2)}"
        self.typed = {block_id: values for block_id, values in self.typed.items() if block_id in self._ids()}

    def state(self) -> JsonObject:
        """Return `state` as Slack sends it: every input with its present value."""
        return {"values": inputs.state_values(self.body, self.typed)}

    def as_json(self, team_id: str, app_id: str, bot_id: str) -> JsonObject:
        """Return Slack's view object."""
        return {
            "id": self.id,
            "team_id": team_id,
            "type": self.kind,
            "blocks": self.body.get("blocks", []),
            "private_metadata": self.body.get("private_metadata", ""),
            "callback_id": self.body.get("callback_id", ""),
            "state": self.state(),
            "hash": self.hash,
            "title": self.body.get("title"),
            "close": self.body.get("close"),
            "submit": self.body.get("submit"),
            "clear_on_close": bool(self.body.get("clear_on_close")),
            "notify_on_close": bool(self.body.get("notify_on_close")),
            "previous_view_id": self.previous_view_id,
            "root_view_id": self.root_view_id,
            "external_id": self.external_id,
            "app_id": app_id,
            "app_installed_team_id": team_id,
            "bot_id": bot_id,
        }

    def _ids(self) -> set[str]:
        return {str(block.get("block_id")) for block in self.body["blocks"]}


class Views:
    """The modal stack and the Home tab of every person."""

    def __init__(self) -> None:
        self._counter = itertools.count(1)
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        """Return this person's modals, the one on top last."""
        return self.stacks.setdefault(user, [])

    def open(self, user: str, body: JsonObject) -> View:
        """Show a modal; one that was open before makes way."""
        self._refuse_duplicate(body, replaced=None)
        self.stack(user).clear()
        return self._put(user, body)

    def push(self, user: str, body: JsonObject) -> View:
        """Show a modal on top of the present one, at most three deep."""
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MAXIMUM_DEPTH:
            raise SlackError("push_limit_reached")
        self._refuse_duplicate(body, replaced=None)
        return self._put(user, body)

    def update(self, view: View, body: JsonObject, given_hash: str | None = None) -> View:
        """Replace what a view shows; a hash that is not the view's own is `hash_conflict`."""
        if given_hash is not None and given_hash != view.hash:
            raise SlackError("hash_conflict")
        self._refuse_duplicate(body, replaced=view)
        view.show(body)
        return view

    def publish(self, user: str, body: JsonObject, given_hash: str | None = None) -> View:
        """Show a Home tab to a person, whether or not they look at it now."""
        present = self.homes.get(user)
        if present is not None:
            return self.update(present, body, given_hash)
        self._refuse_duplicate(body, replaced=None)
        view = self._new(user)
        self.homes[user] = view
        view.show(body)
        return view

    def find(self, view_id: str = "", external_id: str = "") -> View | None:
        """Return a view that is on somebody's screen, by either identifier."""
        for view in self._all():
            if view_id and view.id == view_id:
                return view
            if external_id and view.external_id == external_id:
                return view
        return None

    def close(self, view: View) -> None:
        """Take a view off the screen; the one below it shows again."""
        stack = self.stack(view.user)
        if view in stack:
            stack.remove(view)

    def _put(self, user: str, body: JsonObject) -> View:
        stack = self.stack(user)
        view = self._new(user)
        if stack:
            view.root_view_id = stack[0].id
            view.previous_view_id = stack[-1].id
        view.show(body)
        stack.append(view)
        return view

    def _new(self, user: str) -> View:
        identifier = f"V0S{next(self._counter):08d}"
        return View(id=identifier, user=user, body={}, root_view_id=identifier)

    def _all(self) -> list[View]:
        modals = [view for stack in self.stacks.values() for view in stack]
        return [*modals, *self.homes.values()]

    def _refuse_duplicate(self, body: JsonObject, replaced: View | None) -> None:
        external_id = body.get("external_id")
        if not external_id:
            return
        present = self.find(external_id=str(external_id))
        if present is not None and present is not replaced:
            raise SlackError("duplicate_external_id")
