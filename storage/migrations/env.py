"""Alembic's entrance: runs on the connection that ``storage.revisions`` hands over."""

from alembic import context
from sqlalchemy.schema import SchemaItem

from storage.tables import metadata

# Kept beside the tables because each database has its own kind of full-text index.
_FULL_TEXT = "archive_words"


def _ours(
    _item: SchemaItem,
    name: str | None,
    kind: str,
    _reflected: bool,  # noqa: FBT001 - Alembic calls it so
    _compared: SchemaItem | None,
) -> bool:
    return not (kind == "table" and name is not None and name.startswith(_FULL_TEXT))


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    include_object=_ours,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
