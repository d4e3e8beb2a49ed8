"""A workspace as the handlers see it: signed deliveries go in through Bolt, answers come out.

The database is a real one and the programme is the demonstration's; of Slack's Web API only
``views.open`` is there, which remembers what it was asked to show.
"""

import itertools
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode

from slack_bolt import BoltRequest
from slack_sdk.signature import SignatureVerifier

from bot import clock
from bot.app import routes
from bot.operations.office import Office
from bot.slack import bolt
from bot.slack.answers import Say
from bot.slack.gateway import Gateway, Identity
from bot.slack.ids import Action, ButtonValue
from bot.taskforce.burst import Burst
from bot.taskforce.terms import Standing
from storage.directory import Person
from storage.log import LogEntry
from storage.outbox import OutboxRow
from storage.terms import IntentState

SECRET = "a signing secret"
TEAM, OTHER_TEAM = "T01HOSPITAL", "T01VENDOR"
ELSEWHERE = "C0ELSEWHERE"
RAISER = "U01OLIVE"
BYSTANDER = "U01BYSTANDER"
BOT = "U01BURSTBOT"
OPEN_LINE = "open dicom_mapping site:NGH impact:2 urgency:1 CT studies hang with the chest layout"
UPDATE = "The header dump is on its way; next update at noon."

FIX: Mapping[str, object] = {
    "fix": "Study Description now comes from the worklist.",
    "cause": "fragmented_communication",
    "sites_same": "not_checked",
}

_numbers = itertools.count(1)


class Inline(ThreadPoolExecutor):
    """Runs what it is given at once, so that a test knows when there was no answer."""

    def submit(self, call: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        """Run ``call`` here and now."""
        done: Future[Any] = Future()
        done.set_result(call(*arguments, **named))
        return done


@dataclass
class Screens:
    """What was shown, of what was ``tried``; ``broken`` makes Slack fail to show anything."""

    views: list[Mapping[str, Any]] = field(default_factory=list)
    broken: Exception | None = None
    tried: int = 0

    def open(self, trigger: str, view: Mapping[str, Any]) -> str:
        """``views.open``."""
        self.tried += 1
        if self.broken is not None:
            raise self.broken
        self.views.append(view)
        return trigger


@dataclass(frozen=True)
class Heard:
    """What Slack was answered: HTTP status, and the body as JSON (empty when there is none)."""

    status: int
    body: Mapping[str, Any]

    @property
    def words(self) -> str:
        """Everything that the answer says, in one text."""
        return unescape(words_of(self.body))

    @property
    def errors(self) -> Mapping[str, str]:
        """What a refused page says, by input block."""
        assert self.body.get("response_action") == "errors", self.body
        return cast("Mapping[str, str]", self.body["errors"])

    @property
    def view(self) -> Mapping[str, Any]:
        """The page that took the place of the submitted one."""
        assert self.body.get("response_action") == "update", self.body
        return cast("Mapping[str, Any]", self.body["view"])


class Workspace:
    """Acts as its people, and looks at what came of it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.screens = Screens()
        self.told: list[Say] = []
        self.gateway = cast("Gateway", SimpleNamespace(screens=self.screens))
        self.identity = Identity(
            BOT, "B01BURST", TEAM, "Hospital", "", enterprise_install=False, scopes=frozenset()
        )
        self._app = bolt.build(routes(office), self.gateway, self.identity, signing_secret=SECRET)
        self._signer = SignatureVerifier(SECRET)

    # --- What people do

    def command(
        self,
        user: str,
        text: str,
        *,
        channel: str = ELSEWHERE,
        team: str = TEAM,
        trigger: str | None = None,
        **other: str,
    ) -> Heard:
        """``/burst <text>``; Slack escapes it as it does in life."""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        form = {
            "command": "/burst",
            "text": escaped.replace("&lt;@", "<@").replace("|x&gt;", "|x>"),
            "user_id": user,
            "team_id": team,
            "channel_id": channel,
            "trigger_id": trigger or fresh("trigger"),
            "response_url": "https://hooks.slack.example/respond",
            **other,
        }
        return self.form(form)

    def click(
        self,
        user: str,
        action: str,
        value: object,
        *,
        team: str = TEAM,
        trigger: str | None = None,
    ) -> Say | None:
        """Press a button; returns what the person alone hears of it."""
        before = len(self.told)
        heard = self.interact(
            {
                "type": "block_actions",
                "user": {"id": user, "team_id": team},
                "trigger_id": trigger or fresh("trigger"),
                "container": {"type": "message", "channel_id": ELSEWHERE, "message_ts": "1.000001"},
                "response_url": "https://hooks.slack.example/respond",
                "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": str(value)}],
            }
        )
        assert (heard.status, heard.body) == (200, {})
        assert len(self.told) <= before + 1
        return self.told[-1] if len(self.told) > before else None

    def press(self, user: str, action: Action, burst: Burst, detail: str | None = None) -> Say | None:
        """Press a button of a burst as it stands."""
        return self.click(user, action, ButtonValue(burst.id, burst.version, detail))

    def submit(
        self,
        user: str,
        view: Mapping[str, Any],
        given: Mapping[str, object] | None = None,
        *,
        view_id: str | None = None,
        team: str = TEAM,
    ) -> Heard:
        """Fill in the view's inputs as ``given`` and submit it; what is not given keeps its initial value."""
        return self.interact(
            {
                "type": "view_submission",
                "user": {"id": user, "team_id": team},
                "trigger_id": fresh("trigger"),
                "view": {**view, "id": view_id or fresh("V"), "state": {"values": filled(view, given or {})}},
            }
        )

    def shortcut(
        self, user: str, callback: str, message: Mapping[str, Any] | None = None, **other: Any
    ) -> Heard:
        """Use a shortcut, on a message when there is one."""
        return self.interact(
            {
                "type": "message_action" if message is not None else "shortcut",
                "callback_id": callback,
                "user": {"id": user, "team_id": TEAM},
                "team": {"id": TEAM, "domain": "hospital"},
                "trigger_id": fresh("trigger"),
                **({"message": message, "response_url": "https://hooks.slack.example/r"} if message else {}),
                **other,
            }
        )

    def event(self, kind: str, *, event_id: str | None = None, **inner: Any) -> Heard:
        """Something happened in the workspace."""
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": event_id or fresh("Ev"),
            "event": {"type": kind, "event_ts": "1.0", **inner},
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }
        return self.deliver(json.dumps(body), "application/json")

    def interact(self, payload: Mapping[str, Any]) -> Heard:
        """An interaction payload."""
        return self.form({"payload": json.dumps(payload)})

    def form(self, fields: Mapping[str, str]) -> Heard:
        """A form, as commands and interactions come."""
        return self.deliver(urlencode(fields), "application/x-www-form-urlencoded")

    def deliver(self, body: str, kind: str) -> Heard:
        """A signed request."""
        stamp = str(int(clock.wall()))
        headers: dict[str, str | Sequence[str]] = {
            "content-type": kind,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": self._signer.generate_signature(timestamp=stamp, body=body) or "",
        }
        answer = self._app.dispatch(BoltRequest(body=body, headers=headers))
        text = answer.body or ""
        return Heard(
            answer.status, json.loads(text) if text.startswith("{") else {"text": text} if text else {}
        )

    # --- What came of it

    @property
    def shown(self) -> Mapping[str, Any]:
        """The modal that was opened last."""
        assert self.screens.views, "no modal was opened"
        return self.screens.views[-1]

    def burst(self, burst_id: int = 1) -> Burst:
        """The burst as it is stored."""
        with self.office.store.read() as unit:
            found = unit.bursts.get(burst_id)
        assert found is not None
        return found

    def count(self) -> int:
        """How many bursts there are."""
        with self.office.store.read() as unit:
            return len(unit.bursts.get_many(range(1, 50)))

    def log(self, burst_id: int = 1) -> tuple[LogEntry, ...]:
        """The burst's log."""
        with self.office.store.read() as unit:
            return unit.log.entries(burst_id)

    def intents(self) -> list[OutboxRow]:
        """What waits to be told to Slack."""
        with self.office.store.read() as unit:
            return unit.outbox.listed({IntentState.PENDING}, limit=1000)

    def know(self, user: str, standing: Standing, *, team: str = TEAM) -> None:
        """What Slack said of somebody."""
        with self.office.store.write() as unit:
            unit.directory.put(
                Person(
                    user=user,
                    team=team,
                    handle=user.lower(),
                    name=user.title(),
                    zone="Europe/London",
                    title="",
                    email="",
                    standing=standing,
                    refreshed_at=clock.now(),
                )
            )


def owner_of(burst: Burst) -> str:
    """The accountable owner; fails when there is none."""
    assert burst.owner is not None
    return burst.owner


def clinical_of(burst: Burst) -> str:
    """The clinical co-lead; fails when there is none."""
    assert burst.clinical_lead is not None
    return burst.clinical_lead


def fresh(kind: str) -> str:
    """An id that was never there before."""
    return f"{kind}{next(_numbers):06}"


def words_of(value: object) -> str:
    """Every text in a message or view."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "\n".join(words_of(member) for member in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(words_of(member) for member in value)
    return ""


def parsed_words(value: object) -> str:
    """The texts in which Slack looks for mentions: everything but ``plain_text``."""
    if isinstance(value, Mapping) and value.get("type") == "plain_text":
        return ""
    if isinstance(value, Mapping):
        return "\n".join(parsed_words(member) for member in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(parsed_words(member) for member in value)
    return value if isinstance(value, str) else ""


def said(answer: Say | None) -> str:
    """The words of an answer that somebody got alone; fails when there was none."""
    assert answer is not None, "nothing was said"
    return answer.message.text


def filled(view: Mapping[str, Any], given: Mapping[str, object]) -> dict[str, dict[str, dict[str, Any]]]:
    """The view's state as Slack sends it. Raises ``KeyError`` for a block that the view does not have."""
    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    unknown = set(given) - set(inputs)
    if unknown:
        raise KeyError(unknown)
    return {
        block: {
            element["action_id"]: {"type": element["type"], **_state(element, given[block])}
            if block in given
            else {"type": element["type"], **_initial(element)}
        }
        for block, element in inputs.items()
    }


def _state(element: Mapping[str, Any], value: object) -> dict[str, Any]:
    match element["type"]:
        case "plain_text_input" | "url_text_input":
            return {"value": value}
        case "static_select" | "radio_buttons":
            return {"selected_option": {"value": value}}
        case "multi_static_select" | "checkboxes":
            assert isinstance(value, list)
            return {"selected_options": [{"value": one} for one in value]}
        case "users_select":
            return {"selected_user": value}
        case "file_input":
            assert isinstance(value, list)
            return {"files": [{"id": one, "name": "shot.png"} for one in value]}
        case "datepicker":
            return {"selected_date": value}
    raise AssertionError(element["type"])


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    names = {
        "initial_value": "value",
        "initial_option": "selected_option",
        "initial_options": "selected_options",
        "initial_user": "selected_user",
        "initial_date": "selected_date",
    }
    return {state: element[initial] for initial, state in names.items() if initial in element}
