"""What the rows stand on: the demonstration's programme on databases of their own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import count
from pathlib import Path

import storage
from bot import clock
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import PROGRAMME, Backstage
from bot.operations.office import Office, Request
from bot.operations.open_burst import Intake
from bot.programme import Programme, load
from bot.sandbox.client import SandboxClient
from storage import Store
from tests.bench.sizes import Size
from tests.store_fixtures import Database, postgres_database, postgres_server, upgraded

# The workspace is the one of the sandbox.
TEAM, RAISER, OWNER = "T0SANDBOX", "U01PRIYA", "U01GUDRUN"
FILE = "burst.sqlite3"
URL = f"sqlite:///{FILE}"
INTAKE = Intake(
    "network_provisioning", "Firewall rule for the viewer missing", ("SBH",), 2, 1, missing_allowed=True
)
_numbers = count(1)


@dataclass
class Ground:
    """One run of the bench in a folder of its own; what is dear is made once."""

    root: Path
    size: Size
    kept: ExitStack
    pasts: dict[int, Path] = field(default_factory=dict)

    @cached_property
    def programme(self) -> Programme:
        """The demonstration's programme."""
        return load(PROGRAMME)

    def folder(self) -> Path:
        """A new empty folder."""
        folder = self.root / f"{next(_numbers):03}"
        folder.mkdir()
        return folder

    def database(self) -> Path:
        """A folder with a database of the present schema."""
        return self.copy(self._template)

    def copy(self, of: Path) -> Path:
        """A folder with a copy of a database that nobody has open."""
        folder = self.folder()
        shutil.copy(of / FILE, folder / FILE)
        return folder

    @cached_property
    def sandbox(self) -> SandboxClient:
        """A Slack without rate limits in a process of its own, running until the end of the run."""
        folder = self.folder()
        stage = Backstage(folder, PolicyTime(folder / "clock.json"), rate_limits="off")
        return self.kept.enter_context(stage).slack

    @cached_property
    def postgres(self) -> str:
        """The address of a PostgreSQL server, running until the end of the run."""
        return self.kept.enter_context(postgres_server())

    def fresh_postgres(self) -> Database:
        """An empty PostgreSQL database of the present schema."""
        return upgraded(self.kept.enter_context(postgres_database(self.postgres, self.folder())))

    def office(self, store: Store) -> Office:
        """Where operations work on that store."""
        return office_on(store, lambda: self.programme)

    @cached_property
    def _template(self) -> Path:
        folder = self.folder()
        storage.upgrade(URL, folder)
        return folder


def office_on(store: Store, programme: Callable[[], Programme]) -> Office:
    """An office of the bench's workspace."""
    return Office(store, programme, TEAM)


def by(user: str) -> Request:
    """A new delivery of this person."""
    return Request(f"bench:{next(_numbers)}", user, TEAM)


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """The store on the database in ``folder``."""
    store = Store.open(URL, data_dir=folder)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def moved_to(folder: Path, moment: datetime) -> Iterator[None]:
    """Policy time of this process is ``moment`` now, and goes on from there, inside the block."""
    shift = folder / "clock.json"
    clock.write_shift(shift, clock.Shift(moment - clock.machine()))
    clock.use_shift_file(shift)
    try:
        yield
    finally:
        clock.use_shift_file(None)
