"""What every address of the page works with, and how its answers are drawn."""

from dataclasses import dataclass, field

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from bot.sandbox.page import looks
from bot.sandbox.page.drawing import environment
from bot.sandbox.page.guarding import HEADERS
from bot.sandbox.page.live import Changes
from bot.sandbox.page.looks import Eyes
from bot.sandbox.page.policy_time import PolicyTime
from bot.sandbox.page.viewer import Viewer
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.people import User
from bot.sandbox.workspace.views import View

HOME = "home"
MESSAGES = "app"


@dataclass(frozen=True)
class Desk:
    """The parts of the page of one sandbox."""

    sandbox: Sandbox
    time: PolicyTime
    changes: Changes
    eyes: Eyes = field(default_factory=Eyes)
    templates: Environment = field(default_factory=environment)

    def viewer(self, person: User) -> Viewer:
        """The viewer that this person is."""
        return Viewer.of(self.sandbox.workspace, person, self.time.now())

    def channel(self, person: User, place: str) -> Channel | None:
        """The conversation at `place`, None for the app's Home. Raises `Impossible` where there is none."""
        return None if place == HOME else self.sandbox.stage.channel(person, place)

    def top_view(self, person: User) -> View | None:
        """The modal on the person's screen."""
        stack = self.sandbox.workspace.views.stack(person.id)
        return stack[-1] if stack else None

    def people(self) -> list[User]:
        """Everybody whom one can be: neither bots nor people who have left, by name."""
        return sorted(self._able(), key=lambda user: user.real_name)

    def groups(self) -> dict[str, list[User]]:
        """The same by their site."""
        return looks.groups(self._able())

    def everybody(self) -> JsonObject:
        """What the template of the first page needs: people by site, what to try as whom, and what is new to each."""
        able = self._able()
        return {
            "name": self.sandbox.workspace.app.name,
            "groups": self.groups(),
            "starts": [user for user in able if user.start],
            "unread": {user.id: looks.unread_by(self.sandbox, self.eyes, user) for user in able},
        }

    def drawn(self, template: str, **given: object) -> HTMLResponse:
        """A template with what it is given, under the page's headers."""
        html = self.templates.get_template(template).render(given)
        return HTMLResponse(html, headers=HEADERS)

    def sidebar(self, person: User, place: str) -> JsonObject:
        """What the sidebar's template needs; where the person is, nothing is new to them."""
        channel = self.channel(person, place)
        if channel is not None:
            self.eyes.saw(person, channel)
        return {
            "person": person,
            "place": place,
            "sidebar": looks.sidebar(self.sandbox, self.eyes, person),
            "app": self.sandbox.workspace.app,
        }

    def pane(self, person: User, place: str, before: str) -> JsonObject:
        """What the template of a place needs; its messages count as read."""
        viewer, channel = self.viewer(person), self.channel(person, place)
        given: JsonObject = {"person": person, "place": place, "viewer": viewer, "before": before}
        if channel is None:
            return {**given, "channel": None, "home": self.sandbox.workspace.views.homes.get(person.id)}
        shown = looks.pane(self.sandbox, self.time, viewer, channel, before)
        self.eyes.saw(person, channel)
        return {**given, "channel": channel, "pane": shown, **self._about(channel)}

    def thread(self, person: User, place: str, ts: str) -> JsonObject:
        """What the template of a thread needs."""
        viewer, channel = self.viewer(person), self.channel(person, place)
        shown = looks.thread(self.sandbox, self.time, viewer, channel, ts) if channel and ts else None
        return {
            "person": person,
            "place": place,
            "viewer": viewer,
            "channel": channel,
            "thread": shown,
            "thread_ts": ts,
            **self._about(channel),
        }

    def modal(self, person: User, errors: dict[str, str] | None = None, wrong: str = "") -> JsonObject:
        """What the template of the modal needs; `errors` by block_id, `wrong` is about the whole."""
        return {
            "person": person,
            "viewer": self.viewer(person),
            "view": self.top_view(person),
            "errors": errors or {},
            "wrong": wrong,
            "people": self.people(),
        }

    def toast(self, words: str) -> Response:
        """A few words to the person; nothing to draw without any."""
        if not words:
            return Response(status_code=204, headers=HEADERS)
        return self.drawn("toast.html", words=words)

    def _able(self) -> list[User]:
        known = self.sandbox.workspace.people.users.values()
        return [user for user in known if not user.is_bot and not user.deleted]

    def _about(self, channel: Channel | None) -> JsonObject:
        manifest = self.sandbox.workspace.manifest
        read_only = channel is not None and channel.kind == "im" and manifest.messages_tab_read_only
        shortcuts = [one for one in manifest.shortcuts.values() if one.kind == "message"]
        return {"read_only": read_only, "message_shortcuts": shortcuts, "people": self.people()}
