"""What happens to channels and people in Slack, as far as bursts care. Events come at least once, in any order."""

from collections.abc import Mapping
from typing import Any

from bot import clock
from bot.operations.membership import (
    change_channel_id,
    group_changed,
    group_is,
    lose_channel,
    note_joined,
    note_left,
    person_changed,
)
from bot.operations.office import Office
from bot.slack.directory import named_addresses, person
from bot.slack.gateway.people import read_profile
from bot.slack.requests import Event, Malformed

_CHANNELS = ("C", "G")  # how the ids of channels begin; a home never becomes a direct message


def joined(office: Office, event: Event) -> None:
    """``member_joined_channel``."""
    note_joined(office, event.key, _needed(event, "channel"), _needed(event, "user"))


def left(office: Office, event: Event) -> None:
    """``member_left_channel``."""
    note_left(office, event.key, _needed(event, "channel"), _needed(event, "user"))


def archived(office: Office, event: Event) -> None:
    """``channel_archive`` and ``group_archive``, by a person: our own never reach us."""
    lose_channel(office, event.key, _needed(event, "channel"), "its channel was archived by hand")


def deleted(office: Office, event: Event) -> None:
    """``channel_deleted`` and ``group_deleted``."""
    lose_channel(office, event.key, _needed(event, "channel"), "its channel was deleted")


def renumbered(office: Office, event: Event) -> None:
    """``channel_id_changed``: the channel was shared with another organisation, or is no longer."""
    new = _needed(event, "new_channel_id")
    if not new.startswith(_CHANNELS):
        raise Malformed("event.new_channel_id")
    change_channel_id(office, event.key, _needed(event, "old_channel_id"), new)


def changed(office: Office, event: Event) -> None:
    """``user_change`` and ``team_join``: names, standing, deactivation."""
    found = event.body.get("user")
    if not isinstance(found, dict) or not isinstance(found.get("id"), str) or not found["id"]:
        raise Malformed("event.user")
    now = clock.now()
    named = named_addresses(office)
    person_changed(office, event.key, person(read_profile(found), team=office.team, named=named, now=now))


def group_updated(office: Office, event: Event) -> None:
    """``subteam_updated``: the whole group; one that was disabled (``date_delete``) has nobody."""
    found = event.body.get("subteam")
    if not isinstance(found, dict) or not isinstance(found.get("id"), str) or not found["id"]:
        raise Malformed("event.subteam")
    if found.get("date_delete"):
        group_is(office, event.key, found["id"], ())
    elif isinstance(found.get("users"), list):
        group_is(office, event.key, found["id"], _users(found, "users"))


def group_members_changed(office: Office, event: Event) -> None:
    """``subteam_members_changed``: who came and who left."""
    came, went = _users(event.body, "added_users"), _users(event.body, "removed_users")
    group_changed(office, event.key, _needed(event, "subteam_id"), came, went)


def _users(found: Mapping[str, Any], name: str) -> tuple[str, ...]:
    listed = found.get(name) or []
    if not isinstance(listed, list) or not all(isinstance(user, str) for user in listed):
        raise Malformed(f"event.{name}")
    return tuple(listed)


def _needed(event: Event, name: str) -> str:
    found = event.text(name)
    if not found:
        raise Malformed(f"event.{name}")
    return found


EVENTS = {
    "member_joined_channel": joined,
    "member_left_channel": left,
    "channel_archive": archived,
    "group_archive": archived,
    "channel_deleted": deleted,
    "group_deleted": deleted,
    "channel_id_changed": renumbered,
    "user_change": changed,
    "team_join": changed,
    "subteam_updated": group_updated,
    "subteam_members_changed": group_members_changed,
}
