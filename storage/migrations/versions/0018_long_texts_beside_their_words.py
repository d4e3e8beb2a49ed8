"""PostgreSQL keeps long texts beside their words, so that phrases are found in them by the database itself."""

import sqlalchemy as sa
from alembic import op

from storage.words import lexeme, words_of

revision = "0018"
down_revision = "0017"
branch_labels = depends_on = None

# As ``storage.words.label`` writes "=".
_IS = chr(0xE03D)
_LONG = sa.text(
    "SELECT archive_id, title, text FROM archive_words JOIN archive ON archive.id = archive_id"
    " WHERE words @@ CAST(:long AS tsquery) ORDER BY archive_id"
)
_PLACED = sa.text("UPDATE archive_words SET placed = :placed WHERE archive_id = :id")


def upgrade() -> None:
    """Nothing on SQLite, whose index knows every place of every word."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("ALTER TABLE archive_words ADD COLUMN placed TEXT")
    for number, title, said in op.get_bind().execute(_LONG, {"long": f"'{_IS}long{_IS}text'"}).all():
        lexemes = map(lexeme, words_of(f"{title}\n{said}"))
        op.get_bind().execute(_PLACED, {"id": number, "placed": f" {' '.join(lexemes)} "})


def downgrade() -> None:
    """What is long is known by its words alone."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE archive_words DROP COLUMN placed")
