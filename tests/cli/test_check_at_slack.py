"""``burst programme check`` with a token: what only Slack knows is told at the line that says otherwise."""

from typing import Any

import pytest

from bot.sandbox.client import SandboxClient
from tests.cli.conftest import Installation
from tests.cli.test_check import connected, point_at, slack

__all__ = ["connected", "slack"]


def _mistaken(file: dict[str, Any]) -> None:
    file["archive"]["channel"] = "C01PUBLIC"
    person = file["people"]["radiologist"]
    del person["slack"]
    person["email"] = "red@ngh.example"
    file["people"]["safety"]["slack"] = "U01GONE"
    file["workstreams"]["training"]["user_group"] = "S01NOBODY"
    file["colour"] = "blue"


@pytest.fixture(name="mistaken")
def mistaken_installation(connected: Installation, slack: str) -> Installation:
    """A file that is wrong in itself, and about Slack."""
    point_at(connected, slack, _mistaken)
    return connected


def _line(installation: Installation, words: str) -> int:
    text = (installation.folder / "programme.yml").read_text(encoding="utf-8")
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_one_run_tells_what_the_file_and_what_slack_knows(mistaken: Installation) -> None:
    file = mistaken.folder / "programme.yml"
    result = mistaken.burst("programme", "check", file)
    assert result.exit_code == 1
    for mark, words in (
        ("C01PUBLIC", "archive.channel: archive channel #town-square is public"),
        (
            "red@ngh",
            "people.radiologist.email: person radiologist is named by red@ngh.example, which nobody has",
        ),
        ("red@ngh", "did you mean rad@ngh.example?"),
        ("U01GONE", "people.safety.slack: person safety U01GONE is deactivated"),
        ("S01NOBODY", "workstreams.training.user_group: user group of workstream training S01NOBODY cannot"),
        ("colour", "colour: unknown key"),
    ):
        told = f"programme.yml:{_line(mistaken, mark)}: "
        assert [line for line in result.stdout.splitlines() if line.startswith(told) and words in line], words


def test_without_slack_the_file_is_checked_and_it_is_said(mistaken: Installation, slack: str) -> None:
    with SandboxClient(slack) as control:
        control.fail("auth.test", "error", error="fatal_error")
        result = mistaken.burst("programme", "check", mistaken.folder / "programme.yml")
        control.heal()
    assert "colour: unknown key" in result.stdout
    assert "Slack could not be asked" in result.stderr
