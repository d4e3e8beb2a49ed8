"""Keeps our copy of the workspace's people: rights and names are needed while Slack waits for an answer."""

from datetime import datetime

from bot import clock
from bot.operations.membership import person_changed
from bot.operations.office import Office
from bot.slack.gateway import Gateway, Profile
from bot.taskforce.terms import Standing
from storage.directory import Person


def refresh(gateway: Gateway, office: Office) -> int:
    """Read everybody from Slack and keep what it says; returns how many people there are.

    Somebody who turns out to be deactivated vacates their seats, in case the event was missed.
    """
    now = clock.now()
    people = [person(profile, team=office.team, now=now) for profile in gateway.people.everybody()]
    with office.store.read() as unit:
        known = unit.directory.get_many(one.user for one in people)
    for one in people:
        before = known.get(one.user)
        if (
            one.standing is Standing.DEACTIVATED
            and before is not None
            and before.standing is not one.standing
        ):
            person_changed(office, f"directory:{one.user}:{now.isoformat()}", one)
    with office.store.write() as unit:
        for one in people:
            unit.directory.put(one)
    return len(people)


def person(profile: Profile, *, team: str, now: datetime) -> Person:
    """What we keep of a Slack profile: no e-mail address, no telephone number, no picture."""
    return Person(
        user=profile.user,
        team=profile.team or team,
        handle=profile.name,
        name=profile.real_name or profile.name or profile.user,
        zone=profile.zone,
        title="",
        email="",
        standing=standing(profile, team=team),
        refreshed_at=now,
    )


def standing(profile: Profile, *, team: str) -> Standing:
    """How somebody belongs to workspace ``team`` (docs.slack.dev, "Slack Connect": no single flag says it).

    Bots own nothing, sign nothing and answer nothing, so they stand outside like another organisation.
    """
    if profile.deleted:
        return Standing.DEACTIVATED
    if profile.is_bot or profile.is_stranger or (profile.team and profile.team != team):
        return Standing.EXTERNAL
    if profile.is_restricted or profile.is_ultra_restricted:
        return Standing.GUEST
    return Standing.MEMBER
