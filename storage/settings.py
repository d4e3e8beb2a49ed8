"""Small facts about this installation, such as the workspace it belongs to."""

from sqlalchemy import Connection, select

from storage.conflicts import insert_or_replace
from storage.tables import SettingRecord, table

# Who the bot is in Slack: JSON with its ``identity``, as last told.
OWN_IDENTITY = "own_identity"
_SETTING = table(SettingRecord)


class Settings:
    """Named texts of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """The text under that name."""
        found: str | None = self._connection.execute(
            select(_SETTING.c.value).where(_SETTING.c.name == name)
        ).scalar()
        return found

    def put(self, name: str, value: str) -> None:
        """Keep or replace the text under that name."""
        insert_or_replace(self._connection, _SETTING, {"name": name, "value": value})
