"""A message whose words were erased stays without them when Slack tells it again."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = depends_on = None


def upgrade() -> None:
    """What was erased until now is in bursts that are read no more, or is erased again."""
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.alter_column("erased", server_default=None)


def downgrade() -> None:
    """It may come back."""
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("erased")
