"""``burst db``: made, looked at and copied, also while the bot runs."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Installation


def test_upgrade_makes_a_database_and_then_has_nothing_to_do(bare: Installation) -> None:
    first, second = bare.burst("db", "upgrade"), bare.burst("db", "upgrade")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "(was empty)" in first.stdout
    assert "was" not in second.stdout


def test_upgrade_waits_for_a_running_bot_to_be_stopped(installed: Installation) -> None:
    with closing(installed.open()):
        result = installed.burst("db", "upgrade")
    assert (result.exit_code, "stop the bot first" in result.stderr) == (1, True)


def test_a_folder_that_cannot_be_made_is_named(bare: Installation) -> None:
    in_the_way = bare.folder / "file"
    in_the_way.touch()
    bare.environment["BURST_DATA_DIR"] = str(in_the_way / "data")
    result = bare.burst("db", "upgrade")
    assert (result.exit_code, str(in_the_way) in result.stderr) == (1, True)


def test_a_wrong_environment_is_said_variable_by_variable(bare: Installation) -> None:
    bare.environment |= {"BURST_MODE": "pigeon", "BURST_HTTP_PORT": "many"}
    result = bare.burst("db", "check")
    assert result.exit_code == 1
    assert "BURST_MODE: found 'pigeon'" in result.stderr
    assert "BURST_HTTP_PORT: found 'many'" in result.stderr


def test_a_sound_database_is_called_sound_beside_a_running_bot(installed: Installation) -> None:
    with closing(installed.open()):
        result = installed.burst("db", "check")
    assert (result.exit_code, result.stdout) == (0, "The database is sound.\n")


def test_check_says_which_revision_is_missing(bare: Installation) -> None:
    result = bare.burst("db", "check")
    assert result.exit_code == 1
    assert result.stdout == "There is no database yet; `burst db upgrade` makes it.\n"


def test_check_tells_programs_the_same(installed: Installation, tmp_path: Path) -> None:
    assert installed.told("db", "check") == {"ok": True, "problems": []}
    installed.environment["BURST_DATA_DIR"] = str(tmp_path / "empty")
    assert installed.told("db", "check")["ok"] is False


def test_a_backup_of_a_database_in_use_is_a_database(installed: Installation) -> None:
    copy = installed.folder / "copy.db"
    with closing(installed.open()):
        result = installed.burst("db", "backup", copy)
    assert result.exit_code == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_overwrites_nothing(installed: Installation) -> None:
    copy = installed.folder / "copy.db"
    copy.write_text("precious", encoding="utf-8")
    result = installed.burst("db", "backup", copy)
    assert (result.exit_code, copy.read_text(encoding="utf-8")) == (1, "precious")


def test_a_backup_into_a_folder_that_is_not_there_says_so(installed: Installation) -> None:
    result = installed.burst("db", "backup", installed.folder / "nowhere" / "copy.db")
    assert (result.exit_code, "nowhere is no folder" in result.stderr) == (1, True)


def test_there_is_nothing_to_back_up_before_the_first_upgrade(bare: Installation) -> None:
    result = bare.burst("db", "backup", bare.folder / "copy.db")
    assert (result.exit_code, "There is no database" in result.stderr) == (1, True)


@pytest.mark.parametrize("command", [("db", "check"), ("db", "upgrade"), ("outbox", "list")])
@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("no address", "BURST_DATABASE_URL is no database address"),
        ("mysql://host/name", "Databases are sqlite and postgresql"),
        ("sqlite:///damaged.db", "the file is not a database"),
        ("postgresql://user@127.0.0.1:1/name", "the connection is lost"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_words(
    bare: Installation, url: str, words: str, command: tuple[str, str]
) -> None:
    (bare.folder / "damaged.db").write_text("not a database at all, " * 100, encoding="utf-8")
    bare.environment["BURST_DATABASE_URL"] = url
    result = bare.burst(*command)
    assert (result.exit_code, words in result.output) == (1, True)
