"""Archived bursts are found by their severity and their outcome, and PostgreSQL knows which texts are long."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = depends_on = None

# As ``storage.words.label`` writes "=" between a filter and its value.
_IS = chr(0xE03D)


def upgrade() -> None:
    """The index gets the same labels that are written from now on, after what it holds."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"UPDATE archive_words SET words = words || (SELECT ' severity{_IS}' || severity || ' outcome{_IS}' || outcome"  # noqa: S608 - no value in it
            " FROM archive WHERE archive.id = archive_words.rowid)"
        )
        return
    op.execute(
        f"UPDATE archive_words SET words = words || CAST('severity{_IS}' || severity || ' outcome{_IS}' || outcome"  # noqa: S608 - no value in it
        f" || CASE WHEN length(archive.text) > 256 THEN ' long{_IS}text' ELSE '' END AS tsvector)"
        " FROM archive WHERE archive.id = archive_words.archive_id"
    )


def downgrade() -> None:
    """Labels that nobody asks for do no harm."""
