"""Who fills a role: who is on call, whoever has the role at a site, and whoever stands in for them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.programme.quiet import quiet_until
from bot.programme.schema.file import ProgrammeFile
from bot.programme.schema.people import Person, Sites, Turns
from bot.programme.turns import on_turn
from bot.taskforce.covering import Cover
from bot.taskforce.seating import Filler

# The shipped programme's role that answers for privacy; a hospital fills it at its sites.
PRIVACY_ROLE = "priv"


class People:
    """The people of a programme by key and by Slack user.

    ``found`` maps e-mail addresses to user ids, for people whom the file names by e-mail; whoever
    has not been found fills nothing, nor does who is among ``gone``, the users who were deactivated.
    ``standing`` are the covers that people set in Slack, by the user they are for; they go before the
    absences of the file, unless it is by somebody who is gone.
    """

    def __init__(
        self,
        file: ProgrammeFile,
        found: Mapping[str, str],
        standing: Mapping[str, Cover] | None = None,
        gone: frozenset[str] = frozenset(),
    ) -> None:
        self._file = file
        self._gone = gone
        self._standing = {user: cover for user, cover in (standing or {}).items() if cover.by not in gone}
        self._found = {email.casefold(): user for email, user in found.items()}
        self._key_of = {user: key for key in file.people if (user := self._named(key)) is not None}

    @property
    def home_zone(self) -> str:
        """The zone of the organisation's home, its first site."""
        return next(iter(self._file.sites.values())).zone

    def user(self, key: str | None) -> str | None:
        """The Slack user of a person of the file, None while it is not known and once it is deactivated."""
        user = self._named(key)
        return user if user is not None and self.is_there(user) else None

    def is_there(self, user: str) -> bool:
        """Whether a user was not deactivated, as far as we know."""
        return user not in self._gone

    def users(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The Slack users of those who are known, in order."""
        return tuple(user for key in keys if (user := self.user(key)) is not None)

    def key_of(self, user: str) -> str | None:
        """The person's key in the file, None for somebody whom the programme does not name."""
        return self._key_of.get(user)

    def addresses(self) -> tuple[str, ...]:
        """The e-mail addresses of people whom the file gives no user id, as it writes them."""
        return tuple(
            person.email
            for person in self._file.people.values()
            if person.email is not None and person.slack is None
        )

    def unresolved(self) -> tuple[str, ...]:
        """E-mail addresses whose Slack user is not known yet."""
        return tuple(
            person.email
            for key, person in self._file.people.items()
            if person.email is not None and self.user(key) is None
        )

    def present(self, key: str, at: datetime, zone: str) -> str | None:
        """``key``, or whoever stands in while they are away; None when nobody does."""
        seen: set[str] = set()
        current: str | None = key
        while current is not None and current not in seen:
            seen.add(current)
            person = self._file.people.get(current)
            if person is None or not _is_away(person, at, zone):
                return current if person is not None else None
            current = person.stand_in
        return None

    def reached(self, key: str | None, at: datetime, zone: str) -> str | None:
        """The Slack user who is asked when ``key`` is meant: the person, or whoever stands in; None for nobody."""
        seen: set[str | None] = set()
        user = self.user(key)
        while key not in seen or user not in seen:
            seen |= {key, user}
            cover = self._standing.get(user) if user is not None else None
            if cover is not None and cover.holds(at):
                key, user = self.key_of(cover.by), cover.by
                continue
            person = self._file.people.get(key) if key is not None else None
            if person is None or (user is not None and not _is_away(person, at, zone)):
                return user
            key, user = person.stand_in, self.user(person.stand_in)
        return None

    def stands_for(self, user: str, at: datetime) -> frozenset[str]:
        """The users for whom ``user`` stands in at ``at`` by what people said in Slack."""
        return frozenset(
            cover.user for cover in self._standing.values() if cover.by == user and cover.holds(at)
        )

    def with_cover(self, user: str, at: datetime) -> tuple[str, ...]:
        """The user, and whoever stands in for them at ``at``."""
        cover = self._standing.get(user)
        return (user, cover.by) if cover is not None and cover.holds(at) else (user,)

    def on_turn(self, turns: Turns, zone: str, at: datetime) -> str | None:
        """The Slack user on turn, or whoever stands in for them."""
        return self.reached(on_turn(turns, zone, at), at, turns.zone or zone)

    def quiet_until(self, user: str, zone: str, at: datetime) -> datetime | None:
        """When the quiet hours that ``user`` has at ``at`` end (aware UTC); None outside them.

        They are read in ``zone``, or where that is empty, in the zone of the person's first site.
        """
        person = self._file.people.get(self.key_of(user) or "")
        hours = (person.quiet if person is not None else None) or self._file.organisation.quiet
        if hours is None:
            return None
        return quiet_until(hours, zone or self._own_zone(person), at)

    def _named(self, key: str | None) -> str | None:
        person = self._file.people.get(key) if key is not None else None
        if person is None:
            return None
        return person.slack or self._found.get((person.email or "").casefold())

    def _own_zone(self, person: Person | None) -> str:
        named = (sites for sites in person.roles.values() if sites != "all") if person is not None else ()
        first = next((site for sites in named for site in sites), None)
        site = self._file.sites.get(first) if first is not None else None
        return site.zone if site is not None else self.home_zone

    def fillers(self, role: str, sites: Sequence[str], at: datetime) -> tuple[Filler, ...]:
        """Whoever fills ``role`` at ``sites`` at that moment, first in line first, each person once."""
        found: dict[str, Filler] = {}
        for site in sites:
            for filler in self._at_site(role, site, at):
                found.setdefault(filler.user, filler)
        return tuple(found.values())

    def _at_site(self, role: str, site: str, at: datetime) -> Iterator[Filler]:
        label = self._file.roles[role].label if role in self._file.roles else role
        zone = self._file.sites[site].zone
        for rotation in self._file.rotations.values():
            if rotation.role == role and covers(rotation.sites, site):
                yield from self._filler(on_turn(rotation, zone, at), f"{label} on call at {site}", site, at)
        for key, person in self._file.people.items():
            if role in person.roles and covers(person.roles[role], site):
                yield from self._filler(key, f"{label} at {site}", site, at)

    def _filler(self, key: str | None, why: str, site: str, at: datetime) -> Iterator[Filler]:
        if key is None:
            return
        user = self.reached(key, at, self._file.sites[site].zone)
        if user is None:
            return
        if user != self.user(key):
            why = f"stands in for {self._file.people[key].name}, {why}"
        yield Filler(user, site, why)


def covers(sites: Sites, site: str) -> bool:
    """Whether a list of sites, or ``all``, holds ``site``."""
    return sites == "all" or site in sites


def _is_away(person: Person, at: datetime, zone: str) -> bool:
    if not person.absences:
        return False
    day = at.astimezone(ZoneInfo(zone)).date()
    return any(absence.start <= day <= absence.until for absence in person.absences)
