"""One transaction: every repository on one connection, and the way a decision is written."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, text

from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from storage import revisions
from storage.applying import Applying
from storage.archives import Archives
from storage.audit import Audit
from storage.bursts import Bursts
from storage.clocks import Clocks
from storage.covers import Covers
from storage.directory import Directory
from storage.drafts import Drafts
from storage.forgetting import Forgetting
from storage.groups import Groups
from storage.holding import Holding
from storage.homes import Homes
from storage.inbox import Inbox
from storage.legal_holds import LegalHolds
from storage.log import Log
from storage.outbox import Outbox
from storage.policies import Policies, PolicyCache
from storage.portable import Portable
from storage.posts import Posts
from storage.replicas import Replicas
from storage.restoring import Restoring
from storage.settings import Settings
from storage.transcripts import Transcripts
from storage.unnaming import Unnaming


class Unit:
    """The repositories of one transaction. A unit from ``Store.read()`` must not write."""

    def __init__(self, connection: Connection, cache: PolicyCache, *, writing: bool) -> None:
        self._connection = connection
        self.policies = Policies(connection, cache)
        self._changed: dict[int, Burst] = {}
        self.bursts = Bursts(connection, self.policies, locking=writing)
        self.clocks = Clocks(connection, locking=writing)
        self.log = Log(connection)
        self.outbox = Outbox(connection)
        self.holding = Holding(connection)
        self.posts = Posts(connection)
        self.inbox = Inbox(connection)
        self.drafts = Drafts(connection)
        self.homes = Homes(connection)
        self.directory = Directory(connection)
        self.groups = Groups(connection)
        self.covers = Covers(connection)
        self.archives = Archives(connection)
        self.transcripts = Transcripts(connection)
        self.replicas = Replicas(connection)
        self.settings = Settings(connection)
        self.audit = Audit(connection)
        self.portable = Portable(connection)
        self.restoring = Restoring(connection)
        self.legal_holds = LegalHolds(connection)
        self.forgetting = Forgetting(connection)
        self.unnaming = Unnaming(connection)

    def apply(self, decision: Decision, *, now: datetime) -> Burst:
        """Write what was decided: state, log, clocks and outbox; returns the burst as stored.

        Raises ``StaleBurst`` when somebody else changed the burst since it was loaded.
        """
        return self.apply_all((decision,), now=now)[0]

    def apply_all(self, decisions: Sequence[Decision], *, now: datetime) -> tuple[Burst, ...]:
        """Write several decisions with the few statements of one; later ones may build on earlier ones."""
        batch = Applying(self._connection, self.policies, self.log, self.outbox)
        stored = batch.run(decisions, now=now)
        self._changed |= {burst.id: burst for burst in stored}
        return stored

    @property
    def changed(self) -> tuple[Burst, ...]:
        """The bursts that this transaction has changed, as they are stored now."""
        return tuple(self._changed.values())

    def revision(self) -> str | None:
        """The revision of the schema."""
        return revisions.current(self._connection)

    def ping(self) -> None:
        """Touch the database; raises what the database raises."""
        self._connection.execute(text("SELECT 1 FROM setting LIMIT 1"))
