"""``burst clocks``: what is wrong with a clock is named; what runs is listed; present policies can be given."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from bot.operations.office import Office
from bot.programme import Programme
from tests.cli.conftest import Installation
from tests.handlers.conftest import DEMO, programme
from tests.operations.story import TEAM, accepted, closed, opened

__all__ = ["programme"]


@contextmanager
def at_work(installed: Installation, programme: Programme) -> Iterator[Office]:
    """The bot's office, as long as it runs."""
    with closing(installed.open()) as store:
        yield Office(store, lambda: programme, TEAM)


@pytest.fixture
def working(installed: Installation, programme: Programme) -> Installation:
    """Two bursts, the second accepted, and a third that is closed."""
    with at_work(installed, programme) as office:
        opened(office)
        accepted(office)
        closed(office)
    return installed


def tamper(installed: Installation, statement: str) -> None:
    """What a defect, or somebody who may write to the file, does."""
    with closing(sqlite3.connect(installed.folder / "burst.db")) as connection, connection:
        assert connection.execute(statement).rowcount == 1


def found(told: Any) -> list[tuple[str, int, str, str]]:
    """What disagrees, without the values."""
    return [
        (report["burst"], one["clock"], one["field"], one["by"])
        for report in told["reports"]
        for one in report["disagreements"]
    ]


def test_clocks_that_are_what_the_log_says_are_said_to_be(working: Installation) -> None:
    result = working.burst("clocks", "verify")
    assert result.exit_code == 0
    counted, verdict = result.stdout.splitlines()
    assert counted.startswith("Bursts: 2, clocks: ")
    assert counted.endswith("; not wholly checked: 0.")
    assert verdict == "Every clock checked is what the log says."


def test_it_looks_beside_a_running_bot(working: Installation) -> None:
    with closing(working.open()):
        assert working.burst("clocks", "verify").exit_code == 0


def test_a_row_that_was_changed_is_named_with_both_values(working: Installation) -> None:
    tamper(working, "UPDATE clock SET promise = '3h' WHERE burst_id = 2 AND kind = 'update'")
    result = working.burst("clocks", "verify")
    assert result.exit_code == 1
    assert "BURST-2: clock 2: promise is 3h, the log says 1h." in result.stdout
    assert "Not what the log says: 1." in result.stdout
    assert found(working.told("clocks", "verify")) == [("BURST-2", 2, "promise", "log")]


def test_a_clock_that_would_never_wake_is_named(working: Installation) -> None:
    tamper(working, "UPDATE clock SET wake_at = NULL WHERE burst_id = 1 AND kind = 'resolve'")
    assert found(working.told("clocks", "verify")) == [("BURST-1", 3, "wake_at", "promise")]


def test_a_clock_that_is_gone_is_named(working: Installation) -> None:
    tamper(working, "DELETE FROM clock WHERE burst_id = 1 AND kind = 'resolve'")
    assert found(working.told("clocks", "verify")) == [("BURST-1", 3, "number", "log")]


@pytest.mark.parametrize(("key", "code"), [("BURST-1", 0), ("2", 1), ("BURST-3", 0)])
def test_one_burst_alone_be_it_closed(working: Installation, key: str, code: int) -> None:
    tamper(working, "UPDATE clock SET promise = '3h' WHERE burst_id = 2 AND kind = 'update'")
    result = working.burst("clocks", "verify", key)
    assert (result.exit_code, "Bursts: 1," in result.stdout) == (code, True)


def test_what_was_erased_cannot_be_checked_and_is_no_fault(
    working: Installation, programme: Programme
) -> None:
    with at_work(working, programme) as office, office.store.write() as unit:
        unit.log.erase(1, 2)
    result = working.burst("clocks", "verify")
    assert result.exit_code == 0
    assert "BURST-1: not checked, for the text of entry 2 was erased." in result.stdout
    assert "not wholly checked: 1." in result.stdout
    assert working.told("clocks", "verify")["reports"][0]["erased"] == [2]


def test_a_log_that_nobody_can_read_is_a_fault(working: Installation) -> None:
    tamper(working, """UPDATE log_entry SET body = '{}' WHERE burst_id = 1 AND number = 1""")
    result = working.burst("clocks", "verify")
    assert (result.exit_code, "BURST-1: its log cannot be read" in result.stdout) == (1, True)


def test_a_burst_that_nobody_knows(working: Installation) -> None:
    result = working.burst("clocks", "verify", "BURST-9")
    assert (result.exit_code, "There is no BURST-9." in result.stderr) == (1, True)


def test_running_clocks_are_listed_the_first_due_first(working: Installation) -> None:
    told = json.loads(working.burst("clocks", "list", "--json").stdout)
    assert {one["burst"] for one in told} == {"BURST-1", "BURST-2"}
    assert [one["due_at"] for one in told] == sorted(one["due_at"] for one in told)
    lines = working.burst("clocks", "list", "1").stdout.splitlines()
    assert lines[0].startswith("burst    severity  clock  kind")
    assert all(line.startswith("BURST-1") for line in lines[1:])
    assert all("." not in line and " UTC" in line for line in lines[1:])
    assert working.burst("clocks", "list", "3").stdout == "No clock is running.\n"
    assert working.burst("clocks", "list", "9").exit_code == 1


@pytest.fixture
def revised(working: Installation) -> Installation:
    """The programme file has changed since: a sev2 gets six hours to resolve."""
    override = "severity: {overrides: [{severities: [sev2], terms: {resolve: 6h}}]}"
    file = working.folder / "programme.yml"
    file.write_text(f"{DEMO.read_text(encoding='utf-8')}\n{override}\n", encoding="utf-8")
    working.environment["BURST_PROGRAMME"] = str(file)
    return working


GIVE = ("clocks", "rebase", "--as", "@petra", "--why", "Reviewed in November")


def resolve_promises(installation: Installation) -> dict[str, str]:
    """What each open burst is promised."""
    told = json.loads(installation.burst("clocks", "list", "--json").stdout)
    return {one["burst"]: one["promise"] for one in told if one["kind"] == "resolve"}


def test_a_dry_run_tells_the_old_and_the_new_due_times_beside_a_running_bot(revised: Installation) -> None:
    with closing(revised.open()):
        told = revised.told(*GIVE, "--all", "--dry-run")
        result = revised.burst(*GIVE, "--all", "--dry-run")
    assert [(one["burst"], [moved["kind"] for moved in one["moved"]]) for one in told["bursts"]] == [
        ("BURST-1", ["resolve"]),
        ("BURST-2", ["resolve"]),
    ]
    assert "Would be given the present policy: 2 of 2." in result.stdout
    assert resolve_promises(revised) == {"BURST-1": "8h", "BURST-2": "8h"}


def test_the_present_policy_is_given_to_all_and_the_log_proves_it(revised: Installation) -> None:
    result = revised.burst(*GIVE, "--all", "--severity", "sev2")
    assert result.exit_code == 0
    assert "Given the present policy: 2 of 2." in result.stdout
    assert resolve_promises(revised) == {"BURST-1": "6h", "BURST-2": "6h"}
    assert revised.burst("clocks", "verify").exit_code == 0
    again = revised.burst(*GIVE, "BURST-1")
    assert "BURST-1 has the programme's present policy already." in again.stdout


def test_another_severity_is_left_alone(revised: Installation) -> None:
    assert revised.told(*GIVE, "--all", "--severity", "sev3")["bursts"] == []


def test_a_closed_burst_keeps_its_policy(revised: Installation) -> None:
    assert "closed" in revised.told(*GIVE, "BURST-3")["bursts"][0]["refused"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("1", "--as", "stella", "--why", "So"), "stella is no administrator of the programme."),
        (("9", "--as", "petra", "--why", "So"), "There is no BURST-9."),
        (("1", "--all", "--as", "petra", "--why", "So"), "Name a burst or --all, not both."),
        (("--as", "petra", "--why", "So"), "Missing: a burst such as BURST-42, or --all."),
        (
            (),
            "Missing: a burst such as BURST-42, or --all; --as with the administrator who answers for it; --why",
        ),
        (("1", "--as", "petra", "--why", " "), "reason"),
    ],
)
def test_what_cannot_be_done_is_said(revised: Installation, words: tuple[str, ...], why: str) -> None:
    result = revised.burst("clocks", "rebase", *words)
    assert result.exit_code != 0
    assert why in result.stderr
