"""Calendars of a site, complete with its public holidays, ready to be frozen with a burst."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays as public_holidays

from bot.programme.schema.places import Site
from bot.programme.schema.rules import CalendarRule
from bot.programme.schema.words import parse_hours
from bot.taskforce.policy import CalendarSpec

YEARS_AHEAD = 2


def calendar_for(rule: CalendarRule, site: Site, year: int) -> CalendarSpec:
    """The calendar that ``rule`` means at ``site``, with the holidays of ``year`` and the two after it."""
    if rule.hours == "site":
        week = site.week
    else:
        day = parse_hours(rule.hours)
        week = (day, day, day, day, day, day, day)
    if rule.holidays == "run":
        return CalendarSpec(zone=site.zone, week=week, holidays="run")
    public = _public(site.country, site.subdivision, year)
    return CalendarSpec(zone=site.zone, week=week, holidays=tuple(sorted({*public, *site.holidays})))


def calendars_elsewhere(
    name: str, rule: CalendarRule, sites: Mapping[str, Site], year: int
) -> dict[str, CalendarSpec]:
    """The calendar called ``name`` as ``rule`` means it at a burst's further sites, by a name that says which."""
    return {f"{name} at {code}": calendar_for(rule, site, year) for code, site in sites.items()}


@lru_cache(maxsize=256)
def _public(country: str | None, subdivision: str | None, year: int) -> tuple[date, ...]:
    if country is None:
        return ()
    years = range(year, year + YEARS_AHEAD + 1)
    return tuple(public_holidays.country_holidays(country, subdiv=subdivision, years=years))
