"""Which schema the database has and which one this version needs. Alembic alone changes schemas."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_HERE = Path(__file__).with_name("migrations")


@cache
def wanted() -> str:
    """The revision that this version of the program was written for."""
    (head,) = ScriptDirectory(str(_HERE)).get_heads()
    return head


def current(connection: Connection) -> str | None:
    """The revision of the connected database; None when it has no schema."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to ``revision``."""
    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the schema back to ``revision`` (``base`` for none)."""
    command.downgrade(_config(connection), revision)


def check(connection: Connection) -> None:
    """Raise ``alembic.util.CommandError`` unless the migrations yield exactly the tables of the code."""
    command.check(_config(connection))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    return config
