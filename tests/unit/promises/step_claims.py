"""What a case claims of a ladder's steps: said again, answered, waited for, and who is told, brought or had it in vain."""

from datetime import datetime

from tests.unit.promises.happenings import ACTORS
from tests.unit.promises.story import Story

PEOPLE = {
    **{name: actor.user for name, actor in ACTORS.items()},
    "duty": "U_DUTY",
    "network": "U_NETWORK",
    "archive": "U_ARCHIVE",
}
CLAIMS = r"(?:said|missed|warned) \d+ times?|answered|waits for \w+(?: and \w+)*|spares \w+|joins|in vain"

_TIMED = frozenset({"answered", "said", "missed", "warned", "spares", "joins", "in"})


def holds(story: Story, who: str, what: str, at: datetime | None) -> bool | None:
    """Whether the claim is true; None for one that is about something else."""
    word, _, rest = what.partition(" ")
    if word == "waits":
        waited_for = rest.removeprefix("for ").split(" and ")
        return set(story.fired(who).silent) == {PEOPLE[name] for name in waited_for if name != "nobody"}
    if at is None or word not in _TIMED or what in {"missed", "warned"}:
        return None
    story.left_alone(at)
    match word:
        case "answered":
            return story.fired(who).answered_at == at
        case "said":
            return story.times_said(who, at) == int(rest.split()[0])
        case "missed" | "warned":
            return story.times_rang(f"{word} {who}") == int(rest.split()[0])
        case "spares":
            told = story.told(who, at)
            return bool(told) and PEOPLE[rest] not in told
        case "joins":
            return (PEOPLE[who], at) in {(one.user, one.added_at) for one in story.burst.participants}
    return (PEOPLE[who], at) in {(one.user, one.stale_at) for one in story.burst.stale_take_ups}
