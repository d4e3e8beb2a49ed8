"""Ten times the text takes about ten times as long, whatever is in it."""

import time

import pytest

from bot.privacy import Guard

GUARD = Guard()
SMALL, LARGE = 10_000, 100_000
# Processor time of this process; quadratic work would be a hundred times as long; a busy machine makes ten look like fifteen.
MOST = 25
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
def unhindered() -> None:
    """What is loaded at first use is loaded."""
    GUARD.inspect("patient +44 20 7946 0958, 1.2.840.113619.2.55.3.604688119.97")


def _seconds(shape: str, size: int) -> float:
    text = (shape * (size // len(shape) + 1))[:size]
    start = time.process_time()
    GUARD.inspect(text)
    return time.process_time() - start


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_work_grows_with_the_length(shape: str) -> None:
    small = min(_seconds(shape, SMALL) for _ in range(2))

    assert _seconds(shape, LARGE) < MOST * max(small, 0.001)
