"""Keeps our copy of the workspace's people: rights and names are needed while Slack waits for an answer."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import structlog

from bot import clock
from bot.errors import PermanentFault
from bot.operations.membership import person_changed
from bot.operations.office import Office
from bot.programme import Programme
from bot.slack.gateway import Gateway, Profile
from bot.taskforce.terms import Standing
from storage.directory import Person

log = structlog.get_logger(__name__)


def refresh(gateway: Gateway, office: Office) -> int:
    """Read everybody from Slack and keep what it says; returns how many people there are.

    Somebody who turns out to be deactivated vacates their seats, in case the event was missed.
    """
    now = clock.now()
    named = named_addresses(office)
    people = [
        person(profile, team=office.team, named=named, now=now) for profile in gateway.people.everybody()
    ]
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
    office.relearn()
    return len(people)


def find_named(gateway: Gateway, office: Office) -> tuple[str, ...]:
    """Ask Slack for whom the programme names by e-mail and nobody knows yet, and who is in its user groups.

    Returns the addresses that are nobody's in this workspace. What Slack refuses (a plan without user
    groups, a scope that was not granted) is logged, and the rest is asked.
    """
    programme = office.programme()
    missing = [address for address in programme.people.unresolved() if not _found(gateway, office, address)]
    for group in programme.user_groups:
        try:
            users = gateway.people.in_group(group)
        except PermanentFault as fault:
            log.warning("user_group_unknown", group=group, code=fault.code)
            continue
        with office.store.write() as unit:
            unit.groups.put(group, users)
    office.relearn()
    if missing:
        log.warning("people_not_found", people=[_key(programme, address) for address in missing])
    return tuple(missing)


def _found(gateway: Gateway, office: Office, address: str) -> bool:
    try:
        profile = gateway.people.by_email(address)
    except PermanentFault as fault:
        log.warning("lookup_refused", code=fault.code)
        return False
    if profile is None:
        return False
    # Slack may leave the address out of what it answers; it is the one that was asked for.
    found = replace(profile, email=address.casefold())
    now = clock.now()
    with office.store.write() as unit:
        unit.directory.put(person(found, team=office.team, named=named_addresses(office), now=now))
    return True


def _key(programme: Programme, address: str) -> str:
    """The person's key, since addresses have no place in a log."""
    return next(key for key, one in programme.file.people.items() if one.email == address)


def named_addresses(office: Office) -> frozenset[str]:
    """The addresses by which the programme names people, in small letters."""
    return frozenset(address.casefold() for address in office.programme().people.addresses())


def person(profile: Profile, *, team: str, named: Collection[str], now: datetime) -> Person:
    """What we keep of a Slack profile: no telephone number, no picture, and no address that is not ``named``."""
    return Person(
        user=profile.user,
        team=profile.team or team,
        handle=profile.name,
        name=profile.real_name or profile.name or profile.user,
        zone=profile.zone,
        title="",
        email=profile.email if profile.email in named else "",
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
