"""Numbers for Prometheus. No label ever holds a person, a burst or a text."""

from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """Every metric of one process, on a registry of its own."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._calls = Counter(
            "issue_burst_slack_calls",
            "Web API calls by method and outcome",
            ("method", "outcome"),
            registry=registry,
        )
        self._seconds = Histogram(
            "issue_burst_slack_call_seconds", "How long a Web API call took", ("method",), registry=registry
        )

        self._privacy = Counter(
            "issue_burst_privacy_events",
            "What the privacy guard found, by category and by what came of it",
            ("category", "outcome"),
            registry=registry,
        )

    def privacy_event(self, outcome: str, categories: Iterable[str]) -> None:
        """Count categories that the guard found; ``outcome`` says what came of it."""
        for category in categories:
            self._privacy.labels(category, outcome).inc()

    def slack_call(self, method: str, outcome: str, seconds: float) -> None:
        """Count one Web API call; ``outcome`` is ``ok`` or an error code."""
        self._calls.labels(method, outcome).inc()
        self._seconds.labels(method).observe(seconds)

    def read_on_scrape(self, name: str, words: str, read: Callable[[], float]) -> None:
        """A gauge whose value is read when it is asked for."""
        Gauge(f"issue_burst_{name}", words, registry=self.registry).set_function(read)

    def read_each_on_scrape(
        self, name: str, words: str, label: str, reads: Mapping[str, Callable[[], float]]
    ) -> None:
        """The same for several values of one ``label``."""
        gauge = Gauge(f"issue_burst_{name}", words, (label,), registry=self.registry)
        for value, read in reads.items():
            gauge.labels(value).set_function(read)
