"""Each row of the bench runs, at a size that says nothing about speed."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import pytest

from tests.bench import page
from tests.bench.findings import Finding
from tests.bench.ground import Ground
from tests.bench.rows import ROWS
from tests.bench.sizes import Size


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """What the rows share."""
    with ExitStack() as kept:
        yield Ground(tmp_path_factory.mktemp("bench"), Size.TINY, kept)


@pytest.mark.parametrize("name", ROWS)
def test_a_row_runs(ground: Ground, name: str) -> None:
    findings = [*ROWS[name](ground)]
    assert findings
    for finding in findings:
        assert finding.ours
        assert (finding.met is None) is (finding.aim == "")
        assert finding.met is None or finding.because


def test_what_falls_short_is_said_with_why() -> None:
    missed = Finding.at_most("A tick", 3.0, 2.0, ours="3 s", beside="1 s", because="it is slow.")
    reached = Finding.at_least("A tock", 0.9, 0.8, ours="1 s", beside="1 s", because="it is slow.")

    written = page.page(date(2026, 3, 1), Size.FULL, [("Python", "3.11")], [missed, reached])

    assert "| A tick | 3 s | 1 s | 3.00× | ≤ 2× | falls short |" in written
    assert "- **A tick**: 3 s (3.00×) where ≤ 2× is the aim, because it is slow." in written
    assert "- **A tock**" not in written
    assert "2026-03-01" in written
