"""An item of a checklist may not apply, which counts as done; until now every one did."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = depends_on = None


def upgrade() -> None:
    """All items apply."""
    with op.batch_alter_table("checklist_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("applies", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("checklist_item", schema=None) as batch_op:
        batch_op.alter_column("applies", server_default=None)


def downgrade() -> None:
    """What does not apply is done; its note says why."""
    with op.batch_alter_table("checklist_item", schema=None) as batch_op:
        batch_op.drop_column("applies")
