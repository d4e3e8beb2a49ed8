"""The programme as the oracle reads it: the file laid over the default, and what both promise."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import yaml

from tests.quarter.oracle.minutes import Minutes, intervals, week_of

BUSINESS = "business"


@dataclass(frozen=True)
class Step:
    """One step of a ladder, as it is written."""

    name: str
    clock: str
    at: str
    notify: tuple[str, ...] = ()
    answer_within: str = ""
    needs_all: bool = False
    every: str = ""
    times: int = 0
    bring: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What a burst of one severity is promised; ``tables`` is its calendar at each of its sites."""

    severity: str
    accept: str
    first_update: str
    update_every: str
    after_workaround: str
    workaround: str
    resolve: str
    warn_at: tuple[Fraction, ...]
    ladder: tuple[Step, ...]
    tables: tuple[Minutes, ...]
    business: tuple[Minutes, ...]

    def strictest(self, start: datetime, promise: str) -> tuple[datetime, Minutes]:
        """When a promise from ``start`` is due where it is due first, and the minutes that count there."""
        dues = [(table.add(start, promise), number) for number, table in enumerate(self.tables)]
        due, number = min(dues)
        return due, self.tables[number]

    def update(self, workaround: str, *, first: bool) -> str:
        """Until when the next news is promised."""
        if first:
            return self.first_update
        return self.after_workaround if workaround != "none" and self.after_workaround else self.update_every


class Book:
    """A programme file, read as plain words and laid over the shipped default; for ``days`` from ``begins``."""

    def __init__(self, default: Path, file: Path, begins: datetime, days: int) -> None:
        words = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - makes nothing but texts
        self.file: dict[str, Any] = _laid_over(json.loads(default.read_text(encoding="utf-8")), words)
        # A table that begins earlier lets promises be looked back on, and one that ends later lets them end.
        self._begins = begins - timedelta(days=40)
        self._days = days + 160
        self._tables: dict[tuple[str, str], Minutes] = {}
        self._terms: dict[tuple[str, str, str, tuple[str, ...]], Terms] = {}

    @cached_property
    def home_zone(self) -> ZoneInfo:
        """The zone of the first site."""
        return self.zone(next(iter(self.file["sites"])))

    def zone(self, site: str) -> ZoneInfo:
        """A site's zone."""
        return ZoneInfo(self.file["sites"][site]["zone"])

    def family(self, name: str) -> Mapping[str, Any]:
        """A kind of blocker."""
        found: Mapping[str, Any] = self.file["families"][name]
        return found

    def severity(self, impact: int, urgency: int) -> str:
        """What impact and urgency come to."""
        return str(self.file["severity"]["matrix"][impact - 1][urgency - 1])

    def milestone(
        self, stage: str, sites: Sequence[str], needed_on: date | None, at: datetime
    ) -> date | None:
        """The day that a burst works towards: needed by, else the stage's next, in stages that have such days."""
        if stage not in self.file["severity"]["milestone"]["stages"]:
            return None
        if needed_on is not None:
            return needed_on
        today = max(at.astimezone(self.zone(site)).date() for site in sites)
        days = [
            date.fromisoformat(one["on"])
            for one in self.file["stages"][stage].get("milestones", ())
            if not one["sites"] or set(one["sites"]) & set(sites)
        ]
        return min((day for day in days if day >= today), default=None)

    def terms(self, severity: str, family: str, stage: str, sites: Sequence[str], at: datetime) -> Terms:
        """The terms of a burst that is opened, or gets another severity, at ``at``."""
        if any(self._goes_live(site, at) for site in sites):
            stage = "go_live"
        key = (severity, family, stage, tuple(sites))
        if key not in self._terms:
            self._terms[key] = self._written(*key)
        return self._terms[key]

    def _goes_live(self, site: str, at: datetime) -> bool:
        today = at.astimezone(self.zone(site)).date()
        return any(
            date.fromisoformat(window["from"]) <= today <= date.fromisoformat(window["until"])
            for window in self.file["sites"][site].get("go_live", ())
        )

    def _written(self, severity: str, family: str, stage: str, sites: tuple[str, ...]) -> Terms:
        terms = dict(self.file["severity"]["policies"][severity])
        calendar = terms["calendar_by_stage"].get(stage, terms["calendar"])
        for override in self.file["severity"].get("overrides", ()):
            if _applies(override, severity, family, stage, sites):
                terms |= override["terms"]
                calendar = override["terms"].get("calendar", calendar)
        return Terms(
            severity=severity,
            accept=terms["accept"],
            first_update=terms["first_update"],
            update_every=terms["update_every"],
            after_workaround=terms["update_every_after_workaround"] or "",
            workaround=terms["workaround"] or "",
            resolve=terms["resolve"],
            warn_at=tuple(Fraction(str(share)) for share in terms["warn_at"]),
            ladder=tuple(_step(written) for written in terms["ladder"]),
            tables=tuple(self.table(calendar, site) for site in sites),
            business=tuple(self.table(BUSINESS, site) for site in sites),
        )

    def table(self, calendar: str, site: str) -> Minutes:
        """A calendar's minutes at a site."""
        if (calendar, site) not in self._tables:
            self._tables[calendar, site] = self._counted(self.file["severity"]["calendars"][calendar], site)
        return self._tables[calendar, site]

    def _counted(self, rule: Mapping[str, str], site: str) -> Minutes:
        place = self.file["sites"][site]
        if rule["hours"] == "site":
            week = week_of(place.get("hours", {"mon-fri": "08:00-17:00"}))
        else:
            week = [intervals(rule["hours"])] * 7
        free: set[date] = set()
        if rule["holidays"] == "stop":
            free = {date.fromisoformat(day) for day in place.get("holidays", ())}
            years = range(self._begins.year, self._begins.year + 3)
            free |= set(
                holidays.country_holidays(place["country"], subdiv=place.get("subdivision"), years=years)
            )
        return Minutes(place["zone"], week, free, self._begins, self._days)


def _applies(
    override: Mapping[str, Any], severity: str, family: str, stage: str, sites: Sequence[str]
) -> bool:
    named = {"severities": severity, "families": family, "stages": stage}
    if any(override.get(key) and value not in override[key] for key, value in named.items()):
        return False
    where = override.get("sites", "all")
    return where == "all" or any(site in where for site in sites)


def _step(written: Mapping[str, Any]) -> Step:
    trigger = written["trigger"]
    repeat = written.get("repeat", {})
    return Step(
        name=written["id"],
        clock=trigger["clock"],
        at=trigger["at"],
        notify=tuple(written.get("notify", ())),
        answer_within=written.get("answer_within", ""),
        needs_all=written.get("answer") == "all",
        every=repeat.get("every", ""),
        times=int(repeat.get("times", 0)),
        bring=tuple(written.get("bring", ())),
    )


def _laid_over(under: Any, over: Any) -> Any:
    """Keys are merged at every depth; a list replaces a list, and ``null`` takes away."""
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    merged = dict(under)
    for key, value in over.items():
        if value == "null":
            merged.pop(key, None)
        else:
            merged[key] = _laid_over(under.get(key), value)
    return merged
