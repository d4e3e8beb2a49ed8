"""People as Slack last described them, so that a handler never has to ask while somebody waits."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.taskforce.terms import Standing
from storage.conflicts import insert_or_replace
from storage.reading import Reading
from storage.tables import PersonRecord, table

_PERSON = table(PersonRecord)
# Asked with every command, so they are built once.
_NAMED = Reading(select(_PERSON).where(_PERSON.c.user.in_(bindparam("users", expanding=True))))
_ONE = Reading(select(_PERSON).where(_PERSON.c.user == bindparam("user")))
_ANYBODY = select(_PERSON.c.user).limit(1)


@dataclass(frozen=True, slots=True)
class Person:
    """A workspace user. ``zone`` is an IANA name, ``refreshed_at`` aware UTC policy time.

    ``direct_channel`` is the DM between them and the bot, once it was opened. ``email`` is in small
    letters, and empty unless the programme names the person by it.
    """

    user: str
    team: str
    handle: str
    name: str
    zone: str
    title: str
    email: str
    standing: Standing
    refreshed_at: datetime
    direct_channel: str | None = None


class Directory:
    """The people of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, user: str) -> Person | None:
        """The person of that Slack user id."""
        found = _ONE.mappings(self._connection, {"user": user})
        return Person(**found[0]) if found else None

    def get_many(self, users: Iterable[str]) -> dict[str, Person]:
        """The people of these ids, by id; unknown ones are left out."""
        found = _NAMED.mappings(self._connection, {"users": sorted(set(users))})
        return {row["user"]: Person(**row) for row in found}

    def by_email(self, addresses: Iterable[str]) -> dict[str, str]:
        """The users of these addresses (in small letters), by address; whoever was deactivated is left out."""
        query = select(_PERSON.c.email, _PERSON.c.user).where(
            _PERSON.c.email.in_(sorted(set(addresses))), _PERSON.c.standing != Standing.DEACTIVATED
        )
        return {row.email: row.user for row in self._connection.execute(query)}

    def deactivated(self) -> frozenset[str]:
        """Everybody who was deactivated."""
        query = select(_PERSON.c.user).where(_PERSON.c.standing == Standing.DEACTIVATED)
        return frozenset(self._connection.execute(query).scalars())

    def is_empty(self) -> bool:
        """Whether nobody is known yet: Slack was never asked."""
        return self._connection.execute(_ANYBODY).first() is None

    def everybody(self) -> list[Person]:
        """Everybody known, by user id."""
        query = select(_PERSON).order_by(_PERSON.c.user)
        return [Person(**row) for row in self._connection.execute(query).mappings()]

    def put(self, person: Person) -> None:
        """Keep or replace what is known of a person; a known DM stays when the new one has none."""
        values = asdict(person)
        if person.direct_channel is None:
            del values["direct_channel"]
            known = self.get(person.user)
            values["direct_channel"] = known.direct_channel if known else None
        insert_or_replace(self._connection, _PERSON, values)

    def open_direct(self, user: str, channel: str) -> None:
        """Remember the DM with a known person."""
        self._connection.execute(update(_PERSON).where(_PERSON.c.user == user).values(direct_channel=channel))
