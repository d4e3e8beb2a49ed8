"""A bot that knows who it is starts while Slack is away; one that does not, or is refused, does not."""

from collections.abc import Callable, Iterator

import pytest

from bot.errors import PermanentFault, SlackFault, TransientFault, UnknownFault
from bot.slack.gateway import Identity
from bot.slack.own_identity import own_identity
from storage import Store
from tests.store_fixtures import Database

US = Identity(
    "U0BOT",
    "B0BOT",
    "T0",
    "Hospital",
    "https://h.example/",
    enterprise_install=False,
    scopes=frozenset({"a"}),
)


@pytest.fixture
def ours(sqlite: Database) -> Iterator[Store]:
    """The database of our bot."""
    with sqlite.opened() as store:
        yield store


def failing(fault: SlackFault) -> Callable[[], Identity]:
    """A Slack that does not say who we are."""

    def ask() -> Identity:
        raise fault

    return ask


@pytest.mark.parametrize(
    "away", [TransientFault("auth.test", "cannot_connect"), UnknownFault("auth.test", "http_503")]
)
def test_it_starts_as_what_it_was_while_slack_is_away(ours: Store, away: SlackFault) -> None:
    assert own_identity(ours, "xoxb-1", lambda: US) == US

    assert own_identity(ours, "xoxb-1", failing(away)) == US


def test_a_refusal_is_not_passed_over(ours: Store) -> None:
    own_identity(ours, "xoxb-1", lambda: US)

    with pytest.raises(PermanentFault):
        own_identity(ours, "xoxb-1", failing(PermanentFault("auth.test", "invalid_auth")))


def test_the_first_start_needs_slack(ours: Store) -> None:
    with pytest.raises(TransientFault):
        own_identity(ours, "xoxb-1", failing(TransientFault("auth.test", "cannot_connect")))


def test_another_token_may_be_another_workspace(ours: Store) -> None:
    own_identity(ours, "xoxb-1", lambda: US)

    with pytest.raises(TransientFault):
        own_identity(ours, "xoxb-2", failing(TransientFault("auth.test", "cannot_connect")))
    with ours.read() as unit:
        assert "xoxb" not in (unit.settings.get("own_identity") or "")
