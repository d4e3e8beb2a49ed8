"""What somebody finds in the archive is what the domain lets them read, on both databases."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.taskforce.burst import Burst, Participant
from bot.taskforce.permissions import Actor, Right, allows, members
from bot.taskforce.response_clock import FiredStep
from bot.taskforce.terms import ClockState, Standing
from storage import Store
from storage.archive_filter import ArchiveFilter
from tests.storage.bursts import NOW, full_burst, opening
from tests.storage.test_archives import summary

USERS = ("U1", "U2", "U3", "U4", "U11")
STREAMS = ("interoperability", "security")
COUNT = 60


def bursts() -> Iterator[Burst]:
    """Private and others, whose people, leads and reached ones were drawn by lot."""
    chance = random.Random(5)  # noqa: S311 - the same bursts in every run

    def somebody() -> str | None:
        return chance.choice((*USERS, None))

    for number in range(1, COUNT + 1):
        one = full_burst(number)
        clock = replace(
            one.clocks[0],
            state=chance.choice((ClockState.ARMED, ClockState.MET)),
            fired=tuple(
                FiredStep(
                    chance.choice(USERS),
                    NOW,
                    NOW,
                    tuple(chance.sample(USERS, chance.randint(0, 1))),
                    answered_by=somebody(),
                )
                for _ in range(2)
            ),
        )
        yield one.having(
            private=chance.random() < 0.8,
            workstream=chance.choice(STREAMS),
            raiser=chance.choice(USERS),
            owner=somebody(),
            clinical_lead=somebody(),
            technical_lead=somebody(),
            participants=tuple(
                Participant(user, "added", NOW, chance.choice((None, NOW + timedelta(hours=1))))
                for user in chance.sample(USERS, chance.randint(0, 2))
            ),
            clocks=(clock, *one.clocks[1:]),
        )


def archived(store: Store) -> dict[int, Burst]:
    """Those in the archive, by number, the newest first."""
    kept = {one.id: one for one in bursts()}
    with store.write() as unit:
        unit.apply_all([opening(one) for one in kept.values()], now=NOW)
        for one in kept.values():
            filed = summary(one.id, "queue", private=one.private, workstream=one.workstream)
            unit.archives.file(filed)
    return dict(reversed(kept.items()))


def found(store: Store, wanted: ArchiveFilter, reader: Actor | None = None) -> list[int]:
    with store.read() as unit:
        hits = unit.archives.search(wanted, reader=reader, limit=COUNT).hits
    return [one.burst_id for one in hits]


def test_each_finds_what_the_domain_lets_them_read(store: Store) -> None:
    kept = archived(store)
    differences = 0
    for user in USERS:
        for leads in (frozenset[str](), frozenset({"security"}), frozenset(STREAMS)):
            for steering in (False, True):
                actor = Actor(user, leads=leads, steering=steering)
                allowed = [number for number, one in kept.items() if allows(Right.READ, actor, one)]
                differences += len(allowed) < COUNT
                for words in ("queue", ""):
                    assert found(store, ArchiveFilter(words), actor) == allowed
    assert differences


@pytest.mark.parametrize("words", ["queue", ""])
def test_each_finds_what_they_owned_and_what_they_belonged_to(store: Store, words: str) -> None:
    kept = archived(store)
    for user in USERS:
        # Whoever has a seat takes part or did; chance gave seats to others too.
        took_part = [one for one in kept.values() if user in {person.user for person in one.participants}]
        owned = [one.id for one in took_part if one.owner == user]
        belonged = [one.id for one in took_part if user in members(one)]

        assert found(store, ArchiveFilter(words, owner=user)) == owned
        assert found(store, ArchiveFilter(words, mine=user)) == belonged
        both = ArchiveFilter(words, owner=user, mine=USERS[0])
        theirs = [one for one in owned if one in set(found(store, ArchiveFilter(mine=USERS[0])))]
        assert found(store, both) == theirs


def test_guests_do_not_search(store: Store) -> None:
    with store.read() as unit, pytest.raises(ValueError, match="guests"):
        unit.archives.search(ArchiveFilter(), reader=Actor("U1", Standing.GUEST), limit=1)
