"""People, places and the steering cell: duplicates, stand-ins that go in circles, codes that do not exist."""

from collections.abc import Iterator

import holidays

from bot.programme.checks.case import Case
from bot.programme.nearest import did_you_mean, listed
from bot.programme.problems import Path, Problem
from bot.programme.schema.places import Site


def check(case: Case) -> Iterator[Problem]:
    """Problems of people, sites, channels and the steering cell."""
    yield from _twice(case)
    yield from _circles(case)
    yield from _holidays(case)
    yield from _steering(case)
    yield from _channels(case)
    yield from _past_milestones(case)


def _twice(case: Case) -> Iterator[Problem]:
    """Two people with one Slack user or one address, two roles with one title."""
    seen: dict[str, str] = {}
    for key, person in case.file.people.items():
        for name, value in (("slack", person.slack), ("email", person.email)):
            if value is None:
                continue
            first = seen.setdefault(f"{name} {value.casefold()}", key)
            if first != key:
                yield Problem(("people", key, name), f"'{value}' is {first}'s already; each is one person")
    titles: dict[str, str] = {}
    for key, role in case.file.roles.items():
        for title in (role.label, *role.aliases):
            first = titles.setdefault(title.casefold(), key)
            if first != key:
                yield Problem(("roles", key), f"the title '{title}' is {first}'s already")


def _circles(case: Case) -> Iterator[Problem]:
    for key in case.file.people:
        seen = [key]
        current = case.file.people[key].stand_in
        while current is not None and current not in seen and current in case.file.people:
            seen.append(current)
            current = case.file.people[current].stand_in
        if current == key:
            yield Problem(
                ("people", key, "stand_in"), f"stand-ins go in a circle: {' -> '.join((*seen, key))}"
            )


def _holidays(case: Case) -> Iterator[Problem]:
    for code, site in case.file.sites.items():
        yield from holiday_problems(site, ("sites", code))


def holiday_problems(site: Site, here: Path) -> Iterator[Problem]:
    """What keeps a site's public holidays from being known."""
    countries = holidays.list_supported_countries()
    if site.country is None:
        if site.subdivision is not None:
            yield Problem((*here, "subdivision"), "a subdivision needs its 'country'")
    elif site.country not in countries:
        near = did_you_mean(site.country, countries)
        yield Problem(
            (*here, "country"),
            f"found '{site.country}'; allowed is a country code with known holidays, such as GB{near}",
        )
    elif site.subdivision is not None and site.subdivision not in countries[site.country]:
        known = countries[site.country]
        near = did_you_mean(site.subdivision, known)
        yield Problem(
            (*here, "subdivision"),
            f"found '{site.subdivision}'; {site.country} has {listed(known, most=30)}{near}",
        )


def _steering(case: Case) -> Iterator[Problem]:
    members = case.file.steering.members
    if "steering" not in case.own:
        return
    if not members:
        yield Problem(("steering", "members"), "the steering cell is empty; escalations would reach nobody")
    elif case.file.steering.quorum > len(set(members)):
        yield Problem(
            ("steering", "quorum"),
            f"found {case.file.steering.quorum}; the steering cell has {len(set(members))} members",
        )
    if len(set(members)) < len(members):
        yield Problem(("steering", "members"), "a member is there twice")


def _channels(case: Case) -> Iterator[Problem]:
    """The steering cell's and the archive's channels are private; a workstream's is for everybody in it."""
    private = {case.file.steering.channel: "the steering cell", case.file.archive.channel: "the archive"}
    for name, stream in case.file.workstreams.items():
        if stream.channel is not None and stream.channel in private:
            yield Problem(
                ("workstreams", name, "channel"),
                f"this is the channel of {private[stream.channel]}; a workstream needs its own",
            )


def _past_milestones(case: Case) -> Iterator[Problem]:
    if case.at is None:
        return
    for name, stage in case.file.stages.items():
        for number, milestone in enumerate(stage.milestones):
            if milestone.on < case.at.date():
                yield Problem(("stages", name, "milestones", number, "on"), "this day has passed", gap=True)
