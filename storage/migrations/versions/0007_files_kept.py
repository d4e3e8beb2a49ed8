"""Evidence may come as several files, and says what became of our copy of each."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = depends_on = None

_EVIDENCE = sa.table(
    "evidence",
    sa.column("burst_id", sa.BigInteger()),
    sa.column("number", sa.Integer()),
    sa.column("file_id", sa.String()),
    sa.column("files", sa.Text()),
)
_KEY = sa.and_(
    _EVIDENCE.c.burst_id == sa.bindparam("of_burst"), _EVIDENCE.c.number == sa.bindparam("of_number")
)


def upgrade() -> None:
    """The one file that a piece could name becomes the first of its files; a copy of it was never fetched."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("files", sa.Text(), nullable=False, server_default="[]"))
    rows = op.get_bind().execute(sa.select(_EVIDENCE).where(_EVIDENCE.c.file_id.is_not(None))).all()
    for row in rows:
        files = json.dumps([{"id": row.file_id}])
        named = {"of_burst": row.burst_id, "of_number": row.number}
        op.get_bind().execute(sa.update(_EVIDENCE).where(_KEY).values(files=files), named)
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.alter_column("files", server_default=None)
        batch_op.drop_column("file_id")


def downgrade() -> None:
    """A piece names its first file; the others, and what became of copies, are forgotten."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.String(), nullable=True))
    rows = op.get_bind().execute(sa.select(_EVIDENCE).where(_EVIDENCE.c.files != "[]")).all()
    for row in rows:
        first = json.loads(row.files)[0]["id"]
        named = {"of_burst": row.burst_id, "of_number": row.number}
        op.get_bind().execute(sa.update(_EVIDENCE).where(_KEY).values(file_id=first), named)
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("files")
