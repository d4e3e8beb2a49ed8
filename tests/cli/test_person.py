"""``burst person export``: everything in which somebody's user id stands, and nothing else."""

import json
import stat
from contextlib import closing

import pytest

from bot.operations.auditing import take_waiting
from bot.taskforce.transcript import Message
from tests.cli.conftest import Installation
from tests.handlers.conftest import DEMO
from tests.storage.bursts import note, opening, plain_burst, stored

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
