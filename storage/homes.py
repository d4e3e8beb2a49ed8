"""What people chose to see on their home tabs, and what these show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select, update

from bot.taskforce.terms import Severity
from storage.conflicts import insert_or_replace
from storage.tables import HomeRecord, table

_HOME = table(HomeRecord)


class HomeList(StrEnum):
    """The lists of a home tab, each with pages of its own."""

    NEEDED = "needed"
    CELL = "cell"
    MINE = "mine"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What somebody chose to see: only their own bursts, those of a site or severity, and which page of which list."""

    mine: bool = False
    site: str | None = None
    severity: Severity | None = None
    pages: Mapping[str, int] = field(default_factory=dict)

    def page(self, of: HomeList) -> int:
        """The page of a list, the first being 1."""
        return self.pages.get(of, 1)


@dataclass(frozen=True, slots=True)
class Home:
    """A person's home tab. ``drawn`` is a digest of what it shows, None while it may show nothing; ``opened_at`` is policy time."""

    user: str
    outlook: Outlook
    drawn: str | None
    opened_at: datetime


class Homes:
    """The home tabs of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, user: str) -> Home | None:
        """The tab of that user, None when it was never opened."""
        row = self._connection.execute(select(_HOME).where(_HOME.c.user == user)).first()
        if row is None:
            return None
        outlook = Outlook(row.mine, row.site, row.severity, row.pages)
        return Home(row.user, outlook, row.drawn, row.opened_at)

    def put(self, home: Home) -> None:
        """Keep or replace a tab."""
        chosen = home.outlook
        row = {
            "user": home.user,
            "mine": chosen.mine,
            "site": chosen.site,
            "severity": chosen.severity,
            "pages": dict(chosen.pages),
            "drawn": home.drawn,
            "opened_at": home.opened_at,
        }
        insert_or_replace(self._connection, _HOME, row)

    def draw(self, user: str, drawn: str) -> None:
        """The tab shows what has that digest."""
        self._connection.execute(update(_HOME).where(_HOME.c.user == user).values(drawn=drawn))
