"""Bursts may be held: nothing of them is erased, whatever their age."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0015"
down_revision = "0014"
branch_labels = depends_on = None


def upgrade() -> None:
    """None is held."""
    op.create_table(
        "legal_hold",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name="fk_legal_hold_burst_id_burst", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", name="pk_legal_hold"),
    )


def downgrade() -> None:
    """All holds are gone."""
    op.drop_table("legal_hold")
