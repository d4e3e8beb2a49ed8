"""What an administrator must put right at Slack before the bot can serve: scopes, channels, people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.errors import PermanentFault
from bot.programme import Programme
from bot.programme.nearest import did_you_mean
from bot.programme.problems import Path
from bot.slack.gateway import Gateway, Identity, Profile
from bot.slack.gateway.channels import Channel

# Exactly the bot scopes of manifest.yml; a test keeps the two alike.
SCOPES = frozenset(
    {
        "channels:history",
        "channels:manage",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "groups:write",
        "im:history",
        "im:write",
        "pins:write",
        "reactions:read",
        "usergroups:read",
        "users:read",
        "users:read.email",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do when it is not fine; ``path`` is where the programme names it."""

    what: str
    fine: bool
    words: str
    path: Path = ()


def fine(what: str, words: str) -> Finding:
    """Nothing has to be done about ``what``."""
    return Finding(what=what, fine=True, words=words)


def to_fix(what: str, words: str, path: Path = ()) -> Finding:
    """Something has to be done, in ``words``, before the bot can serve."""
    return Finding(what=what, fine=False, words=words, path=path)


def inspect_slack(gateway: Gateway, identity: Identity, programme: Programme) -> Iterator[Finding]:
    """Look at everything that the programme relies on. Raises ``SlackFault`` when Slack cannot be asked."""
    yield _scopes(identity)
    channels = programme.channels
    for section, channel in (("steering", channels.steering), ("archive", channels.archive)):
        yield _channel(gateway, f"{section} channel", channel, (section, "channel"), private=True)
    for stream, channel in channels.streams.items():
        path = ("workstreams", stream, "channel")
        yield _channel(gateway, f"channel of workstream {stream}", channel, path, private=False)
    yield from _groups(gateway, programme)
    yield from _people(gateway, programme)


def _scopes(identity: Identity) -> Finding:
    missing = sorted(SCOPES - identity.scopes)
    if missing:
        return to_fix(
            "scopes",
            f"missing {', '.join(missing)}; update the app from manifest.yml and reinstall it",
        )
    more = sorted(identity.scopes - SCOPES)
    return fine(
        "scopes", f"as in manifest.yml; not needed: {', '.join(more)}" if more else "as in manifest.yml"
    )


def _groups(gateway: Gateway, programme: Programme) -> Iterator[Finding]:
    for name, stream in programme.file.workstreams.items():
        if stream.user_group is None:
            continue
        what = f"user group of workstream {name}"
        try:
            users = gateway.people.in_group(stream.user_group)
        except PermanentFault as fault:
            words = f"{stream.user_group} cannot be looked up: Slack answered {fault.code}"
            yield to_fix(what, words, ("workstreams", name, "user_group"))
        else:
            yield fine(what, f"{len(users)} people")


def _channel(gateway: Gateway, what: str, channel: str, path: Path, *, private: bool) -> Finding:
    try:
        found = gateway.channels.info(channel)
    except PermanentFault as fault:
        return to_fix(what, _why_unseen(channel, fault), path)
    wrong = _wrong_with(found, private=private)
    return to_fix(what, f"#{found.name} {wrong}", path) if wrong else fine(what, f"#{found.name}")


def _why_unseen(channel: str, fault: PermanentFault) -> str:
    if fault.code == "channel_not_found":
        return (
            f"{channel} does not exist, or is private and the bot is not in it; correct the id in the "
            "programme, or there: /invite @issue-burst"
        )
    return f"{channel} cannot be looked up: Slack answered {fault.code}"


def _wrong_with(channel: Channel, *, private: bool) -> str:
    """What has to be changed about a channel, the most serious first; empty when nothing has."""
    if channel.is_archived:
        return "is archived; name a living channel in the programme"
    if private and not channel.is_private:
        return "is public, and shows the keys of private bursts; make it private, or name a private one"
    if channel.is_ext_shared:
        return "is shared with another organisation; use one that is not"
    if not channel.is_member:
        return "is without the bot; there: /invite @issue-burst"
    return ""


def _people(gateway: Gateway, programme: Programme) -> Iterator[Finding]:
    try:
        profiles = {profile.user: profile for profile in gateway.people.everybody()}
    except PermanentFault as fault:
        yield to_fix("people", f"cannot be looked up: Slack answered {fault.code}")
        return
    found = {
        profile.email: user for user, profile in profiles.items() if profile.email and not profile.deleted
    }
    programme = programme.with_people(found)
    wrong = 0
    for key, person in programme.file.people.items():
        user = programme.people.user(key)
        words = (
            _wrong_with_person(user, profiles) if user is not None else _unknown(person.email or "", found)
        )
        if words:
            wrong += 1
            named_by = "slack" if person.slack is not None else "email"
            yield to_fix(f"person {key}", words, ("people", key, named_by))
    if not wrong:
        yield fine("people", f"all {len(programme.file.people)} of the programme are members")


def _unknown(address: str, known: Mapping[str, str]) -> str:
    near = did_you_mean(address.casefold(), known)
    return (
        f"is named by {address}, which nobody has in this workspace; correct it, or give their Slack id{near}"
    )


def _wrong_with_person(user: str, profiles: dict[str, Profile]) -> str:
    """What has to be changed about a person of the programme; empty when nothing has."""
    profile = profiles.get(user)
    if profile is None:
        return f"{user} is not in this workspace; correct the id in the programme"
    if profile.deleted:
        return f"{user} is deactivated; name somebody else"
    if profile.is_bot:
        return f"{user} is an app; name a person"
    if profile.is_stranger:
        return f"{user} belongs to another organisation; name a member of this workspace"
    if profile.is_restricted or profile.is_ultra_restricted:
        return f"{user} is a guest, who can own and sign nothing; name a member"
    return ""
