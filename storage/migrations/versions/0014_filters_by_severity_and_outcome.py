"""Archived bursts are found by their severity and their outcome, and PostgreSQL knows which texts are long."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = depends_on = None

# As ``storage.words.label`` writes "=", which begins every label from now on, so that no beginning of a word finds it.
_IS = chr(0xE03D)
_NAMES = ("site", "family", "cause")
_MORE = f"'{_IS}severity{_IS}' || severity || ' {_IS}outcome{_IS}' || outcome"


def upgrade() -> None:
    """The index gets the same labels that are written from now on."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"UPDATE archive_words SET words = {_renamed('words')} || ' '"  # noqa: S608 - made of the constants above
            f" || (SELECT {_MORE} FROM archive WHERE archive.id = archive_words.rowid)"
        )
        return
    op.execute(
        f"UPDATE archive_words SET words = CAST({_renamed('CAST(words AS text)')} AS tsvector)"  # noqa: S608 - as above
        f" || CAST({_MORE} || CASE WHEN length(text) > 256 THEN ' {_IS}long{_IS}text' ELSE '' END AS tsvector)"
        " FROM archive WHERE archive.id = archive_words.archive_id"
    )


def downgrade() -> None:
    """Labels as they were; those that nobody asks for do no harm."""
    words = "words" if op.get_bind().dialect.name == "sqlite" else "CAST(words AS text)"
    for name in _NAMES:
        words = f"replace({words}, '{_IS}{name}{_IS}', '{name}{_IS}')"
    back = words if op.get_bind().dialect.name == "sqlite" else f"CAST({words} AS tsvector)"
    op.execute(f"UPDATE archive_words SET words = {back}")  # noqa: S608 - as above


def _renamed(words: str) -> str:
    for name in _NAMES:
        words = f"replace({words}, '{name}{_IS}', '{_IS}{name}{_IS}')"
    return words
