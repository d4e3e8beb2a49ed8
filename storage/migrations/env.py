"""Alembic's entrance: runs on the connection that ``storage.revisions`` hands over."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.schema import SchemaItem

from storage.tables import metadata

# Kept beside the tables because each database has its own kind of full-text index.
_FULL_TEXT = "archive_words"


def _ours(
    _item: SchemaItem,
    name: str | None,
    kind: str,
    _reflected: bool,
    _compared: SchemaItem | None,
) -> bool:
    return not (kind == "table" and name is not None and name.startswith(_FULL_TEXT))


def _rendered(kind: str, item: object, autogenerate: AutogenContext) -> str | bool:
    """Write our column types by what they are in the database, so that old migrations outlive the code."""
    del kind, item, autogenerate
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    include_object=_ours,
    render_item=_rendered,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
