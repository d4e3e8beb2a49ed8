"""Logs tell where it failed and never what people typed."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

TYPED = "what somebody typed"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged during one test; the root logger is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure("INFO", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def _lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_exception_is_logged_by_its_type_and_place(written: io.StringIO) -> None:
    """Its message may quote a payload and stays out."""
    try:
        int(TYPED)
    except ValueError:
        structlog.get_logger("test").exception("it_failed", error_id="ab12")
    (line,) = _lines(written)
    assert line["error"] == "ValueError"
    assert line["error_id"] == "ab12"
    assert any("test_logs.py" in str(place) for place in _places(line))
    assert TYPED not in written.getvalue()


def test_a_librarys_exception_is_treated_alike(written: io.StringIO) -> None:
    """They come through the standard library's logging."""
    try:
        _ = dict[str, int]()[TYPED]
    except KeyError:
        logging.getLogger("somebody.else").exception("job died")
    (line,) = _lines(written)
    assert line["error"] == "KeyError"
    assert TYPED not in written.getvalue()


@pytest.mark.parametrize(
    ("library", "level"),
    [
        ("slack_bolt.App", logging.WARNING),
        ("slack_sdk.web", logging.INFO),
        ("fontTools.subset", logging.INFO),
        ("fpdf.output", logging.WARNING),
    ],
)
def test_libraries_that_log_bodies_are_held_down(written: io.StringIO, library: str, level: int) -> None:
    """Bolt logs a whole body on a bad signature, slack_sdk every one at DEBUG."""
    logger = logging.getLogger(library)
    logger.setLevel(logging.INFO)  # as Bolt does to its own, from the root's level
    logger.log(level, TYPED)
    assert written.getvalue() == ""


def _places(line: dict[str, object]) -> list[object]:
    places = line["at"]
    assert isinstance(places, list)
    return places
