"""Workstreams and their people: who leads one, who stands in, who else is in it."""

from collections.abc import Mapping
from datetime import datetime

from bot.programme.people import People
from bot.programme.schema.file import ProgrammeFile
from bot.taskforce.seating import Filler


class Streams:
    """The workstreams of a programme, asked for people as Slack users.

    ``groups`` holds the users of Slack's user groups, by their ids, as far as they are known.
    """

    def __init__(self, file: ProgrammeFile, people: People, groups: Mapping[str, tuple[str, ...]]) -> None:
        self._file = file
        self._people = people
        self._groups = groups

    def label(self, stream: str) -> str:
        """The workstream's name; its id when the programme does not have it."""
        known = self._file.workstreams.get(stream)
        return known.label if known is not None else stream

    def led_by(self, user: str) -> frozenset[str]:
        """The workstreams that this user leads or stands in for."""
        key = self._people.key_of(user)
        if key is None:
            return frozenset()
        return frozenset(name for name, s in self._file.workstreams.items() if key in (s.lead, *s.deputies))

    def leads(self, stream: str, at: datetime) -> tuple[str, ...]:
        """The lead and the deputies who are there at ``at`` (aware UTC), first in line first."""
        known = self._file.workstreams.get(stream)
        if known is None:
            return ()
        keys = (known.lead, *known.deputies) if known.lead is not None else known.deputies
        return self._present(keys, at)

    def members(self, stream: str, at: datetime) -> tuple[str, ...]:
        """Everybody else in the stream who is there: as the file names them, then Slack's user group."""
        known = self._file.workstreams.get(stream)
        if known is None:
            return ()
        named = self._present(known.members, at)
        grouped = self._groups.get(known.user_group, ()) if known.user_group is not None else ()
        return tuple(dict.fromkeys((*named, *(user for user in grouped if self._is_there(user, at)))))

    def in_line(self, stream: str, at: datetime) -> tuple[str, ...]:
        """Who speaks for the stream: its leads, or, when none of them is there, its members."""
        return self.leads(stream, at) or self.members(stream, at)

    def last_resort(self, stream: str, site: str, at: datetime) -> Filler | None:
        """Who owns what nobody else can be found for; None when nobody of the stream is there."""
        leads = self.leads(stream, at)
        if leads:
            return Filler(leads[0], site, f"lead of {self.label(stream)}")
        members = self.members(stream, at)
        words = f"member of {self.label(stream)}, whose leads are away"
        return Filler(members[0], site, words) if members else None

    def _present(self, keys: tuple[str, ...], at: datetime) -> tuple[str, ...]:
        zone = self._people.home_zone
        reached = (self._people.reached(key, at, zone) for key in keys)
        return tuple(dict.fromkeys(user for user in reached if user is not None))

    def _is_there(self, user: str, at: datetime) -> bool:
        """Somebody whom the file does not name is there, as far as we know."""
        key = self._people.key_of(user)
        if key is None:
            return self._people.is_there(user)
        return self._people.reached(key, at, self._people.home_zone) == user
