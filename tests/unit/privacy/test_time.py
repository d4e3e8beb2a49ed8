"""Ten times the text takes about ten times as long, whatever is in it."""

import gc
import time
from collections.abc import Iterator

import pytest

from bot.privacy import Guard

GUARD = Guard()
SMALL, LARGE = 10_000, 100_000
# Processor time of this process. Quadratic work would take a hundred times as long; caches that only the small
# text fits into, and a busy machine, make ten look like twenty.
MOST = 50
SHAPES = {
    "one letter": "a",
    "digits and dashes": "1-",
    "carets": "a^",
    "pipes": "PID|",
    "labels": "mrn is the ",
    "tags": "(0010,0020) LO [",
    "patients": "patient Aa ",
    "telephone numbers": "her 212 555 01 ",
    "addresses": "a@b.",
    "uids": "1.2.840.113619.2.55.3.604688119 ",
    "escapes": "%41",
    "invisible": "\u200b",
}


@pytest.fixture(autouse=True)
def unhindered() -> Iterator[None]:
    """What is loaded at first use is loaded, and nobody tidies up what the other tests left behind."""
    GUARD.inspect("patient +44 20 7946 0958, 1.2.840.113619.2.55.3.604688119.97")
    gc.disable()
    yield
    gc.enable()


def _seconds(shape: str, size: int) -> float:
    text = (shape * (size // len(shape) + 1))[:size]
    start = time.process_time()
    GUARD.inspect(text)
    return time.process_time() - start


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_work_grows_with_the_length(shape: str) -> None:
    small, large = (min(_seconds(shape, size) for _ in range(3)) for size in (SMALL, LARGE))

    assert large < MOST * max(small, 0.001)
