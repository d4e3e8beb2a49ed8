"""What was told of a promise is kept when another severity sets it aside, so that it is not told twice."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = depends_on = None


def upgrade() -> None:
    """Of what was set aside before, nothing is known: it is told again if it comes back."""
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("set_aside", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.alter_column("set_aside", server_default=None)


def downgrade() -> None:
    """It is forgotten."""
    op.drop_column("clock", "set_aside")
