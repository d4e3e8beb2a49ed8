"""Putting travelling rows (``storage.portable``) into an empty database, as they were where they came from."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageFault
from storage.archives import Archives
from storage.driver_errors import as_fault
from storage.portable import Plain, inwards, kinds, raw, travelling
from storage.rows import insert_rows
from storage.tables import BurstRecord, Counter, table

_BURST, _COUNTER = table(BurstRecord), table(Counter)
# Made together with the schema, before anything has happened.
_MADE = {_COUNTER.name}


class Restoring:
    """What is put back into one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def occupied(self) -> tuple[str, ...]:
        """The names of the tables that hold something already; a fresh database has none."""
        held = [name for name in travelling() if name not in _MADE and self._holds(name)]
        used = select(_COUNTER.c.name).where(_COUNTER.c.value > 0).limit(1)
        return (*held, *([_COUNTER.name] if self._connection.execute(used).first() else []))

    def begin(self) -> None:
        """Make room for what a fresh database has by itself."""
        self._connection.execute(_COUNTER.delete())

    def insert(self, name: str, rows: Sequence[Plain]) -> None:
        """Store rows of a table; those to which they point are there already.

        Raises ``StorageFault`` for a row that has not exactly the table's columns, or a value that none can be.
        """
        changes = inwards(name)
        for row in rows:
            if row.keys() != changes.keys():
                raise StorageFault(f"{name}: a row has other columns than this version's table")
        for column, allowed in kinds(name).items():
            # SQLite would keep a text in a column of numbers.
            if not {type(row[column]) for row in rows} <= allowed:
                raise StorageFault(f"{name}: a row has a value that cannot be stored: {column}")
        try:
            ready = [
                {
                    key: value if value is None or (change := changes[key]) is None else change(value)
                    for key, value in row.items()
                }
                for row in rows
            ]
            insert_rows(self._connection, raw(name), ready)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise StorageFault(f"{name}: a row has a value that cannot be stored: {error}") from None
        except DBAPIError as error:
            refused = f"{name}: the database refuses a row ({type(error).__name__})"
            raise as_fault(error) or StorageFault(refused) from error

    def finish(self, highest: Mapping[str, int]) -> int:
        """Index the archive's words and let numbers go on where they stood; returns how many summaries are found again.

        Raises ``StorageFault`` for a summary that cannot be read.
        """
        self._continue_numbers(highest)
        try:
            return Archives(self._connection).index_all()
        except ValueError as error:
            raise StorageFault(f"archive: a summary cannot be read: {error}") from None

    def _holds(self, name: str) -> bool:
        return self._connection.execute(select(raw(name)).limit(1)).first() is not None

    def _continue_numbers(self, highest: Mapping[str, int]) -> None:
        last: int = self._connection.execute(select(func.max(_BURST.c.id))).scalar() or 0
        said = select(_COUNTER.c.value).where(_COUNTER.c.name == "burst")
        counted: int | None = self._connection.execute(said).scalar()
        if counted is None:
            self._connection.execute(_COUNTER.insert(), {"name": "burst", "value": last})
        elif counted < last:
            higher = _COUNTER.update().where(_COUNTER.c.name == "burst").values(value=last)
            self._connection.execute(higher)
        self._set_sequences({name: highest[name] for name in highest if name in travelling()}.items())

    def _set_sequences(self, highest: Iterable[tuple[str, int]]) -> None:
        for name, value in highest:
            if self._connection.dialect.name == "postgresql":
                query = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :value)")
                self._connection.execute(query, {"name": name, "value": value})
                continue
            given = {"name": name, "value": value}
            self._connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            self._connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :value)"), given
            )
