"""Column types that both databases share.

Times use SQLModel's own ``UTCDateTime`` (aware in, aware UTC out, naive refused). The others are here:
words of a growing vocabulary, durations, and small documents that are never searched.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar, get_origin

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import UTCDateTime

Word = TypeVar("Word", bound=StrEnum)
Value = TypeVar("Value")

_MICROSECOND = timedelta(microseconds=1)
_NOTHING = "[]"
_ZONE = "+00:00"


class EnumValue(TypeDecorator[Word], Generic[Word]):
    """A ``StrEnum`` member stored by its value, without a CHECK: vocabularies grow between releases.

    An unknown word in the database raises ``ValueError`` when it is read; it is never guessed.
    """

    impl = String
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words
        self._members = {word.value: word for word in words}

    def process_bind_param(self, value: Word | str | None, dialect: Dialect) -> str | None:
        """The value of a member; a plain string is checked to be one."""
        return None if value is None else self.write(value)

    def write(self, value: Word | str) -> str:
        """The value of a member; a plain string is checked to be one."""
        return value.value if isinstance(value, self.words) else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Word | None:
        """The member whose value was stored."""
        return None if value is None else self.read(value)

    def read(self, value: str) -> Word:
        """The member of this value."""
        return self._members.get(value) or self.words(value)


class DurationValue(TypeDecorator[timedelta]):
    """A duration as whole microseconds, so that it compares and adds up in SQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        """Whole microseconds."""
        return None if value is None else self.write(value)

    def write(self, value: timedelta) -> int:
        """Whole microseconds."""
        return value // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        """The duration of so many microseconds."""
        return None if value is None else self.read(value)

    def read(self, value: int) -> timedelta:
        """So many microseconds."""
        return value * _MICROSECOND


class Document(TypeDecorator[Value], Generic[Value]):
    """A typed value as JSON text, written and read back by pydantic.

    For what belongs to its row and is never searched: tuples, mappings, small dataclasses. The text
    escapes null characters, which PostgreSQL would refuse in a plain column.
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self.adapter: TypeAdapter[Value] = TypeAdapter(kind)
        # Most documents hold nothing: what that is need not be parsed each time. A tuple can be shared.
        self._nothing = self.adapter.validate_python(()) if get_origin(kind) is tuple else None

    def process_bind_param(self, value: Value | None, dialect: Dialect) -> str | None:
        """The value as JSON."""
        return None if value is None else self.write(value)

    def write(self, value: Value) -> str:
        """The value as JSON."""
        return self.adapter.dump_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Value | None:
        """The JSON as a value of the column's type; raises ``ValidationError`` when it is not one."""
        return None if value is None else self.read(value)

    def read(self, value: str) -> Value:
        """The value that this JSON writes; raises ``ValidationError`` when it is none."""
        if value == _NOTHING and self._nothing is not None:
            return self._nothing
        return self.adapter.validate_json(value)


def reader_of(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value of this type of one from the driver that is not None; None when it is one already.

    SQLAlchemy asks a type's own parts and decorators one after the other, for nothing as for something.
    """
    match kind:
        case EnumValue() | DurationValue() | Document():
            return kind.read
        case UTCDateTime():
            return _written_moment if dialect.name == "sqlite" else _in_utc
        case _:
            return kind.dialect_impl(dialect).result_processor(dialect, None)


def writer_of(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value for the driver of one of this type that is not None; None when it is one already."""
    match kind:
        case EnumValue() | DurationValue() | Document():
            return kind.write
        case UTCDateTime():
            return _moment_written if dialect.name == "sqlite" else _in_utc
        case _:
            return kind.dialect_impl(dialect).bind_processor(dialect)


# On SQLite a time is the text that SQLAlchemy writes of it in UTC, without its zone.


def _moment_written(at: datetime) -> str:
    return _in_utc(at).isoformat(" ", "microseconds").removesuffix(_ZONE)


def _written_moment(text: str) -> datetime:
    # To give a time its zone afterwards takes ten times as long as to read it with one.
    return datetime.fromisoformat(text + _ZONE)


def _in_utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a time without a timezone cannot be told")
    return at.astimezone(UTC)
