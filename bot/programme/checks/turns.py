"""Rotations: turns that end, have not begun, or fall to somebody who is away."""

from collections.abc import Iterator
from datetime import timedelta

from bot.programme.checks.case import Case
from bot.programme.people import People
from bot.programme.problems import Path, Problem
from bot.programme.schema.people import Turns
from bot.programme.turns import on_turn

_LOOK_AHEAD_DAYS = 28


def check(case: Case) -> Iterator[Problem]:
    """Gaps of rotations within the next four weeks, and times that run backwards."""
    home = next(iter(case.file.sites.values())).zone
    for name, rotation in case.file.rotations.items():
        sites = tuple(case.file.sites) if rotation.sites == "all" else rotation.sites
        zone = next((case.file.sites[site].zone for site in sites if site in case.file.sites), home)
        yield from _turns(case, rotation, ("rotations", name), zone)
    if case.file.steering.duty is not None:
        yield from _turns(case, case.file.steering.duty, ("steering", "duty"), home)


def _turns(case: Case, turns: Turns, here: Path, zone: str) -> Iterator[Problem]:
    if turns.until is not None and turns.until < turns.start:
        yield Problem((*here, "until"), "'until' lies before 'from'")
        return
    yield from _overlaps(turns, here)
    if case.at is None:
        return
    people = People(case.file, {})
    for days in range(_LOOK_AHEAD_DAYS):
        at = case.at + timedelta(days=days)
        key = on_turn(turns, zone, at)
        if key is None:
            yield Problem(here, f"nobody's turn on {at.date()}: the rotation has a gap", gap=True)
            return
        if key in case.file.people and people.present(key, at, turns.zone or zone) is None:
            yield Problem(
                here,
                f"on {at.date()} it is the turn of {key}, who is away and has no stand-in present",
                gap=True,
            )
            return


def _overlaps(turns: Turns, here: Path) -> Iterator[Problem]:
    for number, override in enumerate(turns.overrides):
        for earlier in turns.overrides[:number]:
            if override.start < earlier.until and earlier.start < override.until:
                yield Problem((*here, "overrides", number), "this overlaps an override before it")
                break
