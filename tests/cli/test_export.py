"""``burst export`` and ``burst import``: what an administrator is told, and what is logged of it."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from bot.operations.anchor_key import anchor_key
from bot.operations.auditing import take_waiting
from tests.cli.conftest import Installation
from tests.handlers.conftest import DEMO
from tests.storage.bursts import NOW, loaded, note, opening, plain_burst, stored

AS = ("--as", "petra")


@pytest.fixture
def kept(installed: Installation) -> Installation:
    """An installation with two bursts."""
    installed.environment["BURST_PROGRAMME"] = str(DEMO)
    with closing(installed.open()) as store:
        for number in (1, 2):
            stored(store, opening(plain_burst(number), entries=[note("one"), note("two")]))
    return installed


@pytest.fixture
def fresh(kept: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Another installation of the same programme, with an empty database."""
    other = Installation(tmp_path_factory.mktemp("fresh"))
    other.environment["BURST_PROGRAMME"] = kept.environment["BURST_PROGRAMME"]
    other.upgrade()
    return other


def audited(installation: Installation) -> list[tuple[str, str, object]]:
    with closing(installation.open()) as store:
        take_waiting(store, installation.folder)
        with store.read() as unit:
            assert unit.audit.verify() == ()
            return [
                (one.kind.value, one.actor, (one.detail or {}).get("scope")) for one in unit.audit.entries()
            ]


def test_everything_is_exported_and_restored(kept: Installation, fresh: Installation) -> None:
    out = kept.folder / "out"
    exported = kept.burst("export", "--to", out, "--all", *AS)
    restored = fresh.burst("import", out, *AS)

    assert (exported.exit_code, restored.exit_code) == (0, 0)
    assert exported.stdout == f"Exported to {out}: bursts: 2, log entries: 4, files: 0.\n"
    assert restored.stdout.splitlines() == [
        "Restored: bursts: 2, log entries: 4, files: 0.",
        "Every log is what was logged.",
    ]
    with closing(kept.open()) as here, closing(fresh.open()) as there:
        assert loaded(there) == loaded(here)
    assert [kind for kind, _, _ in audited(fresh)] == ["exported", "restored"]
    sums = json.loads((out / "manifest.json").read_bytes())["sums"]
    assert fresh.told("audit", "list")[1]["detail"] == {"bursts": 2, "log_entries": 4, "sums": sums}  # type: ignore[index]


def test_an_export_is_logged_with_who_and_what_before_it_is_written(kept: Installation) -> None:
    kept.burst("export", "--to", kept.folder / "out", "BURST-2", *AS)
    ((kind, actor, scope),) = audited(kept)
    assert (kind, actor, scope) == ("exported", "U01PETRA", {"bursts": ["BURST-2"]})


def test_beside_a_running_bot_the_log_waits_for_it_and_takes_it_once(kept: Installation) -> None:
    with closing(kept.open()) as store:
        result = kept.burst("export", "--to", kept.folder / "out", "--all", *AS)
        assert result.exit_code == 0
        assert (take_waiting(store, kept.folder), take_waiting(store, kept.folder)) == (1, 0)
    assert [kind for kind, _, _ in audited(kept)] == ["exported"]


def test_what_was_taken_before_the_bot_was_killed_is_not_taken_again(kept: Installation) -> None:
    with closing(kept.open()) as store:
        kept.burst("export", "--to", kept.folder / "out", "--all", *AS)
        (waiting,) = (kept.folder / "audit.waiting").iterdir()
        content = waiting.read_bytes()
        take_waiting(store, kept.folder)
        waiting.write_bytes(content)
    assert len(audited(kept)) == 1


def test_programs_get_the_manifest(kept: Installation) -> None:
    told = kept.told(
        "export", "--to", kept.folder / "out", "--since", "2026-03-02", "--until", "2026-03-03", *AS
    )
    assert told == json.loads((kept.folder / "out" / "manifest.json").read_bytes())
    assert (told["rows"]["burst"], told["scope"]) == (2, {"since": "2026-03-02", "until": "2026-03-03"})


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--all", "--as", "stella"), "stella is no administrator of the programme."),
        (("BURST-9", *AS), "There is no BURST-9."),
        (("BURST-1", "--all", *AS), "Name bursts, or a period"),
        (AS, "Name bursts, or a period"),
        (("--since", "2026-03-02", "--until", "2026-03-02", *AS), "The period ends before it begins"),
        (("--all",), "--as"),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_written(
    kept: Installation, words: tuple[str, ...], why: str
) -> None:
    result = kept.burst("export", "--to", kept.folder / "out", *words)
    assert (result.exit_code != 0, why in result.stderr) == (True, True)
    assert not (kept.folder / "out").exists()
    assert audited(kept) == []


def test_a_database_in_use_for_anything_takes_no_import(kept: Installation) -> None:
    kept.burst("export", "--to", kept.folder / "out", "--all", *AS)
    result = kept.burst("import", kept.folder / "out", *AS)
    assert (result.exit_code, "The database is not empty" in result.stderr) == (1, True)


def test_a_folder_that_is_no_export_is_refused(fresh: Installation, tmp_path: Path) -> None:
    result = fresh.burst("import", tmp_path, *AS)
    assert (result.exit_code, "no complete export" in result.stderr) == (1, True)


def test_a_log_that_was_altered_before_the_export_is_restored_and_named(
    kept: Installation, fresh: Installation
) -> None:
    with closing(kept.open()) as store, store.write() as unit:
        unit._connection.exec_driver_sql(
            "UPDATE log_entry SET actor = 'U9' WHERE burst_id = 2 AND number = 1"
        )
    kept.burst("export", "--to", kept.folder / "out", "--all", *AS)
    result = fresh.burst("import", kept.folder / "out", *AS)
    assert (result.exit_code, "BURST-2: entry 1 was altered" in result.stdout) == (1, True)


def test_with_the_anchors_key_an_end_that_was_cut_off_before_the_export_is_named(
    kept: Installation, fresh: Installation
) -> None:
    key = anchor_key(kept.folder)
    with closing(kept.open()) as store, store.write() as unit:
        unit.log.anchor(2, key, now=NOW)
        for statement in (
            "DELETE FROM log_entry WHERE burst_id = 2 AND number = 2",
            "UPDATE burst SET log_count = 1, log_head = (SELECT entry_hash FROM log_entry WHERE burst_id = 2) WHERE id = 2",
        ):
            unit._connection.exec_driver_sql(statement)
    kept.burst("export", "--to", kept.folder / "out", "--all", *AS)
    (fresh.folder / "anchor.key").write_bytes(key)
    told = fresh.told("import", kept.folder / "out", *AS)
    assert [one.partition(" cut off")[0] for one in told["not_what_was_logged"]] == ["BURST-2: entry 2 was"]
