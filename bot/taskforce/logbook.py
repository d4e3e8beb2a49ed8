"""The resolution log's chain: entries can be erased, but not rewritten, moved, or cut out unseen.

``entry_hash = H(previous_hash || header || H(salt || body))`` with SHA-256 over canonical JSON. Salt
and body can be erased later; the digest stays, and the chain still verifies. So can one person's name
(``entry_names``): header and body are hashed with digests in place of names. What the chain itself
cannot show, that its tail was cut off, a seal kept elsewhere does: count and head, keyed.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.taskforce.entry_names import Names

# The hash before the first entry.
GENESIS = ""
# The number under which the installation's own log is chained and sealed.
OF_NO_BURST = 0
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One logged entry. ``header`` holds everything but the body; an erased entry has no salt and body.

    Without ``names`` it is one of before, in which people are hashed as they are.
    """

    header: Mapping[str, str | int]
    digest: str
    entry_hash: str
    salt: bytes | None = None
    body: Mapping[str, Any] | None = None
    names: Names | None = None

    @property
    def number(self) -> int:
        """Which entry of its burst's log it is, from 1."""
        return int(self.header["number"])

    @property
    def erased(self) -> bool:
        """Whether its body was forgotten."""
        return self.salt is None and self.body is None


def header_of(
    burst_id: int, number: int, kind: str, actor: str, at: datetime, names: Names | None = None
) -> dict[str, str | int]:
    """What stays of an entry for ever: which one it is, of what kind, by whom, and when (aware, told in UTC).

    By whom a digest says, where ``names`` are those of the entry; raises ``ValueError`` when the actor is none of them.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"burst": burst_id, "number": number, "kind": kind, **by(actor, names), "at": moment}


def by(actor: str, names: Names | None) -> dict[str, str]:
    """What a header says of the actor."""
    return {"actor": actor} if names is None else {"by": names.digest(actor)}


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one spelling of a JSON object: sorted keys, no spaces, UTF-8."""
    return canonical_text(value).encode()


def canonical_text(value: Mapping[str, Any]) -> str:
    """The same as text."""
    return _CANONICAL.encode(value)


def body_digest(salt: bytes, body: Mapping[str, Any], names: Names | None = None) -> str:
    """What stays of a body when it is erased; without the salt nobody can try out what it said. Hex.

    Raises ``ValueError`` when somebody stands in it who is none of its ``names``.
    """
    text = canonical_text(body)
    return hashlib.sha256(salt + (text if names is None else names.hidden(text)).encode()).hexdigest()


def entry_hash(previous: str, header: Mapping[str, str | int], digest: str) -> str:
    """The hash of an entry from its predecessor's (``GENESIS``: none), its header and its body's digest. Hex."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(header) + bytes.fromhex(digest)).hexdigest()


def seal(key: bytes, burst_id: int, count: int, head: str) -> str:
    """A keyed statement of how long a burst's log is and how it ends, to be kept elsewhere. Hex.

    HMAC-SHA256 (RFC 2104): only who holds the key can make one. Compare seals in constant time.
    """
    stated = canonical({"burst": burst_id, "count": count, "head": head})
    return hmac.new(key, stated, hashlib.sha256).hexdigest()
