"""Health means it: green only while the engine lives, ready only while Slack reaches us."""

from collections.abc import Callable

import httpx
import pytest
from prometheus_client import CollectorRegistry

from bot.api import server
from bot.api.health import Health, Probe
from bot.api.metrics import Metrics
from bot.errors import BotError


def _fine() -> str:
    return ""


def _serve(
    alive: Callable[[], str] = _fine, ready: Callable[[], str] = _fine
) -> tuple[server.Server, Metrics]:
    metrics = Metrics(CollectorRegistry())
    health = Health((Probe("engine", alive),), (Probe("socket", ready),))
    return server.Server(server.build(health, metrics.registry), "127.0.0.1", 0), metrics


def _get(running: server.Server, path: str) -> httpx.Response:
    running.start()
    try:
        with httpx.Client(trust_env=False, verify=False) as client:  # noqa: S501 - plain http on loopback
            return client.get(running.url + path)
    finally:
        running.stop()


def test_all_is_well() -> None:
    """200, and nothing is named."""
    answer = _get(_serve()[0], "/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "wrong": {}})


def test_a_silent_engine_turns_health_red() -> None:
    """Restarting helps, so it is liveness that says so."""
    answer = _get(_serve(alive=lambda: "sweep: did not run in time")[0], "/healthz")
    assert (answer.status_code, answer.json()["wrong"]) == (503, {"engine": "sweep: did not run in time"})


def test_a_lost_socket_is_not_ready_but_alive() -> None:
    """Restarting would not bring Slack back."""
    assert _get(_serve(ready=lambda: "not connected")[0], "/healthz").status_code == 200
    assert _get(_serve(ready=lambda: "not connected")[0], "/readyz").status_code == 503


def test_a_probe_that_fails_is_wrong_too() -> None:
    """In the name of its error, without its text."""

    def broken() -> str:
        raise OSError("/secret/path")

    answer = _get(_serve(alive=broken)[0], "/healthz")
    assert answer.json()["wrong"] == {"engine": "could not be checked: OSError"}


def test_metrics_are_prometheus_text() -> None:
    """Calls are counted by method and outcome, the guard's findings by category, gauges read when asked for."""
    running, metrics = _serve()
    metrics.privacy_event("refused", ("mrn", "dob"))
    metrics.slack_call("chat.postMessage", "ok", 0.02)
    metrics.read_on_scrape("outbox_parked", "Intents that were parked", lambda: 3.0)
    text = _get(running, "/metrics").text
    assert 'issue_burst_slack_calls_total{method="chat.postMessage",outcome="ok"} 1.0' in text
    assert 'issue_burst_privacy_events_total{category="dob",outcome="refused"} 1.0' in text
    assert "issue_burst_outbox_parked 3.0" in text


def test_a_taken_port_is_said_in_words() -> None:
    """An administrator reads which variable to change."""
    first, _ = _serve()
    port = int(first.url.rsplit(":", 1)[1])
    health = Health((), ())
    with pytest.raises(BotError, match="BURST_HTTP_PORT"):
        server.Server(server.build(health, CollectorRegistry()), "127.0.0.1", port)
    first.start()
    first.stop()
