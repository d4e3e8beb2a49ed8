"""``burst log verify``: what was done to a log is named, by its chain and by the anchors that were copied away."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot import clock
from bot.operations import anchors
from bot.operations.anchor_key import anchor_key
from bot.taskforce.logbook import GENESIS
from tests.cli.conftest import Installation
from tests.storage.bursts import note, opening, plain_burst, stored


@pytest.fixture
def logged(installed: Installation) -> Installation:
    """Two bursts with logs of three entries, the first one's anchored."""
    with closing(installed.open()) as store:
        for number in (1, 2):
            stored(store, opening(plain_burst(number), entries=[note("one"), note("two"), note("three")]))
        with store.write() as unit:
            anchor = unit.log.anchor(1, anchor_key(installed.folder), now=clock.now())
    anchors.append(installed.folder / "anchors.log", [anchor])
    return installed


def tamper(installed: Installation, *statements: str) -> None:
    """What somebody does who may write to the file."""
    with closing(sqlite3.connect(installed.folder / "burst.db")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def findings(installed: Installation, *words: str) -> Iterator[tuple[str, str, int, int]]:
    """Burst, what was done, and to which entries."""
    for report in installed.told("log", "verify", *words)["logs"]:
        for one in report["findings"]:
            yield report["burst"], one["wrong"], one["first"], one["last"]


def test_logs_that_are_what_was_logged_are_said_to_be(logged: Installation) -> None:
    result = logged.burst("log", "verify")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Logs: 2, with anchors: 1; entries: 6, erased: 0.",
        "Every log is what was logged.",
    ]


def test_it_looks_beside_a_running_bot(logged: Installation) -> None:
    with closing(logged.open()):
        assert logged.burst("log", "verify").exit_code == 0


def test_an_altered_entry_is_named(logged: Installation) -> None:
    tamper(logged, "UPDATE log_entry SET actor = 'U9' WHERE burst_id = 2 AND number = 2")
    result = logged.burst("log", "verify")
    assert (result.exit_code, "BURST-2: entry 2 was altered" in result.stdout) == (1, True)
    assert list(findings(logged)) == [("BURST-2", "altered", 2, 2)]


@pytest.mark.parametrize(("key", "code"), [("BURST-1", 0), ("1", 0), ("burst-2", 1)])
def test_one_log_alone(logged: Installation, key: str, code: int) -> None:
    tamper(logged, "DELETE FROM log_entry WHERE burst_id = 2 AND number = 2")
    assert logged.burst("log", "verify", key).exit_code == code
    assert len(logged.told("log", "verify", key)["logs"]) == 1


CUT = (
    "DELETE FROM log_entry WHERE burst_id = 1 AND number = 3",
    "UPDATE burst SET log_count = 2 WHERE id = 1",
    "UPDATE burst SET log_head = (SELECT entry_hash FROM log_entry WHERE burst_id = 1 AND number = 2) WHERE id = 1",
)


def test_an_end_cut_off_in_the_whole_database_shows_in_the_copied_file(logged: Installation) -> None:
    away = logged.folder / "away"
    away.mkdir()
    for name in ("anchors.log", "anchor.key"):
        shutil.move(logged.folder / name, away / name)
    tamper(logged, *CUT, "DELETE FROM anchor")
    assert list(findings(logged)) == []

    copied = ("--anchors", str(away / "anchors.log"), "--anchor-key", str(away / "anchor.key"))
    assert list(findings(logged, *copied)) == [("BURST-1", "cut_off", 3, 3)]


def test_a_burst_that_is_gone_altogether_is_missed(logged: Installation) -> None:
    tamper(
        logged,
        "DELETE FROM anchor",
        "DELETE FROM log_entry WHERE burst_id = 1",
        "DELETE FROM burst WHERE id = 1",
    )
    assert list(findings(logged, "BURST-1")) == [("BURST-1", "cut_off", 1, 3)]


def test_an_erased_text_is_counted_and_no_tampering(logged: Installation) -> None:
    with closing(logged.open()) as store, store.write() as unit:
        unit.log.erase(1, 2)
    told = logged.told("log", "verify", "BURST-1")
    assert (told["ok"], told["logs"][0]["erased"], told["logs"][0]["anchored"]) == (True, 1, 3)


def test_a_line_that_is_no_anchor_is_told_and_the_others_count(logged: Installation) -> None:
    file = logged.folder / "anchors.log"
    file.write_text(
        "2026-11-24T08:00:00+00:00 BURST-1 3\n" + file.read_text(encoding="ascii"), encoding="ascii"
    )
    tamper(logged, *CUT)
    result = logged.burst("log", "verify")
    assert (result.exit_code, f"{file}:1: this line is no anchor" in result.stdout) == (1, True)
    assert list(findings(logged)) == [("BURST-1", "cut_off", 3, 3)]


def test_anchors_without_their_key_prove_nothing_and_it_says_so(logged: Installation) -> None:
    (logged.folder / "anchor.key").unlink()
    result = logged.burst("log", "verify")
    assert (result.exit_code, "--anchor-key" in result.stderr) == (1, True)
    assert not (logged.folder / "anchor.key").exists()


def test_another_key_is_noticed(logged: Installation) -> None:
    (logged.folder / "anchor.key").write_bytes(b"x" * 32)
    assert list(findings(logged)) == [("BURST-1", "anchor", 3, 3)]


@pytest.mark.parametrize(
    ("key", "code", "words"), [("BURST-9", 1, "There is no BURST-9"), ("nine", 2, "a key is BURST-42")]
)
def test_a_burst_that_there_is_not(logged: Installation, key: str, code: int, words: str) -> None:
    result = logged.burst("log", "verify", key)
    assert (result.exit_code, words in result.stderr) == (code, True)


def test_the_file_of_anchors_is_read_as_it_was_written(logged: Installation) -> None:
    file = logged.folder / "anchors.log"
    (anchor,) = anchors.read(file).anchors[1]
    assert (anchor.entry_count, anchor.head != GENESIS, anchor.genuine(anchor_key(logged.folder))) == (
        3,
        True,
        True,
    )
    anchors.append(file, [anchor])
    assert anchors.read(file).anchors[1] == (anchor,)
