"""Who stands in for whom, as people say it in Slack."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None


def upgrade() -> None:
    """A table of covers, one a person."""
    op.create_table(
        "cover",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_cover")),
    )


def downgrade() -> None:
    """Covers are forgotten."""
    op.drop_table("cover")
