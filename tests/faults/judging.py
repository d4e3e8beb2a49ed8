"""What the workspace's own record and the log say in the end: what is lost, what shows twice, what came too early."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import storage
from bot.taskforce.decision import Entry
from bot.taskforce.lifecycle import facts_of, replay
from bot.taskforce.terms import ClockKind, EntryKind
from storage.terms import IntentState
from tests.faults.files import files_twice, missing_files
from tests.faults.world import World

TOO_MANY_REQUESTS = 429
# A call that was on its way when Slack said ``Retry-After`` could not know; nor could a process that
# was killed before it had written that down.
UNDER_WAY_FOR = 1.0
CLOCKS_AGREE = 0.05


def missing(world: World, number: int) -> list[str]:
    """Whatever was promised about a burst and is not there."""
    return [*lost(world, number), *unseen(world, number), *missing_files(world, number)]


def twice(world: World, number: int) -> dict[str, int]:
    """Whatever happened to a burst more often than once and should not have, by kind."""
    return {**visible_twice(world, number), **fired_twice(world, number), **files_twice(world, number)}


def undelivered(world: World, number: int) -> list[str]:
    """The burst's intents that still wait to be sent; what manners hold back on purpose does not."""
    with world.stored() as unit:
        waiting = unit.outbox.listed((IntentState.PENDING, IntentState.LEASED), burst_id=number)
        held = unit.outbox.listed((IntentState.HELD,), burst_id=number)
    waiting += [row for row in held if row.held_until == row.created_at]
    return [f"intent {row.id} ({row.kind}) was never delivered" for row in waiting]


def lost(world: World, number: int) -> list[str]:
    """What does not fit together: state without entry, a broken chain, an intent given up, damage to the file."""
    problems = [*storage.check(world.url, world.data), *undelivered(world, number)]
    with world.stored() as unit:
        burst, entries = unit.bursts.get(number), unit.log.entries(number)
        parked = unit.outbox.listed((IntentState.PARKED,), burst_id=number)
    problems += [f"intent {row.id} ({row.kind}) was given up: {row.parked_reason}" for row in parked]
    if burst is None:
        return [*problems, f"BURST-{number} is gone"]
    if replay(Entry(e.kind, e.actor, e.at, e.body or {}) for e in entries) != facts_of(burst):
        problems.append("the log alone does not yield the stored state")
    if sum(entry.kind is EntryKind.OPENED for entry in entries) != 1:
        problems.append("it was not opened exactly once")
    return problems


def seen(world: World, number: int) -> dict[str, set[tuple[str, str]]]:
    """The messages about one burst that anybody can see, as channel and ts, by the intent that they answer."""
    places: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for person in world.slack.people():
        # In the burst's own channel not every message names it.
        inside = any(_is_of(channel, number) for channel in person.channels())
        for message in person.search("" if inside else f"BURST-{number}"):
            places[_operation(message)].add((message["channel"], message["ts"]))
    return dict(places)


def unseen(world: World, number: int) -> list[str]:
    """Messages that are recorded as shown and that nobody can see."""
    there = set().union(*seen(world, number).values())
    with world.stored() as unit:
        posts = unit.posts.find(number)
    return [
        f"{post.slot} is recorded and not there" for post in posts if (post.channel, post.ts) not in there
    ]


def visible_twice(world: World, number: int) -> dict[str, int]:
    """How many messages too many people see, by kind of intent, and channels too many, of one burst."""
    with world.stored() as unit:
        kinds = {
            row.id: row.kind.value for row in unit.outbox.listed(IntentState, burst_id=number, limit=1000)
        }
    found: Counter[str] = Counter()
    for operation, places in seen(world, number).items():
        kind = kinds.get(int(operation.partition(".")[0] or 0))
        if kind is not None:
            found[kind] += len(places) - 1
    channels = {c["id"] for person in world.slack.people() for c in person.channels() if _is_of(c, number)}
    found["channel"] = max(0, len(channels) - 1)
    return {kind: times for kind, times in found.items() if times}


def fired_twice(world: World, number: int) -> dict[str, int]:
    """How often too many the clock of acceptance, which is armed once, was missed or climbed to a step."""
    bodies = ((entry.kind, entry.body or {}) for entry in world.entries(number))
    fired = Counter(
        f"{kind} {body.get('step', '')}".strip()
        for kind, body in bodies
        if kind in {EntryKind.MISSED, EntryKind.ESCALATED} and body.get("kind") == ClockKind.ACCEPT
    )
    return {what: times - 1 for what, times in fired.items() if times > 1}


def too_early(calls: Iterable[Mapping[str, Any]], deaths: Iterable[float]) -> list[str]:
    """Calls that were made before the ``Retry-After`` that their method had been given was over."""
    died = tuple(deaths)
    until: dict[str, tuple[float, float]] = {}
    found = []
    for call in sorted(calls, key=lambda one: float(one["at"])):
        method, at = call["method"], float(call["at"])
        told, over = until.get(method, (at, at))
        could_know = not any(told <= death <= told + UNDER_WAY_FOR for death in died)
        if told + UNDER_WAY_FOR < at < over - CLOCKS_AGREE and could_know:
            found.append(f"{method} {over - at:.1f} s before its Retry-After was over")
        if call["status"] == TOO_MANY_REQUESTS:
            told = at + float(call["took"])
            until[method] = told, told + float(call["retry_after"])
    return found


def _operation(message: Mapping[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    held = json.loads(metadata) if isinstance(metadata, str) else metadata
    return str((held.get("event_payload") or {}).get("op", ""))


def _is_of(channel: Mapping[str, Any], number: int) -> bool:
    return str(channel.get("name", "")).startswith(f"burst-{number}-")
