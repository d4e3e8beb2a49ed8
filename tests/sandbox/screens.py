"""What the tests put on a person's screen."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from tests.sandbox.support import (
    plain,
)

# --- commands ---


def choices(action_id: str, *values: str, **fields: Any) -> dict[str, Any]:
    """Return a static select that offers these values."""
    options = [{"text": plain(value), "value": value} for value in values]
    return {"type": "static_select", "action_id": action_id, "options": options, **fields}


def opening(app: App, view: dict[str, Any]) -> None:
    """Let /plain open a view."""

    @app.command("/plain")
    def _(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()
