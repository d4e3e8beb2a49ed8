"""A progress bar is drawn for whoever watches, on standard error, and for nobody else."""

import io
import sys

import pytest

from bot.cli.progress import progress


class Terminal(io.StringIO):
    """Standard error in front of a person."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "drawn"), [(Terminal(), True), (io.StringIO(), False)])
def test_a_bar_is_drawn_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, drawn: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress("Rows", 4) as advance:
        advance(3)
        advance(1)
    assert ("Rows" in stream.getvalue() and "100%" in stream.getvalue()) is drawn
    assert bool(stream.getvalue()) is drawn


def test_nothing_to_do_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress("Rows", 0):
        pass
