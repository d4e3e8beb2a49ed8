"""The archive keeps where the time of an ended burst went, and what was lost to which cause."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = depends_on = None


def upgrade() -> None:
    """What was filed before has no account: it can still be worked out from the burst's log."""
    op.add_column("archive", sa.Column("account", sa.Text(), nullable=True))


def downgrade() -> None:
    """The accounts are forgotten; the logs still tell."""
    op.drop_column("archive", "account")
