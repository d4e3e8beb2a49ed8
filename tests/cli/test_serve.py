"""``burst serve``: what keeps it from starting is said in words."""

import pytest

from bot import logs
from tests.cli.conftest import Installation
from tests.unit.programme_files import written

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


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


def test_a_slack_that_does_not_answer_is_said_to_be_the_reason(bare: Installation) -> None:
    file = written(bare.folder, lambda _content: None)
    nobody = {"SLACK_API_URL": "http://127.0.0.1:1/api/", "BURST_PROGRAMME": str(file)}
    bare.environment |= TOKENS | nobody
    result = bare.burst("serve", "--upgrade")
    assert (result.exit_code, "cannot be reached" in result.stderr) == (1, True)
    assert "`burst check`" in result.stderr


def test_http_mode_asks_for_the_signing_secret_and_for_no_app_token(bare: Installation) -> None:
    bare.environment |= {"SLACK_BOT_TOKEN": "xoxb-1", "BURST_MODE": "http"}
    result = bare.burst("serve")
    assert (result.exit_code, "SLACK_SIGNING_SECRET" in result.stderr) == (1, True)
    assert "SLACK_APP_TOKEN" not in result.stderr
