"""What somebody has typed into a modal that is not finished.

Modals carry only a draft's opaque id. Drafts live an hour of real time from when they were last
saved: they belong to a person in front of a screen, not to a promise.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from bot import clock
from bot.taskforce.decision import Detail
from storage.tables import DraftRecord, table

_DRAFT = table(DraftRecord)

LIVES_FOR_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of its owner ``user``; ``kind`` says which modal it belongs to."""

    id: str
    user: str
    kind: str
    body: Mapping[str, Detail]


class Drafts:
    """The drafts of one transaction's database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, user: str, kind: str, body: Mapping[str, Detail]) -> Draft:
        """Keep a new draft under an id that cannot be guessed."""
        draft = Draft(secrets.token_urlsafe(16), user, kind, dict(body))
        row = {
            "id": draft.id,
            "user": user,
            "kind": kind,
            "body": json.dumps(body),
            "touched_wall": clock.wall(),
        }
        self._connection.execute(_DRAFT.insert(), row)
        return draft

    def get(self, draft_id: str, user: str) -> Draft | None:
        """The draft, if it is this user's and not yet expired."""
        alive = _DRAFT.c.touched_wall >= clock.wall() - LIVES_FOR_SECONDS
        query = select(_DRAFT.c.kind, _DRAFT.c.body).where(
            _DRAFT.c.id == draft_id, _DRAFT.c.user == user, alive
        )
        row = self._connection.execute(query).first()
        return None if row is None else Draft(draft_id, user, row.kind, json.loads(row.body))

    def save(self, draft: Draft, body: Mapping[str, Detail]) -> bool:
        """Replace the body; the hour starts again. False when the draft is gone."""
        values = {"body": json.dumps(body), "touched_wall": clock.wall()}
        mine = (_DRAFT.c.id == draft.id, _DRAFT.c.user == draft.user)
        return self._connection.execute(update(_DRAFT).where(*mine).values(**values)).rowcount == 1

    def discard(self, draft_id: str) -> None:
        """Forget the draft: it was submitted or its modal was closed."""
        self._connection.execute(delete(_DRAFT).where(_DRAFT.c.id == draft_id))

    def purge(self, wall: float) -> int:
        """Forget drafts that had expired at ``wall``; returns how many."""
        old = _DRAFT.c.touched_wall < wall - LIVES_FOR_SECONDS
        return self._connection.execute(delete(_DRAFT).where(old)).rowcount
