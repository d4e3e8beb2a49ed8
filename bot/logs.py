"""Structured logs without message text or secrets.

One JSON object a line on standard error. What people typed never belongs here, so an exception is
logged as its type and where it was raised, never with its message, which may quote a payload.
Bolt logs whole bodies at INFO on a bad signature and slack_sdk at DEBUG: both are held at levels
where they do not.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

_QUIET = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.WARNING,
    "apscheduler": logging.ERROR,  # a tick that finds the last one busy is no news
    "uvicorn": logging.WARNING,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "alembic": logging.WARNING,
    # They tell at INFO how they pack each font, and name the characters that were printed.
    "fontTools": logging.WARNING,
    "fpdf": logging.ERROR,
}


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send our events and the libraries' warnings to ``stream`` (standard error), one JSON object a line."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_failed,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(_is_wanted)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _is_wanted(record: logging.LogRecord) -> bool:
    """Held at the handler: Bolt gives its loggers the root's level, whatever was set for them before."""
    room = record.name.partition(".")[0]
    return record.levelno >= _QUIET.get(room, logging.NOTSET)


def where_it_failed(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace ``exc_info`` by the exception's type and the places it passed, without its message."""
    error = event.pop("exc_info", None)
    record = event.get("_record")
    if error is None and isinstance(record, logging.LogRecord):
        error, record.exc_info, record.exc_text = record.exc_info, None, None
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = _places(error.__traceback__)
        if error.__cause__ is not None:
            event["caused_by"] = type(error.__cause__).__name__
    return event


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
