"""Who stands in for whom: at most one cover for a person, the latest."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.taskforce.covering import Cover
from storage.conflicts import insert_or_replace
from storage.tables import CoverRecord, table

_COVER = table(CoverRecord)


class Covers:
    """The covers of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(self, at: datetime) -> Mapping[str, Cover]:
        """The covers in force at ``at`` (aware UTC), by the person they are for."""
        query = select(_COVER).where(_COVER.c.since <= at, _COVER.c.until > at).order_by(_COVER.c.user)
        return {row["user"]: Cover(**row) for row in self._connection.execute(query).mappings()}

    def put(self, cover: Cover) -> None:
        """Keep a cover, in place of an earlier one for the same person."""
        insert_or_replace(self._connection, _COVER, asdict(cover))

    def drop(self, user: str) -> bool:
        """Nobody stands in for this person any more; False when nobody did."""
        return self._connection.execute(delete(_COVER).where(_COVER.c.user == user)).rowcount == 1
