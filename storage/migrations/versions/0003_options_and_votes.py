"""Decision requests with options, impacts and votes."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0003"
down_revision = "0002"
branch_labels = depends_on = None

_REQUIRED = {"options": "[]", "clinical_impact": "", "technical_impact": "", "quorum": "1", "votes": "[]"}


def upgrade() -> None:
    """Questions of before have no options, and one voice decided them."""
    with op.batch_alter_table("decision_request", schema=None) as batch_op:
        batch_op.add_column(_required("options", sa.Text()))
        batch_op.add_column(sa.Column("recommended", sa.Integer(), nullable=True))
        batch_op.add_column(_required("clinical_impact", sa.String()))
        batch_op.add_column(_required("technical_impact", sa.String()))
        batch_op.add_column(_required("quorum", sa.Integer()))
        batch_op.add_column(_required("votes", sa.Text()))
        batch_op.add_column(sa.Column("verdict", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("chosen", sa.Integer(), nullable=True))
    with op.batch_alter_table("decision_request", schema=None) as batch_op:
        for name in _REQUIRED:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    """Options, impacts and votes are forgotten; what was decided stays."""
    with op.batch_alter_table("decision_request", schema=None) as batch_op:
        for name in (*_REQUIRED, "recommended", "verdict", "chosen"):
            batch_op.drop_column(name)


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    """A column that rows of before get a value for, and later ones bring their own."""
    return sa.Column(name, kind, nullable=False, server_default=_REQUIRED[name])
