"""Modals and home tabs. A trigger lives three seconds and is good for one call."""

from collections.abc import Mapping
from typing import Any

from bot.slack.gateway.call import Caller, needed


class Screens:
    """What one person has on screen."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def open(self, trigger: str, view: Mapping[str, Any]) -> str:
        """``views.open``: returns the view's id. A trigger that was used already means that it is open."""
        return self._shown("views.open", {"trigger_id": trigger, "view": view})

    def publish_home(self, user: str, view: Mapping[str, Any]) -> str:
        """``views.publish``: the last writer wins. Safe to repeat."""
        return self._shown("views.publish", {"user_id": user, "view": view})

    def _shown(self, method: str, arguments: Mapping[str, Any]) -> str:
        response = self._caller.send(method, fine=("exchanged_trigger_id",), **arguments)
        if not response.get("ok"):
            return ""
        view = needed(method, response.get("view"), dict)
        return str(needed(method, view.get("id"), str))
