"""What somebody finds in the archive is what the domain lets them read, on both databases."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.taskforce.burst import Burst, Participant
from bot.taskforce.permissions import Actor, Right, allows
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


def test_each_finds_what_the_domain_lets_them_read(store: Store) -> None:
    kept = {one.id: one for one in bursts()}
    with store.write() as unit:
        unit.apply_all([opening(one) for one in kept.values()], now=NOW)
        for one in kept.values():
            filed = summary(one.id, "queue", private=one.private, workstream=one.workstream)
            unit.archives.file(filed)
    differences = 0
    for user in USERS:
        for leads in (frozenset[str](), frozenset({"security"}), frozenset(STREAMS)):
            for steering in (False, True):
                actor = Actor(user, leads=leads, steering=steering)
                allowed = [
                    number for number in sorted(kept, reverse=True) if allows(Right.READ, actor, kept[number])
                ]
                differences += len(allowed) < COUNT
                for words in ("queue", ""):
                    with store.read() as unit:
                        found = unit.archives.search(
                            ArchiveFilter(words),
                            reader=actor,
                            limit=COUNT,
                        )
                    assert [one.burst_id for one in found.hits] == allowed
    assert differences


def test_guests_do_not_search(store: Store) -> None:
    with store.read() as unit, pytest.raises(ValueError, match="guests"):
        unit.archives.search(ArchiveFilter(), reader=Actor("U1", Standing.GUEST), limit=1)
