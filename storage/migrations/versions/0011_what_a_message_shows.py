"""Posts remember what a message about several bursts shows, so that it is edited only when that changes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = depends_on = None


def upgrade() -> None:
    """What messages of before show is not known: each is edited once more."""
    op.add_column("post", sa.Column("drawn", sa.String(), nullable=True))


def downgrade() -> None:
    """What they show is forgotten."""
    op.drop_column("post", "drawn")
