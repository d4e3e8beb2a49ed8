"""What asks for somebody's attention waits in the outbox until it may reach them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = depends_on = None

_INDICES = {
    "ix_outbox_held": (["audience", "id", "held_until", "state"], "state = 'held'"),
    "ix_outbox_released": (["audience", "released_at"], "released_at IS NOT NULL"),
    "ix_outbox_carrier": (["carrier"], "carrier IS NOT NULL"),
}
_COLUMNS = ("audience", "weight", "at_once", "held_until", "released_at", "carrier")


def upgrade() -> None:
    """Columns for it; what waits now is sent as before."""
    op.add_column("outbox", sa.Column("audience", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("weight", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("at_once", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("held_until", UTCDateTime(), nullable=True))
    op.add_column("outbox", sa.Column("released_at", UTCDateTime(), nullable=True))
    op.add_column("outbox", sa.Column("carrier", sa.BigInteger(), nullable=True))
    for name, (columns, where) in _INDICES.items():
        op.create_index(name, "outbox", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """What was held is sent at once, and what went along with another message is done."""
    op.execute("UPDATE outbox SET state = 'pending' WHERE state = 'held'")
    op.execute("UPDATE outbox SET state = 'done' WHERE state = 'merged'")
    for name in _INDICES:
        op.drop_index(name, "outbox")
    for column in _COLUMNS:
        op.drop_column("outbox", column)
