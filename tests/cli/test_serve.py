"""``burst serve`` and ``burst sandbox``: what keeps them from starting is said in words."""

import socket
from pathlib import Path

import pytest

from bot import logs
from tests.cli.conftest import Installation
from tests.unit.programme_files import written

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Logging is the process's, and stays as the tests have it."""
    monkeypatch.setattr(logs, "configure", lambda _level: None)


def test_without_tokens_it_names_both(bare: Installation) -> None:
    result = bare.burst("serve")
    assert result.exit_code == 1
    assert "SLACK_BOT_TOKEN" in result.stderr
    assert "SLACK_APP_TOKEN" in result.stderr
    assert "Traceback" not in result.output


def test_without_a_programme_it_says_where_to_get_one(bare: Installation) -> None:
    bare.environment |= TOKENS
    result = bare.burst("serve")
    assert (result.exit_code, "burst programme init" in result.stderr) == (1, True)


def test_a_programme_with_problems_is_not_served(bare: Installation) -> None:
    file = written(bare.folder, lambda content: content.pop("sites"))
    bare.environment |= TOKENS | {"BURST_PROGRAMME": str(file)}
    result = bare.burst("serve")
    assert (result.exit_code, "programme.yml:" in result.stderr) == (1, True)


def test_http_mode_asks_for_the_signing_secret_and_for_no_app_token(bare: Installation) -> None:
    bare.environment |= {"SLACK_BOT_TOKEN": "xoxb-1", "BURST_MODE": "http"}
    result = bare.burst("serve")
    assert (result.exit_code, "SLACK_SIGNING_SECRET" in result.stderr) == (1, True)
    assert "SLACK_APP_TOKEN" not in result.stderr


def test_the_sandbox_explains_itself(bare: Installation) -> None:
    result = bare.burst("sandbox", "--help")
    assert result.exit_code == 0
    assert "loopback" in result.stdout


def test_a_port_in_use_is_named(bare: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = bare.burst("sandbox", "--manifest", MANIFEST, "--port", str(port))
    assert (result.exit_code, f"Port {port}" in result.stderr) == (1, True)


def test_a_seed_that_is_none_is_said_to_be_none(bare: Installation) -> None:
    seed = bare.folder / "seed.yml"
    seed.write_text("people: [ann]\n", encoding="utf-8")
    result = bare.burst("sandbox", "--manifest", MANIFEST, "--port", "0", "--seed", seed)
    assert (result.exit_code, "seed.yml" in result.stderr) == (1, True)
