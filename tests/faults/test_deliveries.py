"""A thousand deliveries, several times each, in any order, eight at once."""

from pathlib import Path

from tests.faults.deliveries import DELIVERIES, delivered
from tests.faults.runs import drawn


def test_what_a_delivery_asks_for_happens_once_however_often_and_in_whatever_order_it_comes(
    tmp_path: Path,
) -> None:
    run = delivered(tmp_path / "data", drawn("deliveries", 1, 1), DELIVERIES, (1, 0))
    assert (run.duplicates, run.losses) == ({}, ())
    assert run.numbers["deliveries"] > 2 * run.numbers["distinct"]
