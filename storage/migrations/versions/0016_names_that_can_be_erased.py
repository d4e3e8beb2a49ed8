"""Entries of both logs can lose the name of one person: what its digests are made from stands beside them.

Entries of before have none, and are hashed as they were. Taking this back leaves the hashes alone, so that they
fit again when it is made again: what an entry of today has more waits behind its salt.
"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = depends_on = None

_TABLES = {"log_entry": ("burst_id", "number"), "audit": ("number",)}
_SALT_BYTES = 16


def upgrade() -> None:
    """No entry has names that can be erased, but those from which that was taken."""
    for name in _TABLES:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column("name_salt", sa.LargeBinary(), nullable=True))
            batch_op.add_column(sa.Column("names", sa.Text(), nullable=True))
        _rewrite(name, sa.func.length(sa.column("salt")) > _SALT_BYTES, _unpacked)


def downgrade() -> None:
    """What names need waits behind the salt."""
    for name in _TABLES:
        named = sa.or_(sa.column("name_salt").is_not(None), sa.column("names").is_not(None))
        _rewrite(name, named, _packed)
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column("names")
            batch_op.drop_column("name_salt")


def _rewrite(
    name: str, which: sa.ColumnElement[bool], change: Callable[[sa.Row[Any]], dict[str, Any]]
) -> None:
    keys = _TABLES[name]
    columns = [sa.column(key, sa.Integer) for key in keys]
    bytes_of = [sa.column(one, sa.LargeBinary) for one in ("salt", "name_salt")]
    source = sa.table(name, *columns, *bytes_of, sa.column("names", sa.Text))
    connection = op.get_bind()
    for row in connection.execute(sa.select(source).where(which)).all():
        one = sa.and_(*(source.c[key] == getattr(row, key) for key in keys))
        connection.execute(sa.update(source).where(one).values(**change(row)))


def _packed(row: sa.Row[Any]) -> dict[str, Any]:
    told = [row.salt is not None, row.name_salt and row.name_salt.hex(), row.names]
    return {"salt": (row.salt or bytes(_SALT_BYTES)) + json.dumps(told).encode()}


def _unpacked(row: sa.Row[Any]) -> dict[str, Any]:
    salted, name_salt, names = json.loads(row.salt[_SALT_BYTES:])
    salt = row.salt[:_SALT_BYTES] if salted else None
    return {"salt": salt, "name_salt": name_salt and bytes.fromhex(name_salt), "names": names}
