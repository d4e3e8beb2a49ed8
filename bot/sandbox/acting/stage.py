"""What every act needs: the workspace, the way to the app, and the fields all payloads share."""

import time
from dataclasses import dataclass

from bot.sandbox.delivery.answer import Answer
from bot.sandbox.delivery.courier import Courier
from bot.sandbox.errors import Impossible
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.conversations import Channel
from bot.sandbox.workspace.people import User
from bot.sandbox.workspace.views import View
from bot.sandbox.workspace.workspace import Workspace

TIMEOUT = "operation_timeout"
FAILED = "dispatch_failed"


@dataclass(frozen=True)
class Stage:
    """Where people act."""

    workspace: Workspace
    courier: Courier
    base_url: str

    def person(self, reference: str) -> User:
        """Return a person by id or handle; raise `Impossible` when nobody is called that."""
        people = self.workspace.people
        found = people.users.get(reference) or people.by_name(reference.removeprefix("@"))
        if found is None:
            raise Impossible(f"Nobody here is called {reference}.")
        return found

    def actor(self, reference: str) -> User:
        """Return a person who can act: not deactivated, not a bot."""
        person = self.person(reference)
        if person.deleted:
            raise Impossible(f"{person.name} is deactivated.")
        if person.is_bot:
            raise Impossible(f"{person.name} is a bot.")
        return person

    def channel(self, person: User, reference: str) -> Channel:
        """Return a conversation that the person can find, by id or name; `app` is their DM with it."""
        if reference == "app":
            return self.workspace.direct_message([person.id, self.workspace.app.bot_user])
        conversations = self.workspace.conversations
        found = conversations.find(reference) or conversations.by_name(reference.removeprefix("#"))
        if found is None or not found.visible_to(person.id):
            raise Impossible(f"{person.name} sees no channel {reference}.")
        return found

    def view(self, person: User, view_id: str) -> View:
        """Return a view that is on the person's screen."""
        view = self.workspace.views.find(view_id)
        if view is None or view.user != person.id:
            raise Impossible(f"{person.name} has no view {view_id} on screen.")
        return view

    def common(self, person: User) -> JsonObject:
        """Return the fields that every interaction payload has."""
        workspace = self.workspace
        return {
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": person.team_id,
            },
            "api_app_id": workspace.app.id,
            "token": "deprecated",
            "team": {"id": workspace.team_id, "domain": workspace.team_domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def trigger(self, person: User, view: View | None = None) -> str:
        """Make a trigger for what the person just did and return its id."""
        return self.workspace.triggers.new(person.id, view.id if view else None).id

    def response_url(self, person: User, channel: Channel, message_ts: str | None = None) -> str:
        """Make a response URL for what the person just did in this channel."""
        url = self.workspace.response_urls.new(person.id, channel.id, message_ts)
        return f"{self.base_url}/response/{url.id}"

    def view_json(self, view: View) -> JsonObject:
        """Return a view as payloads carry it."""
        app = self.workspace.app
        return view.as_json(self.workspace.team_id, app.id, app.bot_id)

    def top_view(self, person: User) -> JsonObject | None:
        """Return the modal that the person sees now, if any."""
        stack = self.workspace.views.stack(person.id)
        return self.view_json(stack[-1]) if stack else None


def outcome_of(answer: Answer) -> str:
    """Return what the client makes of an answer: `acknowledged` or the error that it shows."""
    if answer.outcome == "acknowledged":
        return "acknowledged"
    return TIMEOUT if answer.outcome == "timeout" else FAILED


def now_ts() -> str:
    """Return the present as Slack writes an `action_ts`."""
    return f"{time.time():.6f}"
