"""users.*, usergroups.*, team.info and bots.info.

Facts: the method pages under https://docs.slack.dev/reference/methods.
"""

from bot.sandbox.errors import SlackError
from bot.sandbox.values import JsonObject
from bot.sandbox.web.method import Call
from bot.sandbox.web.paging import page
from bot.sandbox.workspace.people import User

LARGE_TEAM = 1000
"""Members above which users.list wants a `limit`."""


def info(call: Call) -> JsonObject:
    """Return one person."""
    return {"user": _shown(call, call.workspace.people.user(call.text("user")))}


def list_users(call: Call) -> JsonObject:
    """Return everybody of this workspace, deactivated people included, strangers not."""
    team_id = call.workspace.team_id
    everybody = [user for user in call.workspace.people.users.values() if user.team_id == team_id]
    if len(everybody) > LARGE_TEAM and not call.has("limit"):
        raise SlackError("limit_required")
    found = page(call, everybody, default=LARGE_TEAM)
    return {
        "members": [_shown(call, user) for user in found.items],
        "cache_ts": 0,
        "response_metadata": found.metadata(),
    }


def lookup_by_email(call: Call) -> JsonObject:
    """Return the active person with this e-mail address, or `users_not_found`."""
    user = call.workspace.people.by_email(call.text("email"))
    if user is None:
        raise SlackError("users_not_found")
    return {"user": _shown(call, user)}


def list_groups(call: Call) -> JsonObject:
    """Return the user groups; a plan without them answers `plan_upgrade_required`."""
    call.workspace.switches.refuse_if("no_user_groups", "plan_upgrade_required")
    groups = [
        group.as_json(
            call.workspace.team_id,
            with_users=call.flag("include_users"),
            with_count=call.flag("include_count"),
        )
        for group in call.workspace.people.groups.values()
        if call.flag("include_disabled") or not group.disabled
    ]
    return {"usergroups": groups}


def list_group_users(call: Call) -> JsonObject:
    """Return who is in one user group."""
    call.workspace.switches.refuse_if("no_user_groups", "plan_upgrade_required")
    group = call.workspace.people.groups.get(call.text("usergroup"))
    if group is None or (group.disabled and not call.flag("include_disabled")):
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


def team_info(call: Call) -> JsonObject:
    """Return the workspace."""
    workspace = call.workspace
    team = {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.team_domain}
    return {"team": {**team, "email_domain": "", "icon": {}}}


def bot_info(call: Call) -> JsonObject:
    """Return the app's own bot; others do not exist here."""
    app = call.workspace.app
    if call.text("bot", app.bot_id) != app.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": app.bot_id, "deleted": False, "name": app.name, "app_id": app.id}
    return {"bot": {**bot, "user_id": app.bot_user, "updated": 0, "icons": {}}}


def _shown(call: Call, user: User) -> JsonObject:
    return user.as_json(with_email="users:read.email" in call.granted)
