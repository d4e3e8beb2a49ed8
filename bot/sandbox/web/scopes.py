"""Which bot scopes a method needs: fixed ones, or by kind of conversation.

Facts: the "Required scopes" of each method page, https://docs.slack.dev/reference/methods.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.sandbox.errors import SlackError
from bot.sandbox.workspace.conversations import Kind


@dataclass(frozen=True)
class Scopes:
    """Alternatives per kind of conversation: holding any one of a tuple is enough.

    `always` is needed whatever the conversation. An empty tuple for a kind means that the method
    does not work there.
    """

    always: tuple[str, ...] = ()
    by_kind: Mapping[Kind, tuple[str, ...]] | None = None

    def check(self, granted: frozenset[str]) -> None:
        """Raise `missing_scope` unless the method can be used at all."""
        _require(self.always, granted)
        if self.by_kind is not None:
            _require(tuple(s for scopes in self.by_kind.values() for s in scopes), granted)

    def check_kind(self, kind: Kind, granted: frozenset[str]) -> None:
        """Raise unless the method can be used in this kind of conversation."""
        if self.by_kind is None:
            return
        alternatives = self.by_kind.get(kind, ())
        if not alternatives:
            raise SlackError("method_not_supported_for_channel_type")
        _require(alternatives, granted)

    def kinds(self, granted: frozenset[str]) -> set[Kind]:
        """Return the kinds of conversation that the granted scopes open."""
        by_kind = self.by_kind or {}
        return {kind for kind, scopes in by_kind.items() if granted.intersection(scopes)}


def fixed(*alternatives: str) -> Scopes:
    """Return scopes that do not depend on the conversation."""
    return Scopes(always=alternatives)


def per_kind(suffix: str, *kinds: Kind) -> Scopes:
    """Return `channels:<suffix>`, `groups:<suffix>`, ... for the kinds given, or for all four."""
    names: dict[Kind, str] = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
    chosen = {kind: (f"{name}:{suffix}",) for kind, name in names.items() if kind in (kinds or names)}
    return Scopes(by_kind=chosen)


def managing(*narrower: str, direct: bool = False) -> Scopes:
    """Return the scopes for changing conversations; `narrower` names suffixes that suffice too."""
    by_kind: dict[Kind, tuple[str, ...]] = {
        "public": ("channels:manage", *(f"channels:{suffix}" for suffix in narrower)),
        "private": ("groups:write", *(f"groups:{suffix}" for suffix in narrower)),
    }
    if direct:
        by_kind |= {"im": ("im:write",), "mpim": ("mpim:write",)}
    return Scopes(by_kind=by_kind)


def _require(alternatives: tuple[str, ...], granted: frozenset[str]) -> None:
    if alternatives and not granted.intersection(alternatives):
        raise SlackError("missing_scope", needed=",".join(alternatives), provided=",".join(sorted(granted)))
