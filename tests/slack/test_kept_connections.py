"""Calls to Slack share connections, and a connection that is gone is no reason to fail."""

from bot.slack.gateway import web_client
from tests.slack.counting_slack import CountingSlack, counting_slack


def call(slack: CountingSlack, times: int) -> None:
    """Make so many calls with one client, each after the server is done with the one before."""
    client = web_client("xoxb-test", base_url=slack.url, proxy=None, ssl_context=None)
    for _ in range(times):
        client.chat_postMessage(channel="C01", text="hello")
        if not slack.keeps:
            assert slack.closed.wait(10)
            slack.closed.clear()


def test_calls_share_a_connection() -> None:
    with counting_slack() as slack:
        call(slack, 5)
        assert slack.connections == 1


def test_a_connection_that_was_closed_meanwhile_is_not_used_again() -> None:
    with counting_slack(keeps=False) as slack:
        call(slack, 3)
        assert slack.connections == 3
