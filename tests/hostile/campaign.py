"""A campaign: rounds of hostile deliveries, each on its own copy of the story's database, each from its own seed."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from traceback import format_exception
from typing import Any, TypeAlias

import httpx
import pytest
import structlog
from prometheus_client import CollectorRegistry

from bot.api import server
from bot.api.deliveries import PATH, add_deliveries
from bot.api.health import Health
from bot.operations.office import Office
from bot.slack import bolt
from bot.slack.answers import Say
from bot.slack.http import deliver
from tests.handlers.workspace import TEAM, Inline, Workspace
from tests.hostile import doors
from tests.hostile.aftermath import aftermath
from tests.hostile.doors import Answer, Door, Packet
from tests.hostile.judging import actor_of, problems, readable
from tests.hostile.mutating import Mutator
from tests.hostile.stage import Stage
from tests.hostile.story import Delivery
from tests.hostile.telling import telling

Send: TypeAlias = Callable[[Packet], Answer]

DOORS: tuple[Door, ...] = ("signed", "socket", "signed", "http")
SPOILED = 0.08
MOST_SHOWN = 20


@dataclass
class Result:
    """What a campaign found: how often each status was answered, and every problem with its seed."""

    statuses: Counter[int] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """How many deliveries were sent."""
        return self.statuses.total()

    def words(self) -> str:
        """The result in a few lines."""
        shown = "\n".join(self.found[:MOST_SHOWN])
        return f"{self.sent} deliveries, answered {dict(self.statuses)}; {len(self.found)} problems\n{shown}"


class Round:
    """One round: ``seed`` decides what is sent, ``door`` how."""

    def __init__(self, stage: Stage, office: Office, seed: int, door: Door, result: Result) -> None:
        self.office = office
        self.told: list[Say] = []
        self.failures: list[str] = []
        self._seed = seed
        self._door = door
        self._result = result
        self._mutator = Mutator(seed, stage.tape)
        self._slack = Workspace(office)

    def play(self, count: int, *, tells: bool, watch: Callable[[int], None]) -> None:
        """Send ``count`` deliveries and judge each; then look at what they left behind, and if it ``tells``, tell it."""
        with structlog.testing.capture_logs() as logged:
            with _open(self._door, self._slack._app) as send:
                for number in range(count):
                    self._one(number, send)
                    logged.clear()
                    watch(self._result.sent)
            # Without a server: time is moved there, and an event loop does not bear that.
            left = chain(aftermath(self.office, self._slack, logged), telling(self.office) if tells else ())
            for problem in left:
                self._note("aftermath", problem, None)
            self._failed("aftermath", None)

    def _one(self, number: int, send: Send) -> None:
        delivery = self._mutator.delivery()
        if self._door != "socket":
            delivery = doors.written(delivery)
        person = actor_of(delivery)
        before = readable(self.office, person)
        self.told.clear()
        self._slack.screens.views.clear()
        answer = self._sent(delivery, send)
        self._result.statuses[answer.status] += 1
        views: list[Mapping[str, Any]] = self._slack.screens.views
        after = readable(self.office, person)
        for problem in problems(delivery, answer, self.told, views, before, after):
            self._note(number, problem, delivery)
        self._failed(number, delivery)

    def _sent(self, delivery: Delivery, send: Send) -> Answer:
        if self._door == "socket":
            return doors.over_socket(self._slack._app, delivery)
        packet = doors.packed(delivery)
        if self._mutator.random.random() < SPOILED:
            packet = doors.spoiled(packet, self._mutator.random)
        return send(packet)

    def _failed(self, number: object, delivery: Delivery | None) -> None:
        for failure in self.failures:
            self._note(number, failure, delivery)
        self.failures.clear()

    def _note(self, number: object, problem: str, delivery: Delivery | None) -> None:
        about = "" if delivery is None else f" by {delivery.door} {str(delivery.body)[:600]!r}"
        self._result.found.append(f"seed {self._seed}, {number}, {self._door}: {problem}{about}")


def rounds(count: int, seed: int) -> Iterator[tuple[int, Door]]:
    """Seeds from ``seed`` on, and doors in turn."""
    return ((seed + number, DOORS[number % len(DOORS)]) for number in range(count))


def campaign(
    stage: Stage,
    rounds: Iterable[tuple[int, Door]],
    each: int,
    result: Result,
    watch: Callable[[int], None] = lambda sent: None,  # noqa: ARG005 - nobody watches
) -> Iterator[None]:
    """Play the rounds one by one, ``each`` deliveries in every one; yields after each round.

    ``watch`` is told after every delivery how many there have been.

    Telling takes longer than all the rest, so only those rounds are told to Slack that come over HTTP.
    """
    for seed, door in rounds:
        with office_of(stage) as office, pytest.MonkeyPatch.context() as patch:
            patch.setattr(bolt, "ThreadPoolExecutor", Inline)
            played = Round(stage, office, seed, door, result)

            def tell(_url: str, answer: Say, played: Round = played) -> None:
                played.told.append(answer)

            def report(error: Exception, played: Round = played) -> str:
                played.failures.append("".join(format_exception(error)[-6:])[-1500:])
                return "0badc0de"

            patch.setattr(bolt, "_respond", tell)
            patch.setattr(bolt, "_report", report)
            played.play(each, tells=door == "http", watch=watch)
        yield


@contextmanager
def office_of(stage: Stage) -> Iterator[Office]:
    """An office on a copy of the story's database."""
    with (
        tempfile.TemporaryDirectory() as folder,
        stage.played(Path(folder)) as database,
        database.opened() as store,
    ):
        yield Office(store, lambda: stage.programme, TEAM)


@contextmanager
def _open(door: Door, app: bolt.App) -> Iterator[Send]:
    if door != "http":
        yield doors.in_process(app)
        return
    application = server.build(Health((), ()), CollectorRegistry())
    add_deliveries(application, partial(deliver, app))
    running = server.Server(application, "127.0.0.1", 0)
    running.start()
    try:
        with httpx.Client(trust_env=False, timeout=30) as client:
            yield doors.over_http(running.url + PATH, client)
    finally:
        running.stop()
