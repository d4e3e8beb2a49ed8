"""Policies frozen with bursts: stored once for all bursts that share one, by the hash of their JSON."""

import threading
from collections.abc import Iterable

from sqlalchemy import Connection, select

from bot.taskforce.policy import Policy
from storage.conflicts import insert_unless_there
from storage.tables import PolicySnapshot, table

_POLICY = table(PolicySnapshot)


class PolicyCache:
    """Committed policies that this process has parsed, shared by its threads; snapshots never change."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._by_digest: dict[str, Policy] = {}

    def get(self, digest: str) -> Policy | None:
        """The policy of that digest, if it was read before."""
        return self._by_digest.get(digest)

    def put(self, digest: str, policy: Policy) -> None:
        """Remember it."""
        with self._guard:
            self._by_digest[digest] = policy


class Policies:
    """The snapshots of one transaction's database."""

    def __init__(self, connection: Connection, cache: PolicyCache) -> None:
        self._connection = connection
        self._cache = cache
        self._stored: set[str] = set()  # here, and not yet committed

    def store(self, policy: Policy) -> str:
        """Keep ``policy`` and return its digest."""
        digest = policy.digest
        if self._cache.get(digest) is None:
            self._stored.add(digest)
            insert_unless_there(self._connection, _POLICY, {"digest": digest, "body": policy.snapshot})
        return digest

    def load(self, digests: Iterable[str]) -> dict[str, Policy]:
        """The policies of these digests."""
        wanted = set(digests)
        found = {digest: known for digest in wanted if (known := self._cache.get(digest)) is not None}
        missing = sorted(wanted - set(found))
        if missing:
            query = select(_POLICY.c.digest, _POLICY.c.body).where(_POLICY.c.digest.in_(missing))
            for digest, body in self._connection.execute(query):
                found[digest] = Policy.model_validate_json(body)
                if digest not in self._stored:
                    self._cache.put(digest, found[digest])
        return found
