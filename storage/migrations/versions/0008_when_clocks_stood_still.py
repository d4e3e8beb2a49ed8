"""When clocks stood still is kept, so that another severity can count it on its own calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = depends_on = None


def upgrade() -> None:
    """Of clocks that stood still before, their due times say for how long, as was counted then."""
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stood", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.alter_column("stood", server_default=None)


def downgrade() -> None:
    """It is forgotten; the due times stay."""
    op.drop_column("clock", "stood")
