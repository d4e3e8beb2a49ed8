"""Raising a blocker, in pages or in one line, and what must be there soon after."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.demo.blockers import Blocker
from bot.demo.check import StoryStops
from bot.demo.stage import Played, Shown, Stage
from bot.sandbox.client import Person, texts_of

OPEN, DETAILS, SIMILAR, DONE = "burst_open", "burst_open_details", "burst_open_similar", "burst_open_done"
_KEY = re.compile(r"BURST-[0-9]+")


def raise_in_pages(stage: Stage, person: Person, blocker: Blocker) -> Played:
    """Raise a blocker through "Raise a blocker" and see its channel come up."""
    return arrived(stage, person, opened_in_pages(stage, person, blocker))


def opened_in_pages(stage: Stage, person: Person, blocker: Blocker, *, open_anyway: bool = False) -> str:
    """Fill in the pages up to "Open burst"; returns the new burst's key, its channel still to come."""
    stage.telling.happens(f"{person.name} types  /burst  and fills in “{blocker.title}”")
    first = person.command("/burst")["view"]
    second = stage.fill(person, first, first_page(stage, blocker))
    stage.promises.that(f"the page says {blocker.severity}", blocker.severity in texts_of(second))
    last = stage.fill(person, second, blocker.typed)
    if open_anyway:
        stage.promises.that("what looks alike is shown first", last["callback_id"] == SIMILAR)
        last = stage.fill(person, last, {"similar": "open_anyway"})
    return key_in(stage, texts_of(last))


def raise_in_a_line(stage: Stage, person: Person, blocker: Blocker, channel: str = "app") -> Played:
    """Raise a blocker with one command; what the form would have asked stays open."""
    line = (
        f"/burst open {blocker.family} site:{','.join(blocker.sites)} "
        f"impact:{blocker.impact} urgency:{blocker.urgency} {blocker.title}"
    )
    answer = stage.command(person, line, channel)
    return arrived(stage, person, key_in(stage, texts_of(answer)))


def first_page(stage: Stage, blocker: Blocker) -> dict[str, object]:
    """What is typed into page 1."""
    typed: dict[str, object] = {
        "family": blocker.family,
        "title": blocker.title,
        "sites": list(blocker.sites),
        "stage": blocker.stage,
        "impact": str(blocker.impact),
        "urgency": str(blocker.urgency),
        "workflow_impact": blocker.workflow_impact,
    }
    if blocker.needed_in_days is not None:
        today = stage.backstage.time.now().astimezone(ZoneInfo("Europe/London")).date()
        typed["needed_by"] = (today + timedelta(days=blocker.needed_in_days)).isoformat()
    return typed


def key_in(stage: Stage, words: str) -> str:
    """The key that an answer names. Raises ``StoryStops`` when it names none."""
    found = _KEY.search(words)
    if found is None:
        stage.promises.that("the blocker is open", came_true=False, seen=words)
        raise StoryStops(words)
    return found[0]


def arrived(stage: Stage, raiser: Person, key: str) -> Played:
    """See the new burst's channel come up, with its card."""
    start = f"{key.lower()}-"
    channel = stage.promised(
        f"{key} has its channel, and {raiser.name} is in it", lambda: joined_channel(raiser, start)
    )
    burst = Played(key, channel["id"], channel["name"])
    stage.played.append(burst)
    card = stage.card(raiser, burst)
    stage.promised("the card is pinned", lambda: _pinned(raiser, burst, card))
    return burst


def joined_channel(person: Person, start: str) -> Shown:
    """The channel whose name starts like this and that this person is in; empty when there is none."""
    return next(
        (c for c in person.channels() if c.get("name", "").startswith(start) and person.id in c["members"]),
        {},
    )


def _pinned(person: Person, burst: Played, card: Shown) -> bool:
    return card["ts"] in texts_of_pins(person.channel(burst.channel))


def texts_of_pins(channel: Shown) -> str:
    """The pins of a channel, as text to look for a message's ts in."""
    return str(channel.get("pins", ""))
