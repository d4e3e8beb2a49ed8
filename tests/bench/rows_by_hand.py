"""The rows of an SQLite database written to files and read again with nothing but the standard library."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby, islice
from pathlib import Path

from bot.taskforce.entry_names import Names
from bot.taskforce.logbook import GENESIS, entry_hash, header_of
from storage.portable import travelling
from storage.tables import metadata

_PAGE = 1_000
_BYTES = {"salt", "name_salt"}


def count(database: Path, table: str | None = None) -> int:
    """How many rows a table has; all that travel together, without one."""
    with closing(sqlite3.connect(database)) as connection:
        names = travelling() if table is None else (table,)
        return sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names)  # noqa: S608 - our own tables


def exported(database: Path, to: Path) -> None:
    """A file of JSON Lines for each table."""
    with closing(sqlite3.connect(database)) as connection:
        for name in travelling():
            keys = ", ".join(f'"{key.name}"' for key in metadata.tables[name].primary_key)
            found = connection.execute(f'SELECT * FROM "{name}" ORDER BY {keys}')  # noqa: S608 - our own tables
            columns = [column[0] for column in found.description]
            with (to / name).open("w", encoding="utf-8") as out:
                for row in found:
                    line = dict(zip(columns, row, strict=True))
                    out.write(json.dumps(line, ensure_ascii=False, default=bytes.hex) + "\n")


def imported(folder: Path, database: Path) -> None:
    """Those files in an empty database of the same schema, in one transaction."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("DELETE FROM counter")
        for name in travelling():
            places = ", ".join("?" for _ in metadata.tables[name].columns)
            statement = f'INSERT INTO "{name}" VALUES ({places})'  # noqa: S608 - our own tables
            with (folder / name).open(encoding="utf-8") as lines:
                while page := [_values(json.loads(line)) for line in islice(lines, _PAGE)]:
                    connection.executemany(statement, page)


def _values(row: dict[str, object]) -> list[object]:
    return [
        bytes.fromhex(value) if name in _BYTES and isinstance(value, str) else value
        for name, value in row.items()
    ]


def chained_anew(database: Path) -> None:
    """Give every log the hashes of its own burst: rows that were copied from another's have that one's."""
    with closing(sqlite3.connect(database)) as connection, connection:
        found = connection.execute(
            "SELECT burst_id, number, kind, actor, at, digest, name_salt FROM log_entry ORDER BY burst_id, number"
        )
        for burst, entries in groupby(found, key=lambda row: row[0]):
            head, hashes = GENESIS, []
            for _, number, kind, actor, at, digest, salt in entries:
                moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
                header = header_of(burst, number, kind, actor, moment, Names(salt))
                head = entry_hash(head, header, digest)
                hashes.append((head, burst, number))
            connection.executemany(
                "UPDATE log_entry SET entry_hash = ? WHERE burst_id = ? AND number = ?", hashes
            )
            connection.execute("UPDATE burst SET log_head = ? WHERE id = ?", (head, burst))
