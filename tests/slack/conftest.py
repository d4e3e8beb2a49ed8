"""What the tests of talking to Slack share."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.slack.gateway import Gateway, web_client
from bot.slack.pacing import Pacer
from bot.slack.sending import attempt
from tests.slack.fake_slack import FakeSlack, serving
from tests.slack.world import World
from tests.store_fixtures import Database


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A Slack that fails on demand."""
    with serving() as fake:
        yield fake


class Hand:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def hand() -> Hand:
    """A monotonic clock in the test's hand."""
    return Hand()


@pytest.fixture
def pacer(hand: Hand) -> Pacer:
    """A pacer whose time only the test moves."""
    return Pacer(now=hand)


@pytest.fixture
def gateway(slack: FakeSlack, pacer: Pacer) -> Gateway:
    """A gateway to the fake Slack."""
    client = web_client("xoxb-test", base_url=slack.url, proxy=None, ssl_context=None, timeout=1)
    return Gateway(client, pacer)


@pytest.fixture
def world(slack: FakeSlack, sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A sender on a fresh database; after a fault it tries again at once."""
    monkeypatch.setattr(attempt, "FIRST_WAIT_FOR", 0.0)
    with sqlite.opened() as store, closing(World(slack, store)) as made:
        yield made


@pytest.fixture
def shared_world(slack: FakeSlack, postgresql: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The same on PostgreSQL, where other processes may be at work."""
    monkeypatch.setattr(attempt, "FIRST_WAIT_FOR", 0.0)
    with postgresql.opened() as store, closing(World(slack, store)) as made:
        yield made
