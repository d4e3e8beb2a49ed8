"""``burst retention``: what the programme keeps no longer is told, then erased."""

import csv
from contextlib import closing

import pytest

from bot.taskforce.forgetting import ERASED
from bot.taskforce.transcript import Message
from tests.cli.conftest import Installation
from tests.handlers.conftest import DEMO
from tests.storage.bursts import full_burst, loaded, note, opening, plain_burst, stored


@pytest.fixture
def old(installed: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """An installation with a burst that ended in March 2026 and one that goes on, in April 2032."""
    installed.environment["BURST_PROGRAMME"] = str(DEMO)
    with closing(installed.open()) as store:
        stored(store, opening(full_burst(1), entries=[note()]))
        stored(store, opening(plain_burst(2), entries=[note()]))
    monkeypatch.setattr("bot.clock.now", lambda: full_burst().opened_at.replace(year=2032, month=4))
    return installed


def title(installation: Installation) -> str:
    with closing(installation.open()) as store:
        return loaded(store, 1).title


def test_what_would_be_erased_is_told_beside_a_running_bot(old: Installation) -> None:
    with closing(old.open()):
        told = old.burst("retention", "run", "--dry-run")
    assert told.stdout.splitlines() == [
        "burst    kept until  entries  messages  files",
        "BURST-1  2032-03-02  1        0         0",
        "Would be erased: 1.",
    ]
    assert title(old) == full_burst().title


def test_it_is_erased_and_the_chains_verify(old: Installation) -> None:
    done = old.told("retention", "run")
    assert (done["dry_run"], [one["burst"] for one in done["bursts"]]) == (False, ["BURST-1"])
    assert title(old) == ERASED
    assert old.burst("retention", "run").stdout == "Erased: 0.\n"
    for command in ("log", "audit"):
        assert old.burst(command, "verify").exit_code == 0
    assert "entries: 2, erased: 1." in old.burst("log", "verify").stdout
    assert '"why": "retention"' in old.burst("audit", "list").stdout


def test_what_was_erased_is_shown_and_exported_as_such(old: Installation) -> None:
    old.burst("retention", "run")
    shown = old.burst("show", "1", "--as", "petra")
    assert shown.exit_code == 0
    assert ERASED in shown.stdout

    target = old.folder / "exported"
    formats = [word for form in ("jsonl", "csv", "markdown", "pdf") for word in ("--format", form)]
    exported = old.burst("export", "--all", "--to", target, "--as", "petra", *formats)
    assert (exported.exit_code, exported.stderr) == (0, "")


def test_a_bot_that_owns_the_file_is_named(old: Installation) -> None:
    with closing(old.open()):
        refused = old.burst("retention", "run")
    assert refused.exit_code == 1
    assert "in use" in refused.stderr


def test_a_burst_is_held_listed_and_released(old: Installation) -> None:
    assert old.burst("hold", "list").stdout == "Nothing is held.\n"
    assert (
        old.burst("hold", "add", "1", "--why", "A dispute.", "--as", "petra").stdout == "BURST-1 is held.\n"
    )
    assert old.burst("retention", "run").stdout.splitlines()[0] == "Erased: 0."
    with closing(old.open()):
        lines = old.burst("hold", "list").stdout.splitlines()
    assert lines[1].split(maxsplit=3)[0::3] == ["BURST-1", "A dispute."]
    assert [one["why"] for one in old.told("hold", "list")] == ["A dispute."]  # type: ignore[index]
    released = old.burst("hold", "release", "BURST-1", "--as", "petra")
    assert released.stdout == "BURST-1 is not held any more.\n"
    assert old.burst("retention", "run").stdout.endswith("Erased: 1.\n")


def test_what_a_hold_keeps_is_named_by_who_looks_first(old: Installation) -> None:
    old.burst("hold", "add", "1", "--why", "A dispute.", "--as", "petra")
    with closing(old.open()):
        foretold = old.burst("retention", "run", "--dry-run")
    by = old.told("hold", "list")[0]["by"]  # type: ignore[index]
    assert foretold.stdout.splitlines() == [
        "Would be erased: 0.",
        f"BURST-1, to be kept until 2032-03-02, is held since 2032-04-02 by {by}: A dispute.",
    ]
    (held,) = old.told("retention", "run", "--dry-run")["held"]
    assert (held["burst"], held["why"]) == ("BURST-1", "A dispute.")


def test_a_hold_is_shown_where_the_burst_is_read(old: Installation) -> None:
    old.burst("hold", "add", "1", "--why", "A dispute.", "--as", "petra")
    assert "**On hold:** since " in old.burst("show", "1", "--as", "petra").stdout
    assert old.told("show", "1", "--as", "petra")["held_since"].startswith("2032-04-02")
    target = old.folder / "exported"
    old.burst("export", "--all", "--to", target, "--as", "petra", "--format", "csv", "--format", "markdown")
    held, open_one = csv.DictReader(
        (target / "csv" / "bursts.csv").read_text(encoding="utf-8-sig").splitlines()
    )
    assert (held["held_since"][:10], open_one["held_since"]) == ("2032-04-02", "")
    written = [file.read_text() for file in (target / "markdown").rglob("*.md")]
    assert sum("**On hold:**" in text for text in written) == 1


def test_only_an_administrator_holds(old: Installation) -> None:
    refused = old.burst("hold", "add", "1", "--why", "A dispute.", "--as", "U01NOBODY")
    assert refused.exit_code == 1
    assert "no administrator" in refused.stderr


def test_one_entry_is_redacted(old: Installation) -> None:
    words = ("redact", "2", "1", "--why", "A patient was named.", "--as", "petra")
    told = "BURST-2: entry 1, Update, 2026-03-02 12:00 UTC, by U_OWNER; texts that repeat it: 0, copies of files: 0."
    with closing(old.open()):
        foretold = old.burst(*words, "--dry-run")
    assert foretold.stdout.splitlines() == [told, "Nothing was changed."]
    assert "erased: 0." in old.burst("log", "verify").stdout

    done = old.burst(*words)
    assert done.stdout.splitlines() == [told, "It is erased. What Slack still shows of it is deleted there."]
    assert "erased: 1." in old.burst("log", "verify").stdout


def test_one_message_is_redacted(old: Installation) -> None:
    with closing(old.open()) as store, store.write() as unit:
        unit.transcripts.keep(2, [Message("C1", "1772452800.000100", "", "U_A", "", "", "It is her study.")])
    words = (
        "redact",
        "2",
        "--message",
        "1772452800.000100",
        "--why",
        "A patient was named.",
        "--as",
        "petra",
    )
    told = "BURST-2: message 1772452800.000100, 2026-03-02 12:00 UTC, by U_A; texts: 1, files: 0."
    assert old.burst(*words, "--dry-run").stdout.splitlines()[0] == told
    assert old.burst(*words).stdout.splitlines()[0] == told
    again = old.burst(*words)
    assert again.stderr == "Error: The transcript of BURST-2 has no message 1772452800.000100 with words.\n"


@pytest.mark.parametrize("words", [(), ("1", "--message", "1.5")])
def test_what_is_to_be_redacted_is_named_once(old: Installation, words: tuple[str, ...]) -> None:
    refused = old.burst("redact", "2", *words, "--why", "A patient was named.", "--as", "petra")
    assert refused.exit_code == 2
    assert "Name an entry by its number, or a message" in refused.stderr
