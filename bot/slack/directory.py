"""Keeps our copy of the workspace's people: rights and names are needed while Slack waits for an answer."""

from bot import clock
from bot.slack.gateway import Gateway, Profile
from bot.taskforce.terms import Standing
from storage import Store
from storage.directory import Person


def refresh(gateway: Gateway, store: Store, *, team: str) -> int:
    """Read everybody from Slack and store what changed; returns how many people there are."""
    people = [person(profile, team=team) for profile in gateway.people.everybody()]
    with store.write() as unit:
        unit.directory.save_all(people, clock.now())
    return len(people)


def person(profile: Profile, *, team: str) -> Person:
    """What we keep of a Slack profile: no e-mail, no phone, no picture."""
    return Person(
        user=profile.user,
        name=profile.real_name or profile.name or profile.user,
        zone=profile.zone,
        standing=standing(profile, team=team),
        is_bot=profile.is_bot,
    )


def standing(profile: Profile, *, team: str) -> Standing:
    """How somebody belongs to workspace ``team`` (docs.slack.dev, "Slack Connect": no single flag says it)."""
    if profile.deleted:
        return Standing.DEACTIVATED
    if profile.is_stranger or (profile.team and profile.team != team):
        return Standing.EXTERNAL
    if profile.is_restricted or profile.is_ultra_restricted:
        return Standing.GUEST
    return Standing.MEMBER
