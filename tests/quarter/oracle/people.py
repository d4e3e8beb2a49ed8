"""Who is meant, at a moment: roles at sites, turns, leave, stand-ins, leads, the steering cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.quarter.oracle.book import Book


@dataclass(frozen=True)
class Cover:
    """``by`` stands in for somebody from one moment until another; both are Slack users."""

    by: str
    since: datetime
    until: datetime


class People:
    """The people of a programme file. ``covers`` are those that were set in Slack, by whom they are for."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._people: dict[str, Any] = book.file["people"]
        self._keys = {person["slack"]: key for key, person in self._people.items()}
        self.covers: dict[str, Cover] = {}

    def user(self, key: str) -> str:
        """The Slack user of somebody in the file."""
        return str(self._people[key]["slack"])

    def is_known(self, key: str) -> bool:
        """Whether the file has somebody of that key."""
        return key in self._people

    def cover_of(self, user: str, at: datetime) -> Cover | None:
        """Who stands in for a user at that moment, by what was said in Slack."""
        cover = self.covers.get(user)
        return cover if cover is not None and cover.since <= at < cover.until else None

    def asked(self, key: str | None, at: datetime, zone: ZoneInfo) -> str | None:
        """The user who is asked when ``key`` is meant: the person, or whoever stands in, or nobody."""
        seen = set()
        while key is not None and key not in seen:
            seen.add(key)
            cover = self.cover_of(self.user(key), at)
            if cover is not None:
                if cover.by not in self._keys:
                    return cover.by
                key = self._keys[cover.by]
            elif self._is_away(key, at, zone):
                key = self._people[key].get("stand_in")
            else:
                return self.user(key)
        return None

    def fillers(self, role: str, sites: Sequence[str], at: datetime) -> list[str]:
        """Everybody who fills a role at these sites, in the order in which they are asked."""
        return list(dict.fromkeys(user for site in sites for user in self._at_site(role, site, at)))

    def first_in_line(self, role: str, sites: Sequence[str], at: datetime) -> list[str]:
        """Whoever is first in line for a role at each of the sites."""
        lines = (list(self._at_site(role, site, at)) for site in sites)
        return list(dict.fromkeys(line[0] for line in lines if line))

    def invited(self, role: str, sites: Sequence[str], at: datetime) -> list[str]:
        """Whoever is invited for a role: the first in line at each site who was not in line at one before it."""
        found: list[str] = []
        seen: set[str] = set()
        for site in sites:
            new = [user for user in self._at_site(role, site, at) if user not in seen]
            found += new[:1]
            seen |= set(new)
        return found

    def _at_site(self, role: str, site: str, at: datetime) -> Iterator[str]:
        zone = self._book.zone(site)
        turns = self._book.file.get("rotations", {}).values()
        on_call = [
            on_turn(one, zone, at)
            for one in turns
            if one["role"] == role and _holds(one.get("sites", "all"), site)
        ]
        in_file = [
            key for key, person in self._people.items() if _holds(person.get("roles", {}).get(role, ()), site)
        ]
        for key in (*on_call, *in_file):
            user = self.asked(key, at, zone)
            if user is not None:
                yield user

    def leads(self, stream: str, at: datetime) -> list[str]:
        """Who speaks for a workstream: its lead and deputies, or its members while none of them is there."""
        posts = self._book.file["workstreams"][stream]
        leads = self._present([posts["lead"], *posts.get("deputies", ())], at)
        return leads or self._present(posts.get("members", ()), at)

    def leads_stream(self, user: str, stream: str, at: datetime) -> bool:
        """Whether the user is the lead or a deputy of the stream, or stands in for one by what was said."""
        posts = self._book.file["workstreams"][stream]
        held = {self.user(key) for key in (posts["lead"], *posts.get("deputies", ()))}
        return bool(held & self._speaks_as(user, at))

    def is_steering(self, user: str, at: datetime) -> bool:
        """Whether the user is of the steering cell, or stands in for somebody of it by what was said."""
        members = {self.user(key) for key in self._book.file["steering"]["members"]}
        return bool(members & self._speaks_as(user, at))

    def duty(self, at: datetime) -> str | None:
        """The steering cell's member on duty; the first who is there when nobody is."""
        steering = self._book.file["steering"]
        zone = self._book.home_zone
        turn = self.asked(on_turn(steering["duty"], zone, at), at, ZoneInfo(steering["duty"]["zone"]))
        return turn or next(iter(self._present(steering["members"], at)), None)

    def cell(self, at: datetime) -> list[str]:
        """Everybody of the steering cell, and whoever stands in for one of them."""
        members = (self.user(key) for key in self._book.file["steering"]["members"])
        return list(dict.fromkeys(one for user in members for one in self.seated(user, at)))

    def seated(self, user: str | None, at: datetime) -> list[str]:
        """Who is told what a seat's holder is told: they, and whoever stands in."""
        if user is None:
            return []
        cover = self.cover_of(user, at)
        return [user, cover.by] if cover is not None else [user]

    def quiet_until(self, user: str, at: datetime) -> datetime | None:
        """When the user's quiet hours end, in the zone of the first site of their roles; None outside them."""
        person = self._people.get(self._keys.get(user, ""), {})
        hours = person.get("quiet") or self._book.file["organisation"].get("quiet", "never")
        sites = [site for named in person.get("roles", {}).values() if named != "all" for site in named]
        zone = self._book.zone(sites[0]) if sites else self._book.home_zone
        return quiet_end(hours, at.astimezone(zone)) if hours != "never" else None

    def post(self, key: str, at: datetime) -> list[str]:
        """Whoever is asked for somebody whom the file names by a post."""
        return self._present([key], at)

    def _present(self, keys: Sequence[str], at: datetime) -> list[str]:
        asked = (self.asked(key, at, self._book.home_zone) for key in keys)
        return list(dict.fromkeys(user for user in asked if user is not None))

    def _speaks_as(self, user: str, at: datetime) -> set[str]:
        return {user} | {
            other
            for other in self.covers
            if (cover := self.cover_of(other, at)) is not None and cover.by == user
        }

    def _is_away(self, key: str, at: datetime, zone: ZoneInfo) -> bool:
        today = at.astimezone(zone).date()
        return any(
            date.fromisoformat(leave["from"]) <= today <= date.fromisoformat(leave["until"])
            for leave in self._people[key].get("absences", ())
        )


def on_turn(turns: Any, zone: ZoneInfo, at: datetime) -> str | None:
    """Whose turn it is, by the clock on the wall; nobody's before the first turn and after the last day."""
    local = at.astimezone(ZoneInfo(turns["zone"]) if "zone" in turns else zone).replace(tzinfo=None)
    for override in turns.get("overrides", ()):
        if datetime.fromisoformat(override["from"]) <= local < datetime.fromisoformat(override["until"]):
            return str(override["person"])
    begins = datetime.combine(date.fromisoformat(turns["from"]), time.fromisoformat(turns.get("at", "08:00")))
    if local < begins or ("until" in turns and local.date() > date.fromisoformat(turns["until"])):
        return None
    length = timedelta(days=1 if turns["every"] == "day" else 7)
    return str(turns["people"][(local - begins) // length % len(turns["people"])])


def quiet_end(hours: str, local: datetime) -> datetime | None:
    """When quiet hours such as ``20:00-07:00`` that hold at a local time end, by the same clock; None outside."""
    begins, ends = (time.fromisoformat(one) for one in hours.split("-"))
    now = local.time()
    is_quiet = begins <= now < ends if begins < ends else now >= begins or now < ends
    if not is_quiet:
        return None
    day = local.date() if now < ends else local.date() + timedelta(days=1)
    return datetime.combine(day, ends, local.tzinfo).astimezone(UTC)


def _holds(sites: Any, site: str) -> bool:
    return sites == "all" or site in sites
