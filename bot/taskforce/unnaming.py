"""An entry of a log without one person: without their words, and with a label where their name stood."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.taskforce.decision import SYSTEM
from bot.taskforce.entry_names import Names, is_of, names_in, renamed
from bot.taskforce.forgetting import repeats, retells
from bot.taskforce.logbook import body_digest, canonical_text
from bot.taskforce.personal_marks import Marks
from bot.taskforce.wording import words_in


@dataclass(frozen=True, slots=True)
class Kept:
    """What of an entry can be erased, and the ``digest`` of its body, which stays."""

    actor: str
    salt: bytes | None
    body: Mapping[str, Any] | None
    digest: str
    names: Names | None

    def without_words(self) -> "Kept":
        """The same with nothing of its body."""
        return replace(self, salt=None, body=None)


def theirs(entry: Kept, user: str) -> bool:
    """Whether the words of an entry are that person's: they logged it, or wrote the message that somebody else did."""
    return entry.actor == user or (entry.body is not None and entry.body.get("author") == user)


def without_words_of(entry: Kept, user: str, said: Collection[str]) -> Kept:
    """The entry without its body where that has words which are theirs, or tells again what they ``said``."""
    if entry.body is None:
        return entry
    mine, again = theirs(entry, user), repeats(said) if entry.actor == SYSTEM else retells(said)
    return entry.without_words() if any(mine or again(one) for one in words_in(entry.body)) else entry


def unnamed(entry: Kept, marks: Marks, label: str) -> Kept:
    """The entry with ``label`` for the person; what tells of them otherwise goes with the whole body.

    An entry of before, in which names are hashed as they are, keeps its actor. One that is not what was logged, since
    somebody stands in it who is none of its names, loses the person all the same; it verifies neither before nor after.
    """
    if entry.names is None:
        return entry.without_words() if marks.stand_in(entry.body) else entry
    text = None if entry.body is None else canonical_text(entry.body)
    names = frozenset({entry.actor}) | (frozenset() if text is None else names_in(text))
    if not any(is_of(name, marks.user) for name in names):
        return entry.without_words() if marks.stand_in(entry.body) else entry
    actor = label if entry.actor == marks.user else entry.actor
    try:
        known = entry.names.without(marks.user, label, names)
    except ValueError:
        return replace(entry.without_words(), actor=actor, names=Names())
    body = None if text is None else json.loads(renamed(text, marks.user, label))
    after = replace(entry, actor=actor, body=body, names=known)
    return after if body is None or _whole(after, marks) else after.without_words()


def _whole(entry: Kept, marks: Marks) -> bool:
    """Whether nothing in the body tells of the person any more, and it still has its digest."""
    if entry.salt is None or entry.body is None or marks.stand_in(entry.body):
        return False
    return body_digest(entry.salt, entry.body, entry.names) == entry.digest
