"""views.*: modals and Home tabs.

Facts: https://docs.slack.dev/reference/methods/views.open and its neighbours.
"""

from typing import Literal

from bot.sandbox.errors import SlackError
from bot.sandbox.rules import views as view_rules
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call
from bot.sandbox.workspace.triggers import Trigger
from bot.sandbox.workspace.views import View


def open_view(call: Call) -> JsonObject:
    """Show a modal to the person whose action made the trigger."""
    body = checked_view(call, "modal")
    trigger = _trigger(call)
    try:
        return _shown(call, call.workspace.views.open(trigger.user, body))
    except SlackError:
        call.workspace.triggers.restore(trigger)
        raise


def push(call: Call) -> JsonObject:
    """Show a modal on top of the one in which the trigger was made."""
    body = checked_view(call, "modal")
    trigger = _trigger(call)
    try:
        return _shown(call, call.workspace.views.push(trigger.user, body))
    except SlackError:
        call.workspace.triggers.restore(trigger)
        raise


def update(call: Call) -> JsonObject:
    """Replace what a modal shows, found by `view_id` or `external_id`."""
    body = checked_view(call, "modal")
    view = call.workspace.views.find(call.text("view_id"), call.text("external_id"))
    if view is None or view.kind != "modal":
        raise SlackError("not_found")
    return _shown(call, call.workspace.views.update(view, body, call.optional("hash")))


def publish(call: Call) -> JsonObject:
    """Show a Home tab to a person."""
    if not call.workspace.manifest.home_tab:
        raise SlackError("not_enabled")
    body = checked_view(call, "home")
    user = call.workspace.people.user(call.text("user_id"))
    return _shown(call, call.workspace.views.publish(user.id, body, call.optional("hash")))


def checked_view(call: Call, kind: Literal["modal", "home"]) -> JsonObject:
    """Return the `view` argument, or raise what Slack answers to one that it does not take."""
    body = call.arguments["view"]
    problem = view_rules.check_view(body, kind)
    if problem is not None:
        messages = list(problem.messages)
        raise SlackError(problem.error, response_metadata={"messages": messages})
    return dict(body)


def _trigger(call: Call) -> Trigger:
    return call.workspace.triggers.exchange(call.text("trigger_id"))


def _shown(call: Call, view: View) -> JsonObject:
    app = call.workspace.app
    return {"view": view.as_json(call.workspace.team_id, app.id, app.bot_id)}
