"""What an administrator must put right at Slack before the bot can serve: scopes, channels, people."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import SlackFault
from bot.programme import Programme
from bot.slack.gateway import Gateway, Identity, Profile

# Exactly the bot scopes of manifest.yml; a test keeps the two alike.
SCOPES = frozenset(
    {
        "channels:history",
        "channels:manage",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "groups:write",
        "im:history",
        "im:write",
        "pins:write",
        "users:read",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do when it is not fine."""

    what: str
    fine: bool
    words: str


def fine(what: str, words: str) -> Finding:
    """Nothing has to be done about ``what``."""
    return Finding(what=what, fine=True, words=words)


def to_fix(what: str, words: str) -> Finding:
    """Something has to be done, in ``words``, before the bot can serve."""
    return Finding(what=what, fine=False, words=words)


def inspect_slack(gateway: Gateway, identity: Identity, programme: Programme) -> Iterator[Finding]:
    """Look at everything that the programme relies on. Raises ``SlackFault`` when Slack cannot be asked."""
    yield _scopes(identity)
    channels = programme.channels
    yield _channel(gateway, "steering channel", channels.steering, private=True)
    yield _channel(gateway, "archive channel", channels.archive, private=True)
    for stream, channel in channels.streams.items():
        yield _channel(gateway, f"channel of workstream {stream}", channel, private=None)
    profiles = {profile.user: profile for profile in gateway.people.everybody()}
    for key in programme.file.people:
        finding = _person(key, programme.people.user(key), profiles)
        if finding is not None:
            yield finding
    yield fine("people", f"{len(programme.file.people)} people of the programme were looked up")


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


def _channel(gateway: Gateway, what: str, channel: str, *, private: bool | None) -> Finding:
    try:
        found = gateway.channels.info(channel)
    except SlackFault as fault:
        return to_fix(what, f"{channel} cannot be seen ({fault.code}); invite the bot: /invite @issue-burst")
    if found.is_archived:
        return to_fix(what, f"#{found.name} is archived; name a living channel in the programme")
    if not found.is_member:
        return to_fix(what, f"the bot is not in #{found.name}; there: /invite @issue-burst")
    if private and not found.is_private:
        return to_fix(what, f"#{found.name} is public; make it private, it shows private bursts' keys")
    if found.is_ext_shared:
        return to_fix(what, f"#{found.name} is shared with another organisation; use one that is not")
    return fine(what, f"#{found.name}")


def _person(key: str, user: str | None, profiles: dict[str, Profile]) -> Finding | None:
    if user is None:
        return to_fix(
            f"person {key}", "has no Slack user yet; give their Slack id, or an address Slack knows"
        )
    profile = profiles.get(user)
    if profile is None:
        return to_fix(f"person {key}", f"{user} is not in this workspace; correct the id in the programme")
    if profile.deleted:
        return to_fix(f"person {key}", f"{user} is deactivated; name somebody else")
    if profile.is_restricted or profile.is_ultra_restricted:
        return to_fix(f"person {key}", f"{user} is a guest, who can own and sign nothing; name a member")
    return None
