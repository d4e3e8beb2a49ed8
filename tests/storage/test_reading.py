"""Reading in one call gives what SQLAlchemy's own way gives, to the type."""

import pytest
from sqlalchemy import Table, select

from storage import Store
from storage.reading import Reading
from storage.shapes import BURSTS, CHILDREN
from tests.storage.bursts import full_burst, opening, plain_burst, stored

READ = (BURSTS, *(kind.table for kind in CHILDREN))


@pytest.mark.parametrize("source", READ, ids=lambda source: str(source.name))
def test_every_value_is_what_its_column_says(store: Store, source: Table) -> None:
    stored(store, opening(full_burst()))
    with store.read() as unit:
        usual = [value for row in unit._connection.execute(select(source)) for value in row]
        columns = Reading(select(source)).columns(unit._connection, {})

    read = [value for row in zip(*columns, strict=True) for value in row]
    assert read == usual
    assert [type(value) for value in read] == [type(value) for value in usual]


def test_no_rows_are_no_columns(store: Store) -> None:
    stored(store, opening(plain_burst()))
    with store.read() as unit:
        nobodys = {kind.field: Reading(select(*kind.selected())) for kind in CHILDREN}["sign_offs"]
        assert nobodys.columns(unit._connection, {}) == []


def test_a_word_that_is_none_is_not_guessed(store: Store) -> None:
    stored(store, opening(full_burst()))
    with store.write() as unit:
        unit._connection.exec_driver_sql("UPDATE clock SET kind = 'nonsense'")
    with store.read() as unit, pytest.raises(ValueError, match="nonsense"):
        unit.bursts.get(full_burst().id)
