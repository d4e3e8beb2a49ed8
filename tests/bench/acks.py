"""How long Slack waits for the answer to a command that commits, in both modes.

Beside it stands a bare handler under the same server, or on the same socket client, that writes the very
same rows by the bare driver. Fifty commands a second come at most, each after the answer to the one before.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from bot.api.deliveries import PATH
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage, Process
from bot.sandbox.client import Person, wait_for
from tests.bench.commands import busy_database, lines, signed, what_they_write
from tests.bench.findings import Finding, seconds
from tests.bench.ground import Ground
from tests.bench.measuring import Pair, Samples, paced, side_by_side, taken
from tests.bench.replaying import keep

BECAUSE = (
    "ours reads the burst, the person and the rights, decides, and renders the answer; the bare handler knows "
    "beforehand what to write."
)
KINDS = (("open", "opens a burst"), ("update", "posts an update"))
STARTS_WITHIN = 60.0
PER_SECOND = 50.0
Lines: TypeAlias = Sequence[tuple[str, str]]
Ask: TypeAlias = Callable[[Lines], Samples]
Asked: TypeAlias = Callable[[Path, str, Path], AbstractContextManager[Ask]]


def measure_http(ground: Ground) -> Iterator[Finding]:
    """HTTP mode: our FastAPI application on uvicorn."""
    for deed, pair in _pairs(ground, _over_http):
        yield from _findings(f"HTTP mode, a command that {deed}", pair)


def measure_socket(ground: Ground) -> Iterator[Finding]:
    """Socket Mode: our line to the sandbox, each answer timed by the sandbox itself."""
    for deed, pair in _pairs(ground, _over_socket):
        yield from _findings(f"Socket Mode, a command that {deed}", pair)


def _pairs(ground: Ground, asked: Asked) -> Iterator[tuple[str, Pair]]:
    rounds, at_once = ground.size.of((1, 4), (3, 60), (5, 120))
    database = busy_database(ground)
    for kind, deed in KINDS[: ground.size.of(1, 2, 2)]:
        work = lines(kind, (rounds + 1) * at_once)
        ours, bare = ground.copy(database), ground.copy(database)
        keep(bare, what_they_write(ground, database, work))
        with (
            asked(ours, "ours", ground.folder()) as ask_ours,
            asked(bare, "bare", ground.folder()) as ask_bare,
        ):
            pair = side_by_side(
                lambda: ask_ours(work[:at_once]),  # noqa: B023 - called in this turn of the loop
                lambda: ask_bare(work[:at_once]),  # noqa: B023 - called in this turn of the loop
                rounds,
            )
        yield deed, pair


def _findings(what: str, pair: Pair) -> Iterator[Finding]:
    for share, most in ((0.5, 1.5), (0.99, 3.0)):
        yield Finding.at_most(
            f"{what}: p{share * 100:.0f} until the answer",
            pair.ratio(share),
            most,
            ours=seconds(pair.ours_at(share)),
            beside=f"bare handler, same rows: {seconds(pair.peer_at(share))}",
            because=BECAUSE,
        )


@contextmanager
def _over_http(database: Path, whose: str, folder: Path) -> Iterator[Ask]:
    with _serving(folder, "http", whose, str(database)) as address:

        def ask(work: Lines) -> Samples:
            # The server lets go of a connection while the other one is measured.
            with closing(HTTPConnection(urlsplit(address).netloc)) as connection:
                connection.connect()
                posts = (partial(_posted, connection, *signed(user, line)) for user, line in work)
                return paced(posts, PER_SECOND)

        yield ask


def _posted(connection: HTTPConnection, body: bytes, headers: dict[str, str]) -> float:
    def post() -> None:
        connection.request("POST", PATH, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != HTTPStatus.OK or b"went wrong" in said:
            raise RuntimeError(f"answered {answer.status}: {said!r}")

    return taken(post)


@contextmanager
def _over_socket(database: Path, whose: str, folder: Path) -> Iterator[Ask]:
    with (
        Backstage(folder, PolicyTime(folder / "clock.json"), rate_limits="off") as backstage,
        _serving(folder, "socket", whose, str(database), f"{backstage.slack.address}/api/"),
    ):
        slack = backstage.slack
        slack.wait_until_connected(within=STARTS_WITHIN)
        people = {person.id: person for person in slack.people()}

        def ask(work: Lines) -> Samples:
            slack.forget()
            paced((partial(_typed, people[user], line) for user, line in work), PER_SECOND)
            return [delivery["took"] for delivery in slack.deliveries("/burst", outcome="acknowledged")]

        yield ask


def _typed(person: Person, line: str) -> float:
    return taken(lambda: person.command(f"/burst {line}"))


@contextmanager
def _serving(folder: Path, *arguments: str) -> Iterator[str]:
    """A server of ``tests.bench.serving``; yields where it is."""
    process = Process(("tests.bench.serving", *arguments), {}, folder / "server.log")
    process.start()

    def announced() -> str:
        process.require_running()
        found = re.search(r"serving at (\S+)", process.said())
        return found[1] if found else ""

    try:
        yield wait_for(announced, STARTS_WITHIN, "a server that is measured")
    finally:
        process.stop()
