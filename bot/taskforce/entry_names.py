"""Who stands in an entry of a log: hashed by salted digests, so that a name can be erased and the chain still verifies.

In what is hashed, a digest stands for the actor and for every user id that the body names, alone or in a mention.
The salt of each name follows from one salt of the entry. Once somebody was erased from the entry, a label stands
for them, of whom the digest alone is kept; of everybody else the salt of their name is, and the one of the entry
is gone: so nobody can try out who it was, and nobody else can be put in anybody's place.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

# The label of somebody who was erased: the word, and eight digits that follow from nothing.
_LABEL = "erased-[0-9a-f]{8}"
USER_ID = "[UW][A-Z0-9_]{1,30}"
_ANYBODY = f"(?:{USER_ID}|{_LABEL})"
# In canonical JSON: a whole text, or a mention within one, which may say what the person is called. What stands before a
# name is part of what is looked for, since looking behind at every character takes five times as long.
_NAME = re.compile(rf'(")({_ANYBODY})(?=")|(<@)({_ANYBODY}(?:\|[^<>"\\]*)?)(?=>)')
_CALLED, _NOBODY = "|", "|erased"
_SALT, _DIGEST = "salt ", "digest "
# Stands before a digest in what is hashed, and nowhere in canonical JSON: else the digest could be written in place of
# the name unseen.
_HIDDEN = "\n"


def label_of(digits: str) -> str:
    """The label that these eight hexadecimal digits make."""
    return f"erased-{digits}"


def is_label(name: str) -> bool:
    """Whether it stands for somebody who was erased."""
    return re.fullmatch(_LABEL, name.removesuffix(_NOBODY)) is not None


def is_of(name: str, user: str) -> bool:
    """Whether a name is that of ``user``, whatever it says that they are called."""
    return name.split(_CALLED, maxsplit=1)[0] == user


def names_in(text: str) -> frozenset[str]:
    """Every name in a body, which is given as canonical JSON."""
    return frozenset(alone or mentioned for _, alone, _, mentioned in _NAME.findall(text))


def renamed(text: str, user: str, label: str) -> str:
    """That canonical JSON with ``label`` for ``user``."""
    return _replaced(text, lambda name: _labelled(name, label) if is_of(name, user) else name)


@dataclass(frozen=True, slots=True)
class Names:
    """What the digests of an entry's names are made from: one salt for all, or what is ``kept`` of each name."""

    salt: bytes | None = None
    kept: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, salt: bytes | None, kept: str | None) -> "Names | None":
        """As they are stored; None for an entry of before, in which names are hashed as they are.

        What was not stored so knows no name.
        """
        if kept is None:
            return None if salt is None else cls(salt)
        try:
            found = json.loads(kept)
        except (ValueError, RecursionError):
            found = None
        told = isinstance(found, dict) and all(isinstance(one, str) for one in found.values())
        return cls(None, found) if told and salt is None else cls()

    def stored(self) -> str:
        """What is kept of each name, as text."""
        return json.dumps(self.kept, sort_keys=True)

    def digest(self, name: str) -> str:
        """What stands for the name in what is hashed, in hex. Raises ``ValueError`` for a name that is not of the entry."""
        if self.salt is not None:
            return _digest(_own_salt(self.salt, name), name)
        kept = self.kept.get(name, "")
        if kept.startswith(_SALT):
            return _digest(bytes.fromhex(kept.removeprefix(_SALT)), name)
        # Only a label has nothing but its digest: else anybody could be put in its place.
        if kept.startswith(_DIGEST) and is_label(name):
            return kept.removeprefix(_DIGEST)
        raise ValueError(f"{name} is no name of this entry")

    def hidden(self, text: str) -> str:
        """The canonical JSON of a body as it is hashed. Raises ``ValueError`` as ``digest`` does."""
        return _replaced(text, lambda name: f"{_HIDDEN}{self.digest(name)}")

    def without(self, user: str, label: str, names: Iterable[str]) -> "Names":
        """The same once ``label`` stands for ``user``; ``names`` are all that the entry has until then.

        Raises ``ValueError`` when one of them is none: the entry is not what was logged.
        """
        kept = {}
        for name in names:
            if is_of(name, user):
                kept[_labelled(name, label)] = f"{_DIGEST}{self.digest(name)}"
            else:
                kept[name] = self._kept_of(name)
        return Names(None, kept)

    def _kept_of(self, name: str) -> str:
        if self.salt is not None:
            return f"{_SALT}{_own_salt(self.salt, name).hex()}"
        if name not in self.kept:
            raise ValueError(f"{name} is no name of this entry")
        return self.kept[name]


def _replaced(text: str, instead: Callable[[str], str]) -> str:
    return _NAME.sub(
        lambda found: f"{found[1] or found[3]}{instead(found[2] or found[4])}",
        text,
    )


def _labelled(name: str, label: str) -> str:
    return f"{label}{_NOBODY}" if _CALLED in name else label


def _own_salt(salt: bytes, name: str) -> bytes:
    return hmac.digest(salt, name.encode(), "sha256")


def _digest(own_salt: bytes, name: str) -> str:
    return hashlib.sha256(own_salt + name.encode()).hexdigest()
