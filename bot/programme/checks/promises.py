"""Promises: due in an order that makes sense, and within a time in which somebody still waits for them."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from bot.programme.calendars import calendar_for
from bot.programme.checks.case import Case
from bot.programme.checks.people import holiday_problems
from bot.programme.problems import Path, Problem
from bot.programme.schema.places import Site
from bot.taskforce.calendar import Calendar
from bot.taskforce.durations import Duration
from bot.taskforce.policy import PolicyTerms
from bot.taskforce.terms import Severity

# Longer than the longest shipped promise by a factor of ten; a calendar that needs it hardly ever runs.
_TOO_LONG_FOR = timedelta(days=180)
_BEFORE_RESOLVE = ("accept", "first_update", "workaround")


def check(case: Case) -> Iterator[Problem]:
    """Clocks that no calendar can meet, each at the first site where it cannot; without a day, none."""
    told: set[Path] = set()
    for problem in _all(case, case.at) if case.at is not None else ():
        if problem.path not in told:
            told.add(problem.path)
            yield problem


def _all(case: Case, at: datetime) -> Iterator[Problem]:
    yield from _vendors(case, at)
    for severity in Severity:
        here: Path = ("severity", "policies", str(severity))
        yield from _terms(case, case.file.severity.policies.of(severity), here, at)
    for number, override in enumerate(case.file.severity.overrides):
        here = ("severity", "overrides", number, "terms")
        changed = {name: getattr(override.terms, name) for name in override.terms.model_fields_set}
        for severity in override.severities or tuple(Severity):
            terms = case.file.severity.policies.of(severity).model_copy(update=changed)
            yield from _terms(case, terms, here, at)


def _vendors(case: Case, at: datetime) -> Iterator[Problem]:
    """What a vendor promised, beside what the programme promises at home, its first site."""
    code, site = next(iter(case.file.sites.items()))
    for name, vendor in case.file.vendors.items():
        for severity, promised in vendor.promised.items():
            terms = case.file.severity.policies.of(severity)
            rule = case.file.severity.calendars.get(terms.calendar)
            if rule is None:
                continue  # said where it is named
            calendar = calendar_for(rule, _datable(code, site), at.year).calendar
            if calendar.add(at, Duration.parse(promised)) > calendar.add(at, Duration.parse(terms.resolve)):
                path: Path = ("vendors", name, "promised", str(severity))
                words = f"'{promised}' is longer than 'resolve' ({terms.resolve}); who waits for it is late"
                yield Problem(path, words, gap=True)


def _terms(case: Case, terms: PolicyTerms, here: Path, at: datetime) -> Iterator[Problem]:
    for name in dict.fromkeys((terms.calendar, *terms.calendar_by_stage.values())):
        rule = case.file.severity.calendars.get(name)
        if rule is None:
            continue  # said where it is named
        for code, site in case.file.sites.items():
            calendar = calendar_for(rule, _datable(code, site), at.year).calendar
            yield from _order(_due(terms, calendar, at), here, f"on the calendar '{name}' at {code}", at)


def _datable(code: str, site: Site) -> Site:
    """The site, without a country that has no known holidays, which is told elsewhere."""
    if not any(holiday_problems(site, ("sites", code))):
        return site
    return site.model_copy(update={"country": None, "subdivision": None})


def _due(terms: PolicyTerms, calendar: Calendar, at: datetime) -> Mapping[str, datetime]:
    promised = {name: getattr(terms, name) for name in (*_BEFORE_RESOLVE, "resolve")}
    return {
        name: calendar.add(at, Duration.parse(lasts)) for name, lasts in promised.items() if lasts is not None
    }


def _order(due: Mapping[str, datetime], here: Path, where: str, at: datetime) -> Iterator[Problem]:
    for name, due_at in due.items():
        if due_at - at > _TOO_LONG_FOR:
            yield Problem((*here, name), f"would be due only on {due_at.date()} {where}", gap=True)
        elif due_at > due["resolve"]:
            yield Problem((*here, name), f"would be due after 'resolve' {where}", gap=True)
