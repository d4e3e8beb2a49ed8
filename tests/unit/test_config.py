"""The environment is read once, completely, and its problems are named one by one."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import ConfigError, proxy_for, read, require_tokens

SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def test_nothing_but_tokens_is_enough_to_serve() -> None:
    """Everything else has a default."""
    config = read(SLACK)
    require_tokens(config)
    assert config.mode == "socket"
    assert config.slack_api_url == "https://slack.com/api/"
    assert config.database_url == f"sqlite:///{Path('burst-data').absolute() / 'burst.db'}"


def test_every_problem_is_named_at_once() -> None:
    """An administrator corrects the lot in one go."""
    with pytest.raises(ConfigError) as caught:
        read({"BURST_MODE": "carrier-pigeon", "BURST_HTTP_PORT": "99999", "SLACK_API_URL": "slack"})
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "BURST_MODE",
        "BURST_HTTP_PORT",
        "SLACK_API_URL",
    ]


@pytest.mark.parametrize("url", ["http://slack.example/api/", "http://10.0.0.1/api"])
def test_tokens_never_travel_in_the_clear(url: str) -> None:
    """Plain http is for loopback alone."""
    with pytest.raises(ConfigError, match="use https"):
        read({"SLACK_API_URL": url})


def test_policy_time_moves_only_beside_a_slack_on_loopback() -> None:
    """A clock file next to the real Slack would move real promises."""
    with pytest.raises(ConfigError, match="BURST_CLOCK_FILE"):
        read({"BURST_CLOCK_FILE": "/somewhere/clock.json"})
    config = read(
        {"BURST_CLOCK_FILE": "/somewhere/clock.json", "SLACK_API_URL": "http://127.0.0.1:8642/api/"}
    )
    assert config.clock_file == Path("/somewhere/clock.json")


def test_a_secret_may_come_as_a_file(tmp_path: Path) -> None:
    """As container platforms hand secrets over."""
    file = tmp_path / "token"
    file.write_text("xoxb-from-a-file\n", encoding="utf-8")
    assert read({"SLACK_BOT_TOKEN_FILE": str(file)}).bot_token == "xoxb-from-a-file"


def test_a_secret_given_twice_is_a_mistake(tmp_path: Path) -> None:
    """Nobody should have to guess which one counts."""
    with pytest.raises(ConfigError, match="given twice"):
        read({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_BOT_TOKEN_FILE": str(tmp_path)})


def test_an_unreadable_secret_file_is_named() -> None:
    """Without repeating anything secret."""
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN_FILE: /nowhere/token cannot be read"):
        read({"SLACK_BOT_TOKEN_FILE": "/nowhere/token"})


def test_secrets_do_not_show_in_a_printed_configuration() -> None:
    """Configurations end up in logs and tickets."""
    assert "xoxb-1" not in repr(read(SLACK))


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "BURST_MODE": "http"}, "SLACK_SIGNING_SECRET"),
        ({**SLACK, "SLACK_BOT_TOKEN": "xoxp-a-user-token"}, "SLACK_BOT_TOKEN"),
    ],
)
def test_each_mode_asks_for_the_secrets_it_needs(environment: dict[str, str], missing: str) -> None:
    """And says what such a secret looks like."""
    with pytest.raises(ConfigError, match=missing):
        require_tokens(read(environment))


def test_a_proxy_is_used_for_slack_but_never_for_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hospitals name proxies and exceptions by the usual variables."""
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "internal.example")
    assert proxy_for("https://slack.com/api/") == "http://proxy.example:3128"
    assert proxy_for("https://internal.example/api/") is None
    assert proxy_for("https://127.0.0.1:8642/api/") is None
    assert proxy_for("https://localhost/api/") is None


def test_another_proxy_is_used_only_where_the_environment_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    config = replace(read({}), other_proxy="http://other.example:3128")
    assert config.proxy == "http://other.example:3128"
    assert proxy_for("https://localhost/api/", "http://other.example:3128") is None
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert config.proxy == "http://proxy.example:3128"
