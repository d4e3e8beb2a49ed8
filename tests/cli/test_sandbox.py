"""``burst sandbox`` and ``burst manifest``: the workspace that is started is the one that was asked for."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.config import MANIFEST
from bot.sandbox import server
from bot.sandbox.__main__ import settings_from
from bot.sandbox.settings import SandboxSettings
from tests.cli.conftest import Installation

EVERY_OPTION = {
    "--host": "localhost",
    "--port": "0",
    "--manifest": str(MANIFEST),
    "--seed": str(MANIFEST),
    "--bot-token": "xoxb-other",
    "--app-token": "xapp-other",
    "--signing-secret": "other",
    "--deliver-to": "http://127.0.0.1:9/slack/events",
    "--rate-limits": "scale=2.5",
    "--state-file": "state.json",
    "--clock-file": "clock.json",
}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[SandboxSettings]:
    """What was started, instead of serving it."""
    found: list[SandboxSettings] = []

    def serve(settings: SandboxSettings, announce: Callable[[str], None]) -> None:
        found.append(settings)
        announce(f"http://{settings.host}:{settings.port}")

    monkeypatch.setattr(server, "serve", serve)
    return found


def test_without_options_it_is_the_usual_workspace(
    bare: Installation, started: list[SandboxSettings]
) -> None:
    result = bare.burst("sandbox")
    assert started == [SandboxSettings(manifest=MANIFEST)]
    assert "http://127.0.0.1:8642 in a browser" in result.stderr
    assert (
        "SLACK_API_URL=http://127.0.0.1:8642/api/ SLACK_BOT_TOKEN=xoxb-sandbox SLACK_APP_TOKEN="
        in result.stderr
    )


def test_in_http_mode_the_bot_is_told_the_signing_secret(
    bare: Installation, started: list[SandboxSettings]
) -> None:
    result = bare.burst("sandbox", "--deliver-to", "http://127.0.0.1:8080/slack/events")
    assert "BURST_MODE=http SLACK_SIGNING_SECRET=sandbox-signing-secret" in result.stderr
    assert "SLACK_APP_TOKEN" not in result.stderr


def test_it_takes_every_option_of_the_module(bare: Installation, started: list[SandboxSettings]) -> None:
    words = [word for pair in EVERY_OPTION.items() for word in pair]
    bare.burst("sandbox", *words)
    assert started == [settings_from(words)]


@pytest.mark.parametrize(("word", "scale"), [("on", 1.0), ("off", None), ("scale=0.5", 0.5)])
def test_rate_limits(
    bare: Installation, started: list[SandboxSettings], word: str, scale: float | None
) -> None:
    bare.burst("sandbox", "--rate-limits", word)
    assert [settings.rate_limit_scale for settings in started] == [scale]


@pytest.mark.parametrize("word", ["scale=0", "scale=nan", "scale=inf", "-1", "some"])
def test_rate_limits_that_are_none_are_refused(
    bare: Installation, started: list[SandboxSettings], word: str
) -> None:
    result = bare.burst("sandbox", "--rate-limits", word)
    assert (result.exit_code, "none of on, off and scale=" in result.stderr, started) == (2, True, [])


def test_a_public_address_is_refused(bare: Installation) -> None:
    result = bare.burst("sandbox", "--host", "0.0.0.0", "--port", "0")
    assert (result.exit_code, "loopback addresses only" in result.stderr) == (1, True)


def test_it_explains_itself(bare: Installation) -> None:
    result = bare.burst("sandbox", "--help")
    assert result.exit_code == 0
    assert "loopback" in result.stdout


def test_a_port_in_use_is_all_that_is_said_with_what_to_do(bare: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = bare.burst("sandbox", "--port", str(port))
    (line,) = result.stderr.splitlines()
    assert (result.exit_code, line.startswith(f"Error: Port {port} on 127.0.0.1 is in use")) == (1, True)
    assert "--port 0 takes a free one" in line


def test_a_seed_that_is_none_is_said_to_be_none(bare: Installation) -> None:
    seed = bare.folder / "seed.yml"
    seed.write_text("people: [ann]\n", encoding="utf-8")
    result = bare.burst("sandbox", "--port", "0", "--seed", seed)
    assert (result.exit_code, "seed.yml is no seed of a workspace:\npeople: Extra" in result.stderr) == (
        1,
        True,
    )


@pytest.mark.parametrize("content", [b"users: [", b"\xff\xfe\x00"])
def test_a_seed_that_is_no_yaml_is_said_to_be_none(bare: Installation, content: bytes) -> None:
    seed = bare.folder / "seed.yml"
    seed.write_bytes(content)
    result = bare.burst("sandbox", "--port", "0", "--seed", seed)
    assert (result.exit_code, "seed.yml is no YAML" in result.stderr) == (1, True)


def test_the_manifest_is_printed_as_it_is(bare: Installation) -> None:
    printed = bare.burst("manifest").stdout
    assert printed == MANIFEST.read_text(encoding="utf-8")
    assert "/burst" in {one["command"] for one in yaml.safe_load(printed)["features"]["slash_commands"]}


def test_for_http_mode_everything_is_posted_to_one_address(bare: Installation) -> None:
    url = "https://burst.hospital.example/slack/events"
    told = yaml.safe_load(bare.burst("manifest", "--url", url).stdout)
    settings, features = told["settings"], told["features"]
    addresses = {one["url"] for one in features["slash_commands"]}
    addresses |= {settings["interactivity"]["request_url"], settings["event_subscriptions"]["request_url"]}
    assert addresses == {url}
    assert settings["socket_mode_enabled"] is False
    usual = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert told["oauth_config"] == usual["oauth_config"]
    assert (
        settings["event_subscriptions"]["bot_events"]
        == usual["settings"]["event_subscriptions"]["bot_events"]
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://burst.hospital.example/slack/events",
        "https:///slack/events",
        "https://burst.hospital.example/",
        "nowhere",
    ],
)
def test_an_address_that_slack_cannot_post_to_is_refused(bare: Installation, url: str) -> None:
    refused = bare.burst("manifest", "--url", url)
    assert refused.exit_code == 1
    assert "https://<your host>/slack/events" in refused.stderr


def test_the_one_at_the_top_of_the_project_is_the_same_file() -> None:
    assert (Path(__file__).parents[2] / "manifest.yml").resolve() == MANIFEST.resolve()
