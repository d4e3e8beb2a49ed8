"""Who stands in for whom: at most one cover for a person, the latest."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlmodel import UTCDateTime

from bot.taskforce.covering import Cover
from storage.conflicts import insert_or_replace
from storage.tables import CoverRecord, table

_COVER = table(CoverRecord)
_AT = bindparam("at", type_=UTCDateTime())
# Asked with every command, so it is built once.
_STANDING = select(_COVER).where(_COVER.c.since <= _AT, _COVER.c.until > _AT).order_by(_COVER.c.user)


class Covers:
    """The covers of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(self, at: datetime) -> Mapping[str, Cover]:
        """The covers in force at ``at`` (aware UTC), by the person they are for."""
        found = self._connection.execute(_STANDING, {"at": at}).mappings()
        return {row["user"]: Cover(**row) for row in found}

    def put(self, cover: Cover) -> None:
        """Keep a cover, in place of an earlier one for the same person."""
        insert_or_replace(self._connection, _COVER, asdict(cover))

    def drop(self, user: str) -> bool:
        """Nobody stands in for this person any more; False when nobody did."""
        return self._connection.execute(delete(_COVER).where(_COVER.c.user == user)).rowcount == 1
