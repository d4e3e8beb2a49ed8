"""Whatever an app sends, the Web API answers in Slack's words and never falls over."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.sandbox import Sandbox, build
from bot.sandbox.settings import SandboxSettings
from bot.sandbox.web.method import Method
from bot.sandbox.web.response_url import RESPOND
from bot.sandbox.web.table import METHODS
from bot.sandbox.workspace import posting
from bot.sandbox.workspace.posting import Content
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.support import APP_TOKEN, BOT_TOKEN

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


LIKELY = st.sampled_from(
    [
        0,
        -1,
        1,
        True,
        "0",
        "-1",
        "link",
        "x",
        ":x:",
        "https://x.example",
        "[]",
        "{}",
        [],
        {},
        [{}],
        [{"id": []}],
    ]
)


@pytest.fixture
def sandbox() -> tuple[Sandbox, list[str]]:
    """A sandbox without a server, and identifiers that exist in it."""
    settings_ = SandboxSettings(manifest=MANIFEST, rate_limit_scale=None)
    made = build(settings_, "http://127.0.0.1:1")
    workspace = made.workspace
    workspace._listeners.clear()  # there is no event loop to deliver on
    app = workspace.app
    room = workspace.add_channel("room", "public", app.bot_user)
    message = posting.post(workspace, room, app.author, Content("hello"))
    url = workspace.response_urls.new(app.bot_user, room.id, message.ts)
    trigger = workspace.triggers.new(app.bot_user)
    return made, [room.id, message.ts, app.bot_user, url.id, trigger.id]


def call(sandbox: Sandbox, method: Method, arguments: dict[str, Any]) -> dict[str, Any]:
    """Call a method without HTTP and return the body of the answer."""
    token = APP_TOKEN if method.token == "app" else BOT_TOKEN
    return asyncio.run(sandbox.gateway.call(method, method.name, token, arguments)).body


@pytest.mark.parametrize("method", [*METHODS.values(), RESPOND], ids=lambda method: method.name)
@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_method_answers_anything(
    sandbox: tuple[Sandbox, list[str]], method: Method, data: st.DataObject
) -> None:
    made, known = sandbox
    values = st.sampled_from(known) | LIKELY | JUNK
    names = st.sampled_from(sorted(method.arguments.kinds))
    arguments = data.draw(st.dictionaries(names, values, max_size=2))
    for name in method.arguments.required:
        arguments.setdefault(name, data.draw(values))
    body = call(made, method, arguments)
    assert body["ok"] is True or isinstance(body["error"], str)


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("files.completeUploadExternal", {"files": [{"id": []}]}, "invalid_arguments"),
        ("files.list", {"count": 0}, "invalid_arguments"),
        ("conversations.list", {"limit": float("inf")}, "invalid_arguments"),
        ("conversations.list", {"limit": -1}, "invalid_limit"),
        ("conversations.history", {"oldest": "nan"}, "invalid_ts_oldest"),
        ("conversations.history", {"latest": "soon"}, "invalid_ts_latest"),
        ("views.publish", {"user_id": "U404", "view": []}, "invalid_arguments"),
        ("bookmarks.add", {"title": "x", "type": "folder"}, "invalid_bookmark_type"),
    ],
)
def test_these_once_fell_over(
    sandbox: tuple[Sandbox, list[str]], name: str, arguments: dict[str, Any], code: str
) -> None:
    made, known = sandbox
    given_ = dict(arguments)
    for channel in {"channel", "channel_id"} & set(METHODS[name].arguments.required):
        given_[channel] = known[0]
    assert call(made, METHODS[name], given_)["error"] == code
