"""``burst person export``: everything in which somebody's user id stands, and nothing else."""

import json
import stat
from contextlib import closing

import pytest

from bot.operations.auditing import take_waiting
from bot.taskforce.terms import State
from bot.taskforce.transcript import Message
from tests.cli.conftest import Installation
from tests.handlers.conftest import DEMO
from tests.storage.bursts import NOW, note, opening, plain_burst, stored

AS = ("--as", "petra")


@pytest.fixture
def lived(installed: Installation) -> Installation:
    """Two bursts: U_OWNER took part in the first, was mentioned in the second, and somebody has a similar id."""
    installed.environment["BURST_PROGRAMME"] = str(DEMO)
    others = plain_burst(2, raiser="U_B", owner="U_OWNER_TOO", participants=())
    with closing(installed.open()) as store:
        stored(store, opening(plain_burst(1), entries=[note("Mine."), note("Not mine.", "U_B")]))
        stored(store, opening(others, entries=[note("Ask <@U_OWNER>.", "U_B"), note("Done.", "U_B")]))
        with store.write() as unit:
            unit.transcripts.keep(1, [Message("C1", "1.5", "", "U_OWNER", "", "", "I saw it.")])
    return installed


def test_every_row_about_them_is_written_and_no_other(lived: Installation) -> None:
    target = lived.folder / "owner.json"
    done = lived.burst("person", "export", "@U_OWNER", "--to", target, *AS)
    assert done.exit_code == 0
    written = json.loads(target.read_text())
    assert written["person"] == "U_OWNER"
    rows = written["rows"]
    assert [(row["burst_id"], row["number"]) for row in rows["log_entry"]] == [(1, 1), (2, 1)]
    assert [row["text"] for row in rows["message"]] == ["I saw it."]
    assert [row["id"] for row in rows["burst"]] == [1]
    assert "salt" not in rows["log_entry"][0]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_it_is_logged_also_beside_a_running_bot(lived: Installation) -> None:
    with closing(lived.open()) as store:
        counted = lived.told("person", "export", "<@U_OWNER|owner>", "--to", lived.folder / "owner.json", *AS)
        take_waiting(store, lived.folder)
        with store.read() as unit:
            (entry,) = unit.audit.entries()
    assert counted["rows"]["message"] == 1
    assert entry.detail == {"scope": {"person": "U_OWNER"}, "formats": ["json"]}


def test_nobody_known_is_told_so(lived: Installation) -> None:
    done = lived.burst("person", "export", "U_NEVER", "--to", lived.folder / "never.json", *AS)
    assert done.stdout.endswith("nothing is stored about them.\n")


def test_what_is_no_user_id_is_refused(lived: Installation) -> None:
    target = lived.folder / "owner.json"
    refused = lived.burst("person", "export", "Priya", "--to", target, *AS)
    assert refused.exit_code == 1
    assert "no Slack user id" in refused.stderr
    assert not target.exists()


@pytest.fixture
def over(lived: Installation) -> Installation:
    """A third burst, long archived, in which somebody took part who is in no other."""
    burst = plain_burst(
        3, raiser="U_LEFT", owner="U_B", participants=(), clocks=(), state=State.ARCHIVED, closed_at=NOW
    )
    with closing(lived.open()) as store:
        stored(store, opening(burst, entries=[note("I whispered it.", "U_LEFT"), note("Done.", "U_B")]))
    return lived


def test_who_is_to_be_erased_is_looked_at_beside_a_running_bot(over: Installation) -> None:
    with closing(over.open()):
        told = over.burst("person", "erase", "U_LEFT", "--dry-run", *AS)
    assert told.stdout.splitlines() == [
        "     1  log entries lose their text",
        "     1  log entries lose the name",
        "     0  log entries of before keep the user id in their header",
        "     0  messages of transcripts lose their words",
        "     0  copies of files go",
        "     1  other rows lose the name, or go",
        "Bursts: BURST-3.",
        "Nothing was changed.",
    ]


def test_nobody_is_found_under_a_mistyped_id(over: Installation) -> None:
    told = over.burst("person", "erase", "U0LEFT", "--dry-run", *AS)
    assert "Nothing is stored about them: is that the right user id?" in told.stdout


def test_one_person_is_erased_and_the_chains_verify(over: Installation) -> None:
    done = over.burst("person", "erase", "U_LEFT", *AS)
    assert done.stdout.splitlines()[-1].endswith(
        "stands for them now. Slack, backups and exports are not reached."
    )
    for command in ("log", "audit"):
        assert over.burst(command, "verify").exit_code == 0
    assert "U_LEFT" not in over.burst("audit", "list").stdout
    found = over.burst("person", "export", "U_LEFT", "--to", over.folder / "left.json", *AS)
    assert found.stdout.endswith("nothing is stored about them.\n")


def test_what_stands_in_the_way_is_told_first(over: Installation) -> None:
    foretold = over.burst("person", "erase", "U_OWNER", "--dry-run", "--json", *AS)
    assert foretold.exit_code == 1
    assert json.loads(foretold.stdout)["hindrances"] == [
        f"BURST-{number} is not archived yet: end it first, and let its channel be archived."
        for number in (1, 2)
    ]
    refused = over.burst("person", "erase", "U_OWNER", *AS)
    assert refused.exit_code == 1
    assert "BURST-2 is not archived yet" in refused.stderr
