"""``burst audit``: who did what to the installation is listed, and what was done to that list is named."""

from contextlib import closing

import pytest

from bot import clock
from bot.operations import anchors
from bot.operations.anchor_key import anchor_key
from bot.taskforce.logbook import GENESIS
from storage.terms import AuditKind
from tests.cli.conftest import Installation
from tests.storage.bursts import NOW


@pytest.fixture
def audited(installed: Installation) -> Installation:
    """An installation that was exported three times, its log anchored after the third."""
    with closing(installed.open()) as store:
        for scope in ("one", "two", "three \u202e"):
            with store.write() as unit:
                unit.audit.append(AuditKind.EXPORTED, {"scope": scope}, actor="U01PETRA", at=NOW)
        with store.read() as unit:
            anchor = unit.audit.anchor(anchor_key(installed.folder), now=clock.now())
    assert anchor is not None
    anchors.append(installed.folder / "anchors.log", [anchor])
    return installed


def tamper(installation: Installation, *statements: str) -> None:
    with closing(installation.open()) as store, store.write() as unit:
        for statement in statements:
            unit._connection.exec_driver_sql(statement)


def test_what_was_done_is_listed_with_who_and_when(audited: Installation) -> None:
    first, *_, last = audited.burst("audit", "list").stdout.splitlines()[1:]
    assert first.split() == ["1", "2026-03-02", "12:00:00", "exported", "U01PETRA", '{"scope":', '"one"}']
    assert last.endswith('{"scope": "three \\u202e"}')  # what would turn the line around is spelled out


def test_programs_get_all_of_it(audited: Installation) -> None:
    assert audited.told("audit", "list")[1] == {  # type: ignore[index]
        "number": 2,
        "at": NOW.isoformat(),
        "kind": "exported",
        "actor": "U01PETRA",
        "detail": {"scope": "two"},
    }


def test_what_was_forgotten_is_said_to_be(audited: Installation) -> None:
    with closing(audited.open()) as store, store.write() as unit:
        unit.audit.erase(2)
    assert audited.burst("audit", "list").stdout.splitlines()[2].endswith("(forgotten)")
    assert audited.burst("audit", "verify").exit_code == 0


def test_where_nothing_was_done_there_is_nothing_to_list(installed: Installation) -> None:
    assert installed.burst("audit", "list").stdout == "Nothing was logged.\n"
    assert installed.burst("audit", "verify").exit_code == 0


def test_what_waits_for_the_bot_is_told(installed: Installation) -> None:
    waiting = installed.folder / "audit.waiting"
    waiting.mkdir()
    (waiting / "one.json").touch()
    assert "Not in the log yet, as a bot owns the database: 1." in installed.burst("audit", "list").stdout


def test_a_log_that_is_what_was_logged_is_said_to_be(audited: Installation) -> None:
    result = audited.burst("audit", "verify")
    assert (result.exit_code, result.stdout) == (0, "Entries: 3, anchors: 1.\nIt is what was logged.\n")


CUT = (
    "DELETE FROM audit WHERE number = 3",
    "UPDATE counter SET value = 2 WHERE name = 'audit'",
)


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (("UPDATE audit SET actor = 'U9' WHERE number = 2",), ("altered", 2, 2)),
        (("UPDATE audit SET kind = 'nonsense' WHERE number = 1",), ("altered", 1, 1)),
        (("UPDATE audit SET at = 'nonsense' WHERE number = 3",), ("altered", 3, 3)),
        (("DELETE FROM audit WHERE number = 1",), ("removed", 1, 1)),
        (("DELETE FROM audit WHERE number = 3",), ("cut_off", 3, 3)),
        (CUT, ("cut_off", 3, 3)),
    ],
)
def test_what_was_done_to_the_log_is_named(
    audited: Installation, statements: tuple[str, ...], found: tuple[str, int, int]
) -> None:
    tamper(audited, *statements)
    told = audited.told("audit", "verify")
    assert [(one["wrong"], one["first"], one["last"]) for one in told["findings"]] == [found]
    result = audited.burst("audit", "verify")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "It is not what was logged.")


def test_a_log_that_was_written_anew_shows_against_its_anchor(audited: Installation) -> None:
    tamper(audited, "DELETE FROM audit", "UPDATE counter SET value = 0 WHERE name = 'audit'")
    with closing(audited.open()) as store:
        for _ in range(3):
            with store.write() as unit:
                unit.audit.append(AuditKind.EXPORTED, {"scope": "nothing"}, actor="U01PETRA", at=NOW)
    (found,) = audited.told("audit", "verify")["findings"]
    assert (found["wrong"], found["first"], found["last"]) == ("rewritten", 1, 3)


def test_anchors_without_their_key_prove_nothing(audited: Installation) -> None:
    (audited.folder / "anchor.key").unlink()
    result = audited.burst("audit", "verify")
    assert (result.exit_code, "name it with --anchor-key" in result.stderr) == (1, True)


def test_the_logs_of_bursts_do_not_mind_the_installations_anchor(audited: Installation) -> None:
    assert audited.told("log", "verify") == {"ok": True, "logs": [], "problems": []}


def test_an_anchor_comes_back_from_the_file_as_it_was(audited: Installation) -> None:
    (anchor,) = anchors.read(audited.folder / "anchors.log").audit
    assert (anchor.burst_id, anchor.entry_count, anchor.head != GENESIS) == (0, 3, True)
