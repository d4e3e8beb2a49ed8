"""Rate limits: Slack's tiers, one message a second per channel, and `Retry-After`."""

from collections.abc import Callable, Iterator

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.web import limits
from bot.sandbox.web.limits import PER_CHANNEL, TIER_2, Bucket, RateLimits
from bot.sandbox.web.table import METHODS
from tests.sandbox.support import Clock, command_url, fresh, refusal


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that buckets look at."""
    moved = Clock()
    monkeypatch.setattr(limits, "time", moved)
    return moved


def test_a_burst_passes_and_then_one_every_three_seconds(clock: Clock) -> None:
    bucket = Bucket(TIER_2, 1.0)
    assert [bucket.take() for _ in range(11)] == [0] * 10 + [3]
    clock.now += 3
    assert [bucket.take(), bucket.take()] == [0, 3]


def test_quiet_time_is_not_saved_up_beyond_the_burst(clock: Clock) -> None:
    bucket = Bucket(PER_CHANNEL, 1.0)
    clock.now += 3600
    assert [bucket.take() for _ in range(6)] == [0] * 5 + [1]


def test_a_scale_makes_the_rate_more_generous(clock: Clock) -> None:
    bucket = Bucket(TIER_2, 10.0)
    assert [bucket.take() for _ in range(101)] == [0] * 100 + [1]


def test_every_method_and_channel_has_a_bucket_of_its_own(clock: Clock) -> None:
    rates = RateLimits(1.0)
    while rates.take("pins.add", TIER_2) == 0:
        pass
    assert rates.take("pins.remove", TIER_2) == 0


@pytest.mark.parametrize(
    ("method", "per_minute"),
    [
        ("conversations.create", 20),
        ("conversations.archive", 20),
        ("conversations.invite", 50),
        ("chat.update", 50),
        ("views.open", 100),
        ("apps.connections.open", 1),
    ],
)
def test_methods_have_slacks_tiers(method: str, per_minute: int) -> None:
    assert METHODS[method].rate.per_minute == per_minute


def repeat(call: Callable[[], object], times: int) -> None:
    """Call so many times, one right after the other."""
    for _ in range(times):
        call()


@pytest.fixture
def limited(client: SandboxClient) -> Iterator[None]:
    """Rate limits as Slack has them."""
    client.limit_rates(1.0)
    yield
    client.limit_rates(None)


def test_too_many_calls_are_told_when_to_come_back(
    limited: None, client: SandboxClient, slack: WebClient
) -> None:
    with pytest.raises(SlackApiError) as refusal:
        repeat(slack.conversations_list, 30)
    response = refusal.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert int(response.headers["Retry-After"]) >= 1
    assert [call["retry_after"] for call in client.calls(error="ratelimited")] != []


def test_one_busy_channel_leaves_the_others_free(limited: None, slack: WebClient) -> None:
    busy, quiet = (slack.conversations_create(name=fresh("r"))["channel"]["id"] for _ in "ab")
    with pytest.raises(SlackApiError, match="ratelimited"):
        repeat(lambda: slack.chat_postMessage(channel=busy, text="x"), 8)
    assert slack.chat_postMessage(channel=quiet, text="x")["ok"]


def test_a_channel_is_one_channel_whatever_it_is_called(
    clock: Clock, limited: None, slack: WebClient
) -> None:
    name = fresh("r")
    channel = slack.conversations_create(name=name)["channel"]["id"]
    for called in (channel, name, f"#{name}", channel, name):
        slack.chat_postMessage(channel=called, text="x")

    assert refusal(slack.chat_postMessage, channel=channel, text="x") == "ratelimited"
    clock.now += 1
    assert slack.chat_postMessage(channel=channel, text="x")["ok"]


def test_every_way_of_posting_counts_towards_the_same_limit(
    clock: Clock, limited: None, slack: WebClient, ann: Person, app: App
) -> None:
    channel = slack.conversations_create(name=fresh("r"))["channel"]["id"]
    ann.change_channel(channel, "join")
    url = command_url(app, ann, channel)
    for _ in range(2):
        slack.chat_postMessage(channel=channel, text="x")
        slack.chat_postEphemeral(channel=channel, user=ann.id, text="x")

    assert [url.send(text="x").status_code for _ in range(2)] == [200, 429]
