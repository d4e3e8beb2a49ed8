"""No call is made before Slack would allow it, and nobody waits longer than needed."""

import pytest

from bot.slack.pacing import Bucket, Limit, Pacer
from tests.slack.conftest import Hand

TIERS = {"chat.postMessage": Limit(100, 100), "conversations.create": Limit(4, 4)}


def drained(pacer: Pacer, hand: Hand, method: str, *, seconds: int) -> list[float]:
    """When ``method`` could be called by somebody who tries every tenth of a second for as often as it can."""
    called = []
    for tenth in range(seconds * 10):
        hand.at = 1000.0 + tenth / 10
        while pacer.ready(method) == 0.0:
            assert pacer.take(method) == 0.0
            called.append(hand.at)
    return called


def test_a_method_is_never_called_more_often_in_any_minute_than_its_tier_allows(hand: Hand) -> None:
    pacer = Pacer(now=hand)
    called = drained(pacer, hand, "conversations.create", seconds=300)
    for at in called:
        assert sum(at <= other < at + 60.0 for other in called) <= 20


def test_nearly_all_that_the_tier_allows_is_used(hand: Hand) -> None:
    pacer = Pacer(now=hand)
    assert len(drained(pacer, hand, "conversations.create", seconds=300)) >= 0.95 * 20 * 5


def test_a_short_burst_is_not_delayed(hand: Hand) -> None:
    pacer = Pacer(now=hand)
    assert [pacer.take("conversations.create") for _ in range(5)] == [0.0] * 5


def test_an_unknown_method_is_paced_like_the_strictest_tier(hand: Hand) -> None:
    pacer = Pacer(now=hand)
    assert len(drained(pacer, hand, "bookmarks.add", seconds=60)) == 20


def test_a_channel_gets_one_message_a_second_however_many_methods_post(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    assert pacer.take("chat.postMessage", "C01") == 0.0
    assert pacer.take("chat.postEphemeral", "C01") == 0.0
    assert pacer.take("chat.postMessage", "C01") == pytest.approx(1.0)
    assert pacer.take("chat.postMessage", "C02") == 0.0


def test_a_refused_take_uses_no_token(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    for _ in range(4):
        pacer.take("chat.postMessage", "C01")
    hand.at += 2.0
    assert pacer.ready("chat.postMessage", "C01") == 0.0


def test_everybody_who_waits_is_told_another_time(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    for _ in range(4):
        pacer.take("conversations.create")
        hand.at += 1.0
    waits = [pacer.take("conversations.create") for _ in range(6)]
    assert waits == pytest.approx([56.0, 57.0, 58.0, 59.0, 116.0, 117.0])
    assert pacer.ready("conversations.create") == pytest.approx(56.0)


def test_who_comes_back_when_told_is_served(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    for _ in range(4):
        pacer.take("conversations.create")
    hand.at += pacer.take("conversations.create")
    assert pacer.take("conversations.create") == 0.0


def test_retry_after_pauses_that_method_and_no_other(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    pacer.pause("conversations.create", 30.0)
    assert pacer.ready("conversations.create") == pytest.approx(30.0)
    assert pacer.take("conversations.create") == pytest.approx(30.0)
    assert pacer.take("chat.postMessage") == 0.0
    hand.at += 30.0
    assert pacer.take("conversations.create") == 0.0


def test_a_shorter_pause_does_not_end_a_longer_one(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    pacer.pause("chat.postMessage", 30.0)
    pacer.pause("chat.postMessage", 1.0)
    assert pacer.ready("chat.postMessage") == pytest.approx(30.0)


def test_replicas_share_what_a_method_may_use(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    pacer.replicas = 2
    assert len(drained(pacer, hand, "conversations.create", seconds=60)) == 2


def test_more_replicas_than_calls_wait_longer_instead_of_never(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    pacer.replicas = 8
    assert len(drained(pacer, hand, "conversations.create", seconds=121)) == 2


def test_a_replica_that_joins_is_counted_from_the_next_call_on(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    assert [pacer.take("conversations.create") for _ in range(3)] == [0.0] * 3
    assert pacer.ready("conversations.create") == 0.0
    pacer.replicas = 2
    assert pacer.take("conversations.create") > 0.0


def test_channels_that_are_idle_are_forgotten(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers={"chat.postMessage": Limit(1e6, 10_000)})
    for number in range(1000):
        pacer.take("chat.postMessage", f"C{number}")
    hand.at += 5.0
    pacer.take("chat.postMessage", "C0")
    pacer.take("chat.postMessage", "CNEW")
    assert set(pacer._channels) == {"C0", "CNEW"}


def test_after_a_burst_calls_come_one_by_one(hand: Hand) -> None:
    pacer = Pacer(now=hand)
    called = drained(pacer, hand, "conversations.create", seconds=20)
    assert called == pytest.approx([1000.0] * 5 + [1003.0, 1006.0, 1009.0, 1012.0, 1015.0, 1018.0], abs=0.11)


def test_whoever_waits_for_a_channel_holds_nobody_up_elsewhere(hand: Hand) -> None:
    pacer = Pacer(now=hand)
    for _ in range(2):
        pacer.take("chat.postMessage", "C01")
    assert pacer.take("chat.postMessage", "C01") == pytest.approx(1.0)
    assert pacer.take("chat.postMessage", "C02") == 0.0


def test_a_bucket_is_idle_once_its_tokens_are_back() -> None:
    bucket = Bucket(Limit(60, 2))
    assert bucket.idle(0.0)
    bucket.take(0.0)
    assert not bucket.idle(0.5)
    assert bucket.idle(1.0)


def test_a_slack_that_counts_by_tokens_has_nothing_to_refuse_either(hand: Hand) -> None:
    tokens, at = 5.0, 1000.0
    for called in drained(Pacer(now=hand), hand, "conversations.create", seconds=300):
        tokens, at = min(5.0, tokens + (called - at) / 3.0) - 1.0, called
        assert tokens > -0.001


def test_times_that_were_told_and_are_over_are_told_again(hand: Hand) -> None:
    pacer = Pacer(now=hand, tiers=TIERS)
    for _ in range(4):
        pacer.take("conversations.create")
    assert [pacer.take("conversations.create") for _ in range(2)] == pytest.approx([60.0, 60.0])
    hand.at += 61.0
    for _ in range(4):
        pacer.take("conversations.create")
    assert pacer.take("conversations.create") == pytest.approx(60.0)
