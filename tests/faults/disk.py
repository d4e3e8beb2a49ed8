"""A writer that is killed at the n-th sync or write of the disk, or told EIO by it, and what the file holds then.

A killed process leaves behind what it wrote, synced or not, so a kill alone does not show whether a commit
waited for the disk. For the power cut only what had been synced is kept: it is copied aside at each sync.
"""

import shutil
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import storage
from bot import clock
from bot.demo.processes import PROGRAMME
from bot.errors import StorageFault
from bot.operations.accept import accept
from bot.operations.add_evidence import Piece, add_evidence
from bot.operations.office import AlreadyDone, Office, Request
from bot.operations.open_burst import open_burst
from bot.operations.post_update import post_update
from bot.operations.resolve import resolve
from bot.operations.sign_off import sign_off
from bot.programme import load
from bot.taskforce.decision import Entry
from bot.taskforce.lifecycle import facts_of, replay
from tests.faults.runs import Run, drawn
from tests.faults.tracing import Spoil, Watched, watched
from tests.operations.story import CLINICAL, INTAKE, OWNER, RAISER, RESOLUTION, TEAM, TECHNICAL

URL = "sqlite:///burst.db"
BURSTS = 12
# What can be spoilt, and how; the disk fails once and works again, as after a path that failed over.
WAYS = (
    ("fdatasync", "SIGKILL"),
    ("pwrite64", "SIGKILL"),
    ("fdatasync", "EIO"),
    ("pwrite64", "EIO"),
    ("fdatasync", "power cut"),
    ("pwrite64", "power cut"),
)
Say = Callable[[str], None]


def run(folder: Path, seed: int, indices: Iterable[int]) -> Generator[Run, None, None]:
    """Each run spoils another call of the same twelve bursts, chosen by the seed; first they are counted."""
    fresh = folder / "fresh"
    fresh.mkdir(parents=True, exist_ok=True)
    storage.upgrade(URL, fresh)
    counted = watched(partial(write, copied(fresh, folder / "counted")))
    calls, commits = counted.calls, sum(line.startswith("done") for line in counted.said)
    for index in indices:
        chance = drawn("disk", seed, index)
        call, how = WAYS[index % len(WAYS)]
        spoil = Spoil(call, chance.randint(1, calls[call]), "fail" if how == "EIO" else "kill")
        data, durable = copied(fresh, folder / str(index)), copied(fresh, folder / f"{index}-durable")
        found = watched(partial(write, data), spoil, partial(_kept, durable))
        struck = any(line.startswith("refused") for line in found.said) if how == "EIO" else found.killed
        numbers = {"writers": 1, f"{how} at {call}": int(struck)}
        losses = judged(durable if how == "power cut" else data, found)
        if calls["fdatasync"] < commits:
            losses.append(f"{commits} commits made the disk sync {calls['fdatasync']} times only")
        yield Run("disk", seed, index, numbers, losses=tuple(losses))


def _kept(durable: Path, synced: Path) -> None:
    if synced.is_file():
        shutil.copyfile(synced, durable / synced.name)


def copied(fresh: Path, data: Path) -> Path:
    """A folder with an empty database of its own."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "burst.db").write_bytes((fresh / "burst.db").read_bytes())
    return data


def write(data: Path, say: Say) -> None:
    """Twelve whole bursts, one act after the other; says each request key once its act is committed.

    An act that the disk refused is tried again with the same key, as Slack and people do.
    """
    programme = load(PROGRAMME)
    store = _opened(data, say)
    office = Office(store, lambda: programme, TEAM)
    keys = count(1)
    for _ in range(BURSTS):
        for act in _acts(office):
            key = f"act:{next(keys)}"
            while True:
                try:
                    act(key)
                except StorageFault as fault:
                    say(f"refused {key}: {fault}")
                    continue
                except AlreadyDone:
                    say(f"known {key}")
                say(f"done {key}")
                break
    store.close()


def judged(data: Path, found: Watched) -> list[str]:
    """What was said to be done and is not there, and what does not fit together."""
    problems = storage.check(URL, data)
    told = {line.removeprefix("done ") for line in found.said if line.startswith("done")}
    store = storage.Store.open(URL, data_dir=data)
    with store.write() as unit:
        new = [key for key in sorted(told) if unit.inbox.remember(key, "looked for", clock.now())]
        problems += [f"{key} was committed and is gone" for key in new]
        for number, burst in unit.bursts.get_many(range(1, BURSTS + 1)).items():
            entries = unit.log.entries(number)
            if replay(Entry(e.kind, e.actor, e.at, e.body or {}) for e in entries) != facts_of(burst):
                problems.append(f"BURST-{number}: the log alone does not yield the stored state")
    store.close()
    return problems


def _opened(data: Path, say: Say) -> storage.Store:
    while True:
        try:
            return storage.Store.open(URL, data_dir=data)
        except StorageFault as fault:
            say(f"refused to open: {fault}")


def _acts(office: Office) -> Iterator[Callable[[str], object]]:
    numbers: list[int] = []

    def by(user: str, key: str) -> Request:
        return Request(key, user, TEAM)

    def opening(key: str) -> None:
        numbers.append(open_burst(office, by(RAISER, key), INTAKE).id)

    yield opening
    number = numbers[0]
    yield lambda key: accept(office, by(OWNER, key), number)
    yield lambda key: post_update(office, by(OWNER, key), number, "The rule is in review.")
    for kind in ("connection_transcript", "change_closed"):
        yield partial(_prove, office, number, kind)
    yield lambda key: resolve(office, by(OWNER, key), number, RESOLUTION)
    yield lambda key: sign_off(office, by(CLINICAL, key), number)
    yield lambda key: sign_off(office, by(TECHNICAL, key), number)


def _prove(office: Office, number: int, kind: str, key: str) -> None:
    add_evidence(office, Request(key, OWNER, TEAM), number, Piece(kind, "Seen to work from three hosts"))
