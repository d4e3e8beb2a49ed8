"""A home tab keeps what its person chose to see, and is published again only when it shows something else."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0017"
down_revision = "0016"
branch_labels = depends_on = None


def upgrade() -> None:
    """Nobody has chosen anything."""
    op.create_table(
        "home",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("mine", sa.Boolean(), nullable=False),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("drawn", sa.String(), nullable=True),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("user", name="pk_home"),
    )


def downgrade() -> None:
    """Every tab begins anew."""
    op.drop_table("home")
