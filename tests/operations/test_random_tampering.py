"""Whatever somebody does to the log of a burst in the database is found, its entry named, and nobody else accused.

The truth is an SQLite file with two logs, and anchors copied away. By right a tenth of the texts was erased, which ones
the dice say, and one person who made every seventh entry. Each case tampers with one log in a transaction, has
both verified, and is rolled back.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.operations.verify_logs import verify_logs
from bot.taskforce import logbook
from bot.taskforce.anchoring import Anchor
from bot.taskforce.decision import Entry
from bot.taskforce.entry_names import label_of
from bot.taskforce.logbook import GENESIS
from bot.taskforce.personal_marks import Marks
from bot.taskforce.tampering import Wrong
from bot.taskforce.unnaming import unnamed
from storage import Store, Unit
from tests.storage.bursts import NOW, at, change, note, opening, plain_burst, stored
from tests.store_fixtures import sqlite_database, upgraded

ENTRIES, ANCHORED = 40, (10, 20, 30)
EVERYTHING = range(1, ENTRIES + 1)
ERASED = random.Random("erased").sample(EVERYTHING, ENTRIES // 10)  # noqa: S311 - a seeded choice
GONE, LABEL = Marks("U_GONE"), label_of("3f9a2c1b")
KEY = b"kept elsewhere"
MINE, OTHERS = 1, 2


@dataclass(frozen=True)
class Scene:
    """One transaction to tamper in, and the dice."""

    unit: Unit
    dice: random.Random

    @property
    def connection(self) -> Connection:
        """Where somebody writes who has the file."""
        return self.unit._connection

    def run(self, statement: str, **values: object) -> None:
        """One statement on the log of the tampered burst."""
        self.connection.execute(text(statement), {"burst": MINE, **values})

    def hash_of(self, number: int) -> str:
        """The hash of an entry as it stands; of none, what the first one follows."""
        entry = self.unit.log.entry(MINE, number)
        return entry.entry_hash if entry is not None and entry.number == number else GENESIS

    def end_at(self, number: int) -> None:
        """Have the burst say that its log ends there."""
        self.run(
            "UPDATE burst SET log_count = :n, log_head = :head WHERE id = :burst",
            n=number,
            head=self.hash_of(number),
        )

    def place(self, number: int, elsewhere: int) -> None:
        """Give an entry another number that is free."""
        statement = "UPDATE log_entry SET number = :to WHERE burst_id = :burst AND number = :n"
        self.run(statement, n=number, to=elsewhere)


@dataclass(frozen=True)
class Done:
    """Which entries were tampered with, and in which others it may show without their being accused falsely."""

    victims: frozenset[int]
    also: frozenset[int] = frozenset()


Tampering = Callable[[Scene], Done | None]


def alter(scene: Scene) -> Done:
    """One column of one entry."""
    number = scene.dice.randint(1, ENTRIES)
    column, value = scene.dice.choice(
        [
            ("kind", "fact"),
            ("actor", "U_SOMEBODY"),
            ("at", "2026-03-01 00:00:00.000000"),
            ("body", '{"text": "it was never said"}'),
            ("salt", scene.dice.randbytes(16)),
            ("digest", scene.dice.randbytes(32).hex()),
            ("entry_hash", scene.dice.randbytes(32).hex()),
            ("name_salt", scene.dice.randbytes(16)),
            ("names", f'{{"U_OWNER": "salt {scene.dice.randbytes(32).hex()}"}}'),
        ]
    )
    statement = f"UPDATE log_entry SET {column} = :value WHERE burst_id = :burst AND number = :n"  # noqa: S608 - our own words
    scene.run(statement, value=value, n=number)
    return Done(frozenset({number}))


def delete(scene: Scene) -> Done:
    """One entry."""
    number = scene.dice.randint(1, ENTRIES)
    scene.run("DELETE FROM log_entry WHERE burst_id = :burst AND number = :n", n=number)
    return Done(frozenset({number}))


def swap(scene: Scene) -> Done:
    """The places of two entries."""
    one, other = scene.dice.sample(range(1, ENTRIES + 1), 2)
    for number, elsewhere in ((one, -1), (other, one), (-1, other)):
        scene.place(number, elsewhere)
    return Done(frozenset({one, other}))


def insert(scene: Scene) -> Done:
    """An entry that follows from the one before it, as if it had been logged; the others make room."""
    at_number = scene.dice.randint(1, ENTRIES)
    for number in range(ENTRIES, at_number - 1, -1):
        scene.place(number, number + 1)
    _forge(scene, at_number, "forged")
    return Done(frozenset({at_number}), frozenset(range(at_number + 1, ENTRIES + 2)))


def truncate(scene: Scene) -> Done:
    """The end of the log, while its burst says what it said."""
    kept = scene.dice.randrange(ENTRIES)
    _cut(scene, kept)
    return Done(frozenset(range(kept + 1, ENTRIES + 1)))


def truncate_well(scene: Scene) -> Done | None:
    """The end of the log, and what its burst says of it: it shows as far as the last anchor that was copied away."""
    kept = scene.dice.randrange(ENTRIES)
    _cut(scene, kept)
    scene.end_at(kept)
    last = ANCHORED[-1]
    return Done(frozenset(range(kept + 1, last + 1))) if kept < last else None


def rewrite(scene: Scene) -> Done | None:
    """Everything from one entry on, with what the burst says: it shows as far as the last anchor that was copied away."""
    first = scene.dice.randint(1, ENTRIES)
    _cut(scene, first - 1)
    for number in range(first, ENTRIES + 1):
        _forge(scene, number, f"made anew {number}")
    scene.end_at(ENTRIES)
    told = next((count for count in ANCHORED if count >= first), None)
    held = max((count for count in ANCHORED if count < first), default=0)
    return Done(frozenset({first}), frozenset(range(held + 1, told + 1))) if told else None


def _cut(scene: Scene, kept: int) -> None:
    scene.run("DELETE FROM log_entry WHERE burst_id = :burst AND number > :n", n=kept)


def _forge(scene: Scene, number: int, said: str) -> None:
    """An entry by somebody who knows how the chain is made."""
    salt, body = scene.dice.randbytes(16), {"text": said}
    digest = logbook.body_digest(salt, body)
    header = logbook.header_of(MINE, number, "update", "U_OWNER", NOW)
    scene.run(
        "INSERT INTO log_entry (burst_id, number, kind, actor, at, salt, body, digest, entry_hash) VALUES "
        "(:burst, :n, 'update', 'U_OWNER', '2026-03-02 12:00:00.000000', :salt, :body, :digest, :made)",
        n=number,
        salt=salt,
        body=f'{{"text": "{said}"}}',
        digest=digest,
        made=logbook.entry_hash(scene.hash_of(number - 1), header, digest),
    )


@dataclass(frozen=True)
class Kept:
    """The truth: a store, and the anchors of both logs that were copied away."""

    store: Store
    anchors: dict[int, list[Anchor]]

    def accused(self, unit: Unit) -> dict[int, list[tuple[Wrong, int, int]]]:
        """What is found wrong, by burst."""
        reports = verify_logs(unit, self.anchors, KEY)
        return {
            one.burst_id: [(found.wrong, found.first, found.last) for found in one.findings]
            for one in reports
        }


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Two logs, anchored as they grew, some texts erased afterwards."""
    folder: Path = tmp_path_factory.mktemp("tampered")
    with upgraded(sqlite_database(folder)).opened() as store:
        anchors = {number: list(_grown(store, number)) for number in (MINE, OTHERS)}
        with store.write() as unit:
            assert all(unit.log.erase(burst, entry) for burst in anchors for entry in ERASED)
            for place, entry in (one for burst in anchors for one in unit.unnaming.entries(burst)):
                unit.unnaming.put(place, unnamed(entry, GONE, LABEL))
        yield Kept(store, anchors)


def _grown(store: Store, number: int) -> Iterator[Anchor]:
    """A log of so many entries; its anchors are handed out, and the database keeps none."""
    burst = stored(store, opening(plain_burst(number), entries=[_made(1)]))
    for entry in EVERYTHING[1:]:
        burst = stored(store, change(burst, entries=[_made(entry)]))
        if entry in ANCHORED:
            seal = logbook.seal(KEY, number, entry, burst.log_head)
            yield Anchor(number, entry, burst.log_head, seal, at(entry))


def _made(number: int) -> Entry:
    """The entry of that number; every third one names somebody who is erased later."""
    said = f"entry {number}" if number % 3 else f"entry {number}, for <@{GONE.user}>"
    return note(said, GONE.user if number % 7 == 0 else "U_OWNER")


def test_logs_of_which_a_tenth_and_one_person_were_erased_hold(kept: Kept) -> None:
    with kept.store.read() as unit:
        logged = unit.log.entries(MINE)
        assert [one.number for one in logged if one.body is None] == sorted(ERASED)
        assert [one.number for one in logged if one.actor == LABEL] == [*EVERYTHING[6::7]]
        assert kept.accused(unit) == {MINE: [], OTHERS: []}


TAMPERINGS = [alter, delete, swap, insert, truncate, truncate_well, rewrite]
SHORT, LONG = 22, 143  # of each of the seven: 154 and 1,001


@pytest.mark.parametrize(
    "times", [pytest.param(SHORT, id="short"), pytest.param(LONG, id="long", marks=pytest.mark.thousand)]
)
@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_whatever_is_done_to_a_log_is_found_and_nobody_else_accused(
    kept: Kept, tampering: Tampering, times: int
) -> None:
    dice = random.Random(f"{tampering.__name__} {times}")  # noqa: S311 - a seeded choice of cases
    for case in range(times):
        with kept.store.write() as unit:
            around = unit._connection.begin_nested()
            done = tampering(Scene(unit, dice))
            found = kept.accused(unit)
            around.rollback()
        assert found[OTHERS] == [], case
        named = {number for _, first, last in found[MINE] for number in range(first, last + 1)}
        if done is None:
            # Made well, and only after the last anchor: the one thing that no chain can show.
            assert found[MINE] == [], case
        else:
            assert done.victims <= named, (case, done, found[MINE])
            assert named <= done.victims | done.also, (case, done, found[MINE])


def test_what_was_rolled_back_was_not_done(kept: Kept) -> None:
    with kept.store.read() as unit:
        assert [len(unit.log.rows(burst)) for burst in (MINE, OTHERS)] == [ENTRIES, ENTRIES]
        assert kept.accused(unit) == {MINE: [], OTHERS: []}
