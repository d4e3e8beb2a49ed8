"""Deliveries that come several times, in any order and several at once: what each asks for happens once."""

import random
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import storage
from bot.demo.processes import PROGRAMME
from bot.operations.office import Office
from bot.programme import load
from bot.taskforce.terms import EntryKind
from tests.faults.runs import Run, drawn
from tests.handlers.workspace import TEAM, Heard, Workspace
from tests.operations.story import OWNER, RAISER

DELIVERIES = 1000
BURSTS = 5
# How often Slack and a network between may bring one delivery, and how far it may be overtaken.
MOST_TIMES = 4
OVERTAKEN_BY = 40
AT_ONCE = 8
URL = "sqlite:///burst.db"

Delivery = Callable[[], Heard]


def run(folder: Path, seed: int, indices: Iterable[int]) -> Generator[Run, None, None]:
    """A thousand deliveries each, on a database of their own."""
    for index in indices:
        chance = drawn("deliveries", seed, index)
        yield delivered(folder / str(index), chance, DELIVERIES, (seed, index))


def delivered(folder: Path, chance: random.Random, wanted: int, which: tuple[int, int]) -> Run:
    """So many deliveries of updates, duplicated and shuffled, from several threads: what the logs hold then."""
    folder.mkdir(parents=True)
    storage.upgrade(URL, folder)
    programme = load(PROGRAMME)
    store = storage.Store.open(URL, data_dir=folder)
    slack = Workspace(Office(store, lambda: programme, TEAM))
    try:
        _open_bursts(slack)
        texts, stream = _stream(slack, chance, wanted)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            answers = Counter(heard.status for heard in threads.map(lambda deliver: deliver(), stream))
        logged = Counter(_updates(slack))
    finally:
        store.close()
    losses = [f"“{text}” was delivered and is not in the log" for text in texts if not logged[text]]
    losses += [
        f"{times} deliveries were answered {status}" for status, times in answers.items() if status != 200
    ]
    again = sum(times - 1 for times in logged.values() if times > 1)
    numbers = {"deliveries": len(stream), "distinct": len(texts)}
    return Run("deliveries", *which, numbers, {"update": again} if again else {}, tuple(losses))


def _open_bursts(slack: Workspace) -> None:
    for number in range(1, BURSTS + 1):
        # Two on one trigger: a command that Slack's network brought twice opens one burst.
        for _ in range(2):
            line = f"open network_provisioning site:SBH impact:2 urgency:1 Viewer rule {number} missing"
            slack.command(RAISER, line, trigger=f"open {number}")


def _stream(slack: Workspace, chance: random.Random, wanted: int) -> tuple[list[str], list[Delivery]]:
    """Distinct updates with their texts, each as often as it comes, in the order in which they come."""
    texts: list[str] = []
    placed: list[tuple[float, Delivery]] = []
    while len(placed) < wanted:
        text, burst = f"Step {len(texts)} is done.", chance.randint(1, BURSTS)
        deliver = _update(slack, burst, text, trigger=f"update {len(texts)}")
        times = chance.randint(1, MOST_TIMES)
        placed += [(len(texts) + chance.uniform(0, OVERTAKEN_BY), deliver) for _ in range(times)]
        texts.append(text)
    return texts, [deliver for _, deliver in sorted(placed, key=lambda one: one[0])]


def _update(slack: Workspace, burst: int, text: str, trigger: str) -> Delivery:
    return lambda: slack.command(OWNER, f"update BURST-{burst} {text}", trigger=trigger)


def _updates(slack: Workspace) -> Iterator[str]:
    assert slack.count() == BURSTS, "a burst was opened twice"
    for number in range(1, BURSTS + 1):
        for entry in slack.log(number):
            if entry.kind is EntryKind.UPDATE:
                yield str((entry.body or {}).get("text"))
