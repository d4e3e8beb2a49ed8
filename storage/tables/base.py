"""What all tables share: the metadata with its names for constraints, and columns of kinds of our own."""

from typing import Any, cast

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table
from sqlmodel import SQLModel

from storage.types import Document, EnumValue

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata

# AUTOINCREMENT needs SQLite's own INTEGER; PostgreSQL gets 64 bits for numbers that only grow.
BigNumber = BigInteger().with_variant(Integer, "sqlite")


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model."""
    return cast(Table, cast(Any, model).__table__)


def enum_column(words: Any, *, nullable: bool = False, **options: Any) -> Any:
    """A column of members of an enumeration, stored by their values."""
    return Column(EnumValue(words), nullable=nullable, **options)


def document_column(kind: Any, *, nullable: bool = False) -> Any:
    """A column that holds one value of ``kind`` as JSON."""
    return Column(Document(kind), nullable=nullable)


def of_burst() -> Any:
    """A part of the primary key that names the burst; the row goes with it."""
    return Column(Integer, ForeignKey("burst.id", ondelete="CASCADE"), primary_key=True)
