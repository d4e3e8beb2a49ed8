"""auth.test, api.test and apps.connections.open."""

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call


def auth_test(call: Call) -> JsonObject:
    """Return whose token it is."""
    workspace, app = call.workspace, call.workspace.app
    return {
        "url": f"https://{workspace.team_domain}.example/",
        "team": workspace.team_name,
        "user": workspace.people.user(app.bot_user).name,
        "team_id": workspace.team_id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def api_test(call: Call) -> JsonObject:
    """Return the arguments; with `error` fail with that code."""
    if call.has("error"):
        raise SlackError(call.text("error"), args=call.arguments)
    return {"args": call.arguments}


def connections_open(call: Call) -> JsonObject:
    """Return a WebSocket address that works once, on the host that was called."""
    call.workspace.switches.refuse_if("socket_mode_disabled", "forbidden_team")
    ticket = call.workspace.tickets.new()
    address = call.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={call.workspace.app.id}"}
