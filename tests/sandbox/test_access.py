"""Who may call what: tokens, scopes and arguments are checked before anything happens."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from slack_sdk import WebClient

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running
from bot.sandbox.settings import SandboxSettings
from tests.sandbox.support import APP_TOKEN, BOT_TOKEN, fresh, refusal, refused, web_client


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A workspace in which the app may do little: public channels, and posting."""
    manifest = tmp_path_factory.mktemp("narrow") / "manifest.yml"
    scopes = ["channels:manage", "channels:read", "chat:write"]
    manifest.write_text(yaml.safe_dump({"oauth_config": {"scopes": {"bot": scopes}}}))
    with running(SandboxSettings(manifest=manifest, port=0, rate_limit_scale=None)) as address:
        yield web_client(address)


def test_a_good_token_says_whose_it_is(client: SandboxClient, slack: WebClient) -> None:
    about = client.about()
    answer = slack.auth_test()
    assert (answer["user_id"], answer["bot_id"]) == (about["bot_user_id"], about["bot_id"])


@pytest.mark.parametrize(
    ("token", "code"),
    [("", "not_authed"), ("xoxb-forged", "invalid_auth"), (APP_TOKEN, "not_allowed_token_type")],
)
def test_a_wrong_token_opens_nothing(address: str, token: str, code: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.post(f"{address}/api/auth.test", headers=headers, trust_env=False)
    assert (answer.status_code, answer.json()["error"]) == (200, code)


def test_a_socket_needs_the_apps_own_token(address: str) -> None:
    with_bot = web_client(address)
    code = refusal(with_bot.apps_connections_open, app_token=BOT_TOKEN)
    assert code == "not_allowed_token_type"


def test_a_token_may_come_as_argument(address: str) -> None:
    answer = httpx.post(f"{address}/api/auth.test", data={"token": BOT_TOKEN}, trust_env=False)
    assert answer.json()["ok"]


def test_a_missing_scope_is_named_with_what_is_there(narrow: WebClient) -> None:
    answer = refused(narrow.users_list)
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "users:read"
    assert answer["provided"] == "channels:manage,channels:read,chat:write"


def test_private_channels_need_a_scope_of_their_own(narrow: WebClient) -> None:
    answer = refused(narrow.conversations_create, name=fresh("vault"), is_private=True)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:write")
    assert refusal(narrow.conversations_list, types="private_channel") == "missing_scope"


def test_history_needs_a_scope_of_its_own(narrow: WebClient) -> None:
    room = narrow.conversations_create(name=fresh("room"))["channel"]["id"]
    assert refusal(narrow.conversations_history, channel=room) == "missing_scope"


def test_a_method_that_slack_does_not_have_is_unknown(slack: WebClient) -> None:
    assert refusal(slack.api_call, api_method="chat.shout") == "unknown_method"


def test_an_argument_that_the_method_does_not_have_is_named(slack: WebClient, channel: str) -> None:
    answer = refused(slack.chat_postMessage, channel=channel, text="x", colour="red")
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] unknown argument: colour"]


def test_a_missing_argument_is_named(slack: WebClient) -> None:
    answer = refused(slack.api_call, api_method="conversations.info", params={})
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("conversations.create", {"name": "x", "is_private": "perhaps"}),
        ("conversations.list", {"limit": "many"}),
        ("views.open", {"trigger_id": "1", "view": "{not json"}),
        ("chat.postMessage", {"channel": {"id": "C1"}, "text": "x"}),
        ("conversations.invite", {"channel": "C1", "users": {"id": "U1"}}),
    ],
)
def test_an_argument_of_the_wrong_kind_is_refused(
    slack: WebClient, method: str, arguments: dict[str, object]
) -> None:
    assert refusal(slack.api_call, api_method=method, json=arguments) == "invalid_arguments"


@pytest.mark.parametrize(("body", "code"), [("{", "invalid_json"), ("[]", "json_not_object")])
def test_a_body_that_is_no_json_object_is_refused(address: str, body: str, code: str) -> None:
    headers = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": "application/json"}
    answer = httpx.post(f"{address}/api/auth.test", content=body, headers=headers, trust_env=False)
    assert answer.json()["error"] == code


def test_api_test_echoes_or_fails_as_asked(slack: WebClient) -> None:
    assert slack.api_test(foo="bar")["args"] == {"foo": "bar"}
    assert refusal(slack.api_test, error="my_error") == "my_error"


def test_the_manifest_of_this_repository_is_read() -> None:
    own = Path(__file__).parents[2] / "manifest.yml"
    with running(SandboxSettings(manifest=own, port=0)) as address:
        assert web_client(address).auth_test()["ok"]
