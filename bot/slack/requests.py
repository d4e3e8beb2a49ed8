"""What a person did in Slack, as small typed values read from Slack's payloads.

Reading is strict about what we rely on and tolerant of everything else: unknown fields are
ignored, a missing or wrong-typed field that we need raises ``Malformed``. Payload shapes:
docs.slack.dev, "Handling user interaction", "Implementing slash commands", "Events API".

JSON carries what no database keeps: half a surrogate pair, and in PostgreSQL a null. They become
U+FFFD here; only in what somebody types does a null stay, to be refused in words as its kind is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.errors import BotError
from bot.privacy import Category

Payload: TypeAlias = Mapping[str, Any]
Values: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]

_HALVES = re.compile("[\ud800-\udfff]")
_HALVES_AND_NULLS = re.compile("[\x00\ud800-\udfff]")
_FILE = re.compile(r"F[A-Z0-9]{2,30}", re.ASCII)
_TYPED = frozenset({"text", "value"})
_PRIVATE = "privategroup"  # what Slack calls every private channel in place of its name
_DEEPEST = 40  # twice as deep as a view's state with everything around it


class Malformed(BotError):
    """A delivery that is not shaped as Slack documents it; ``where`` names the field, never its value."""

    def __init__(self, where: str) -> None:
        super().__init__(f"malformed delivery: {where}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Person:
    """Who acted. ``team`` is the workspace that the person belongs to."""

    user: str
    team: str


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; ``text`` is as Slack escaped it.

    ``in_private`` says that the channel is a private one; it is false where Slack does not say so.
    ``confirmed`` are the privacy guard's doubts about it that the person has answered: it is about no patient.
    """

    person: Person
    channel: str
    text: str = field(repr=False)
    trigger: str
    response_url: str
    confirmed: tuple[Category, ...] = ()
    in_private: bool = False

    @property
    def key(self) -> str:
        """The request key: a trigger is handed out once."""
        return f"command:{self.trigger}"


@dataclass(frozen=True, slots=True)
class Click:
    """A button pressed or a menu chosen. ``view`` is set when it happened inside a modal or the home tab."""

    person: Person
    action: str
    value: str
    trigger: str
    channel: str
    message_ts: str
    response_url: str
    view: Payload | None = None

    @property
    def key(self) -> str:
        """The request key: a trigger is handed out once."""
        return f"click:{self.trigger}"


@dataclass(frozen=True, slots=True)
class Submission:
    """A modal that was submitted; ``confirmed`` as of ``Command``."""

    person: Person
    callback: str
    view_id: str
    note: str
    values: Values = field(repr=False)
    trigger: str
    view: Payload = field(default_factory=dict, repr=False)
    confirmed: tuple[Category, ...] = ()

    @property
    def key(self) -> str:
        """The request key: the same view sends the same page once; refused pages do not use it up."""
        return f"view:{self.view_id}:{self.callback}"

    def text(self, block: str) -> str:
        """What was typed or chosen at ``block`` as one stripped string; empty when nothing was."""
        return selected(self.values.get(block, {}))

    def many(self, block: str) -> tuple[str, ...]:
        """The option values or user ids chosen at ``block``."""
        return chosen(self.values.get(block, {}))

    def files(self, block: str) -> tuple[str, ...]:
        """Slack's ids of the files that were given at ``block``."""
        return tuple(
            id_ for element in self.values.get(block, {}).values() for id_ in file_ids(element.get("files"))
        )


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global or message shortcut; ``message`` is empty for a global one.

    ``domain`` is the workspace's part of its addresses: https://<domain>.slack.com.
    """

    person: Person
    callback: str
    trigger: str
    channel: str = ""
    response_url: str = ""
    message: Payload = field(default_factory=dict, repr=False)
    domain: str = ""

    @property
    def key(self) -> str:
        """The request key: a trigger is handed out once."""
        return f"shortcut:{self.trigger}"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in the workspace; delivered at least once, in any order."""

    id: str
    kind: str
    body: Payload = field(repr=False)

    @property
    def key(self) -> str:
        """The request key: ``event_id`` is unique across workspaces."""
        return f"event:{self.id}"

    def text(self, name: str) -> str:
        """The string at ``name`` of the inner event, or empty."""
        return _text(self.body, name, needed=False)


def command(body: Payload) -> Command:
    """A slash command's form fields. Raises ``Malformed``."""
    body = _kept(body)
    return Command(
        Person(_text(body, "user_id"), _text(body, "team_id")),
        _text(body, "channel_id"),
        _text(body, "text", needed=False),
        _text(body, "trigger_id"),
        _text(body, "response_url", needed=False),
        in_private=_text(body, "channel_name", needed=False) == _PRIVATE,
    )


def click(body: Payload) -> Click:
    """A ``block_actions`` payload; Slack sends one action a click. Raises ``Malformed``."""
    body = _kept(body)
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(actions[0], dict):
        raise Malformed("actions")
    action = actions[0]
    container = _mapping(body, "container", needed=False)
    view = body.get("view")
    return Click(
        _person(body),
        _text(action, "action_id"),
        selected({"": action}),
        _text(body, "trigger_id"),
        _text(container, "channel_id", needed=False),
        _text(container, "message_ts", needed=False),
        _text(body, "response_url", needed=False),
        view if isinstance(view, dict) else None,
    )


def submission(body: Payload) -> Submission:
    """A ``view_submission`` payload. Raises ``Malformed``."""
    body = _kept(body)
    view = _mapping(body, "view")
    values = _mapping(_mapping(view, "state"), "values")
    for block, elements in values.items():
        if not isinstance(elements, dict) or not all(isinstance(e, dict) for e in elements.values()):
            raise Malformed(f"view.state.values.{block[:80]}")
    return Submission(
        _person(body),
        _text(view, "callback_id"),
        _text(view, "id"),
        _text(view, "private_metadata", needed=False),
        values,
        _text(body, "trigger_id", needed=False),
        view,
    )


def shortcut(body: Payload) -> Shortcut:
    """A ``shortcut`` or ``message_action`` payload. Raises ``Malformed``."""
    body = _kept(body)
    return Shortcut(
        _person(body),
        _text(body, "callback_id"),
        _text(body, "trigger_id"),
        _text(_mapping(body, "channel", needed=False), "id", needed=False),
        _text(body, "response_url", needed=False),
        _mapping(body, "message", needed=False),
        _text(_mapping(body, "team", needed=False), "domain", needed=False),
    )


def event(body: Payload) -> Event:
    """An Events API callback. Raises ``Malformed``."""
    body = _kept(body)
    inner = _mapping(body, "event")
    return Event(_text(body, "event_id"), _text(inner, "type"), inner)


def selected(elements: Mapping[str, Payload]) -> str:
    """The one thing that a block's only element holds, as a stripped string; empty when nothing was given."""
    for element in elements.values():
        for name in _SINGLE:
            found = element.get(name)
            if isinstance(found, dict):
                found = found.get("value")
            if isinstance(found, str | int) and not isinstance(found, bool):
                return str(found).strip()
    return ""


def chosen(elements: Mapping[str, Payload]) -> tuple[str, ...]:
    """The several things that a block's only element holds."""
    for element in elements.values():
        options = element.get("selected_options")
        if isinstance(options, list):
            return tuple(str(o["value"]) for o in options if isinstance(o, dict) and "value" in o)
        users = element.get("selected_users")
        if isinstance(users, list):
            return tuple(str(user) for user in users)
    return ()


def file_ids(files: object) -> tuple[str, ...]:
    """The ids in a list of Slack's file objects."""
    listed = files if isinstance(files, list) else []
    ids = [one.get("id") for one in listed if isinstance(one, dict)]
    return tuple(id_ for id_ in ids if isinstance(id_, str) and _FILE.fullmatch(id_))


_SINGLE = (
    "value",
    "selected_option",
    "selected_user",
    "selected_date",
    "selected_date_time",
    "selected_time",
    "selected_conversation",
    "selected_channel",
)


def _kept(body: Payload) -> Payload:
    """The payload with U+FFFD for what no database keeps, and without what is absurdly deep."""
    return {str(_without(name)): _without(member, name=name) for name, member in body.items()}


def _without(value: Any, *, name: str = "", depth: int = 1) -> Any:
    if isinstance(value, str):
        return (_HALVES if name in _TYPED else _HALVES_AND_NULLS).sub("\ufffd", value)
    if depth == _DEEPEST:
        return None
    if isinstance(value, dict):
        return {_without(key): _without(member, name=key, depth=depth + 1) for key, member in value.items()}
    if isinstance(value, list):
        return [_without(member, depth=depth + 1) for member in value]
    return value


def _person(body: Payload) -> Person:
    user = _mapping(body, "user")
    team = _text(user, "team_id", needed=False) or _text(
        _mapping(body, "team", needed=False), "id", needed=False
    )
    return Person(_text(user, "id"), team)


def _mapping(body: Payload, name: str, *, needed: bool = True) -> Payload:
    found = body.get(name)
    if isinstance(found, dict):
        return found
    if needed:
        raise Malformed(name)
    return {}


def _text(body: Payload, name: str, *, needed: bool = True) -> str:
    found = body.get(name)
    if isinstance(found, str) and (found or not needed):
        return found
    if needed:
        raise Malformed(name)
    return ""
