"""What was written where bursts lived, and how far the history of each has been read."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = depends_on = None


def upgrade() -> None:
    """Tables for transcripts; of bursts that are under way, what was written before is read from Slack at their end."""
    op.create_table(
        "message",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("named", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.String(), nullable=False),
        sa.Column("earlier", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name="fk_message_burst_id_burst", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", "channel", "ts", name="pk_message"),
    )
    op.create_index("ix_message_burst_id_root", "message", ["burst_id", "root", "ts"])
    op.create_index("ix_message_author", "message", ["author"])
    op.create_table(
        "transcript",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=True),
        sa.Column("gaps", sa.Text(), nullable=False),
        sa.Column("read_upto", sa.String(), nullable=False),
        sa.Column("completed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name="fk_transcript_burst_id_burst", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", name="pk_transcript"),
    )


def downgrade() -> None:
    """Without transcripts."""
    op.drop_table("transcript")
    op.drop_table("message")
