"""What somebody touches on a page that is drawn anew in the same moment."""

from typing import Any

import httpx
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox.client import Person


def test_a_choice_in_a_message_that_was_just_edited_is_still_that_choice(
    browser: httpx.Client, slack: WebClient, app: App, ann: Person, channel: str
) -> None:
    heard: list[dict[str, Any]] = []

    @app.action("choose")
    def chosen(ack: Ack, action: dict[str, Any]) -> None:
        ack()
        heard.append(action)

    slack.conversations_invite(channel=channel, users=ann.id)
    option = {"text": {"type": "plain_text", "text": "One"}, "value": "one"}
    blocks = [
        {
            "type": "actions",
            "elements": [{"type": "static_select", "action_id": "choose", "options": [option]}],
        }
    ]
    ts = str(slack.chat_postMessage(channel=channel, text="choose", blocks=blocks)["ts"])
    [drawn] = slack.conversations_history(channel=channel, latest=ts, inclusive=True, limit=1)["messages"]
    slack.chat_update(channel=channel, ts=ts, text="choose", blocks=blocks)

    block_id = drawn["blocks"][0]["block_id"]
    name = f"{block_id}|choose"
    touch = {"ts": ts, "action_id": "choose", "block_id": block_id, "drawn": name, name: "one"}

    browser.post(f"/as/{ann.name}/{channel}/click", data=touch)

    assert [one["selected_option"]["value"] for one in heard] == ["one"]
