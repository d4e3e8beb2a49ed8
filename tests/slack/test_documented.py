"""The check of what we call can tell a documented call from one that is not."""

from typing import Any

import pytest

from tests.slack.documented import undocumented

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}
POSTED: dict[str, Any] = {
    "channel": "C1",
    "text": "hello",
    "blocks": [SECTION],
    "unfurl_links": False,
    "unfurl_media": False,
    "metadata": {"event_type": "issue_burst", "event_payload": {"id": "1"}},
}


def called(method: str, arguments: dict[str, Any], error: str | None = None) -> list[str]:
    return undocumented({"method": method, "arguments": arguments, "error": error})


def test_a_documented_call_is_fine() -> None:
    assert called("chat.postMessage", POSTED) == []
    assert called("response_url", {"url": "x", "text": "hello", "replace_original": False}) == []


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("chat.shout", {}),
        ("chat.postMessage", {**POSTED, "loudly": True}),
        ("chat.postMessage", {name: value for name, value in POSTED.items() if name != "channel"}),
        ("chat.postMessage", {**POSTED, "text": "x" * 4_001}),
        ("chat.postMessage", {**POSTED, "unfurl_links": True}),
        ("chat.postMessage", {**POSTED, "metadata": None}),
        ("chat.postMessage", {**POSTED, "blocks": [{"type": "banner"}]}),
        ("chat.postMessage", {**POSTED, "blocks": [{"type": "header", "text": "x" * 151}]}),
        ("chat.postMessage", {**POSTED, "blocks": [SECTION] * 51}),
        ("chat.update", {"channel": "C1", "text": "hello"}),
        ("conversations.create", {"name": "Upper Case", "is_private": True}),
        ("conversations.invite", {"channel": "C1", "users": ",".join(["U1"] * 101)}),
        ("conversations.setTopic", {"channel": "C1", "topic": "x" * 251}),
        ("views.open", {"trigger_id": "1", "view": {"type": "modal", "title": "x" * 25, "blocks": []}}),
        ("response_url", {"url": "x", "text": "hello", "channel": "C1"}),
    ],
)
def test_anything_else_is_not(method: str, arguments: dict[str, Any]) -> None:
    assert called(method, arguments) != []


def test_a_refusal_that_blames_the_call_is_told() -> None:
    assert called("chat.postMessage", POSTED, "invalid_blocks") == [
        "chat.postMessage: refused as invalid_blocks"
    ]
    assert called("chat.postMessage", POSTED, "is_archived") == []
