"""The rows of the table, by name."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from tests.bench import acks, calls, due, open_burst, search, start, storm, sweep, travel, writers, year
from tests.bench.findings import Finding
from tests.bench.ground import Ground

Row: TypeAlias = Callable[[Ground], Iterator[Finding]]

ROWS: Mapping[str, Row] = {
    "ack-http": acks.measure_http,
    "ack-socket": acks.measure_socket,
    "open-burst": open_burst.measure,
    "writers": writers.measure,
    "sweep": sweep.measure,
    "due": due.measure,
    "storm": storm.measure,
    "connections": calls.measure_connections,
    "life": calls.measure_life,
    "start": start.measure,
    "year": year.measure,
    "search": search.measure,
    "travel": travel.measure,
}
