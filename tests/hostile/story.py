"""The story whose deliveries are recorded: every kind of delivery once, and bursts left in every state.

One of the bursts is private. What was written in it begins with ``SECRET_WORD``, so that it can be
recognised wherever it turns up; in the recorded deliveries themselves the word is replaced.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs

from bot import clock
from bot.operations.office import Office
from bot.slack.ids import Action, ButtonValue, Shortcut
from bot.taskforce.burst import Burst, Place
from bot.taskforce.lifecycle import move_to
from bot.taskforce.permissions import technical_signers
from bot.taskforce.terms import Standing, State
from tests.handlers.test_opening import PAGE_1, PAGE_2
from tests.handlers.workspace import BYSTANDER, FIX, OPEN_LINE, RAISER, TEAM, UPDATE, Heard, Workspace

SECRET_WORD = "quillwhisper"
PLAIN_WORD = "something"
PRIVATE = 2
PRIVATE_LINE = f"open security_review site:NGH impact:2 urgency:1 {SECRET_WORD} remote access waits"
GUEST, STRANGER, GONE = "U01GUEST", "U01STRANGER", "U01GONE"
STEERER = "U01STELLA"
MESSAGE: Mapping[str, Any] = {"ts": "1795000000.000200", "user": "U01JONAH", "text": "The broker strips it"}

Door = Literal["command", "interaction", "event"]


@dataclass(frozen=True)
class Delivery:
    """One delivery: form fields of a command, an interaction's payload or an event's envelope."""

    door: Door
    body: dict[str, Any]


class Recorder(Workspace):
    """A workspace that keeps what was delivered to it."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.kept: list[Delivery] = []

    def deliver(self, body: str, kind: str) -> Heard:
        """Deliver, and keep the delivery without the secret."""
        plain = body.replace(SECRET_WORD, PLAIN_WORD)
        if kind == "application/json":
            self.kept.append(Delivery("event", json.loads(plain)))
        else:
            fields = {name: values[0] for name, values in parse_qs(plain, keep_blank_values=True).items()}
            payload = fields.get("payload")
            self.kept.append(
                Delivery("interaction", json.loads(payload)) if payload else Delivery("command", fields)
            )
        return super().deliver(body, kind)


def record(slack: Recorder) -> list[Delivery]:
    """Play the story on an empty database and return what was delivered."""
    _everybody_is_known(slack)
    worked_on = _raised_in_the_modal(slack)
    _work(slack, worked_on)
    _in_private(slack)
    _finished(slack, _under_way(slack, 3))
    _ended_otherwise(slack)
    _looked_at(slack)
    _events(slack)
    return slack.kept


def _everybody_is_known(slack: Workspace) -> None:
    programme = slack.office.programme()
    members = [programme.people.user(name) for name in programme.file.people]
    standings = {user: Standing.MEMBER for user in (*members, BYSTANDER) if user is not None}
    standings |= {GUEST: Standing.GUEST, GONE: Standing.DEACTIVATED, STRANGER: Standing.EXTERNAL}
    for user, standing in standings.items():
        slack.know(user, standing)


def housed(slack: Workspace, burst: Burst) -> Burst:
    """The burst with a channel of its own."""
    place = Place(f"C0BURST{burst.id}")
    with slack.office.store.write() as unit:
        return unit.apply(move_to(burst, place, "", now=clock.now()), now=clock.now())


def _raised_in_the_modal(slack: Workspace) -> Burst:
    slack.command(RAISER, "")
    page = slack.submit(RAISER, slack.shown, PAGE_1).view
    slack.submit(RAISER, page, PAGE_2)
    return _accepted(slack, 1)


def _under_way(slack: Workspace, number: int) -> Burst:
    slack.command(RAISER, OPEN_LINE)
    return _accepted(slack, number)


def _accepted(slack: Workspace, number: int) -> Burst:
    burst = housed(slack, slack.burst(number))
    slack.press(_owner(burst), Action.ACCEPT, burst)
    slack.command(_owner(burst), f"update {UPDATE}", channel=f"C0BURST{number}")
    assert slack.burst(number).state is State.WORKING
    return slack.burst(number)


def _work(slack: Workspace, burst: Burst) -> None:
    kind = _text_kinds(burst)[0]
    for action, given in (
        (Action.UPDATE, {"text": UPDATE, "workaround": "full"}),
        (Action.DECIDE, {"text": "We read in the old layout", "right": "team"}),
        (Action.DECIDE, {"text": "Go live without it?", "right": "go_live"}),
        (Action.EVIDENCE, {"kind": kind, "text": "All twenty studies carry it"}),
        (Action.CHECKLIST, {"items_1": ["2", "3"]}),
        (Action.ESCALATE, {"text": "The vendor has not answered since Monday."}),
    ):
        slack.press(RAISER, action, slack.burst(burst.id))
        slack.submit(RAISER, slack.shown, given)
    slack.press(STEERER, Action.STEERING_TAKE, slack.burst(burst.id), "1")
    slack.press(STEERER, Action.STEERING_DECIDE, slack.burst(burst.id))
    slack.submit(STEERER, slack.shown, {"text": "Yes, until Friday", "right": "go_live"})
    slack.press(_owner(burst), Action.PAUSE, slack.burst(burst.id))
    slack.submit(_owner(burst), slack.shown, {"reason": "awaiting_requester", "until": "2h"})
    slack.press(_owner(burst), Action.RESUME, slack.burst(burst.id))
    slack.press(_owner(burst), Action.HANDOVER, slack.burst(burst.id))
    slack.submit(_owner(burst), slack.shown, {"owner": "U01JONAH", "text": "He knows the broker."})
    slack.press("U01JONAH", Action.DECLINE, slack.burst(burst.id))
    slack.submit("U01JONAH", slack.shown, {"text": "On leave from noon."})
    for line in (
        f"decide {burst.key} We read in the old layout until Friday",
        f"evidence {burst.key} {kind} Twenty studies carry it",
        f"log {burst.key} fact the queue stands at 240 cases",
        f"log {burst.key} decisions",
        f"correct {burst.key} 1 it is the layout of the other scanner",
        f"severity {burst.key} impact:1 urgency:1 more sites are hit",
        f"add {burst.key} <@{GUEST}|x> the vendor's engineer",
        f"add {burst.key} role:hl7 the broker",
        f"pair {burst.key} technical <@U01JONAH|x>",
        f"owner {burst.key} <@U01PRIYA|x> she knows it",
        f"decline {burst.key} no time",
        f"escalate {burst.key} somebody must call them",
        f"pause {burst.key} vendor until:2h ref:T-1",
        f"resume {burst.key}",
        f"accept {burst.key}",
        f"attach {burst.key}",
    ):
        slack.command(RAISER, line)
    slack.shortcut(RAISER, Shortcut.LOG_MESSAGE, MESSAGE, channel={"id": f"C0BURST{burst.id}"})
    slack.submit(RAISER, slack.shown, {"kind": "fact"})
    slack.press(RAISER, Action.CORRECT, slack.burst(burst.id), "1")
    slack.submit(RAISER, slack.shown, {"text": "It is the layout of both scanners."})


def _in_private(slack: Workspace) -> None:
    slack.command(RAISER, PRIVATE_LINE)
    burst = _accepted(slack, PRIVATE)
    assert burst.private
    for line in ("update", "decide", f"evidence {_text_kinds(burst)[0]}", "escalate"):
        word, _, rest = line.partition(" ")
        slack.command(RAISER, f"{word} {burst.key} {rest} {SECRET_WORD} is what we found there".strip())
    assert SECRET_WORD in slack.command(RAISER, f"status {burst.key}").words


def _finished(slack: Workspace, burst: Burst) -> None:
    for kind in _text_kinds(burst)[:2]:
        slack.command(RAISER, f"evidence {burst.key} {kind} Twenty studies carry the description")
    slack.press(RAISER, Action.CHECKLIST, burst)
    blocking = [str(item.number) for item in burst.checklist if item.blocks_closure]
    slack.submit(RAISER, slack.shown, {"items_1": blocking})
    for _ in range(2):
        slack.press(_owner(burst), Action.RESOLVE, slack.burst(burst.id))
        slack.submit(_owner(burst), slack.shown, FIX)
        slack.press(RAISER, Action.UNCONFIRM, slack.burst(burst.id))
        slack.press(RAISER, Action.CONFIRM, slack.burst(burst.id))
        slack.press(_clinical(burst), Action.SEND_BACK, slack.burst(burst.id))
        slack.submit(_clinical(burst), slack.shown, {"text": "Two scripts still fail"})
    slack.press(_owner(burst), Action.RESOLVE, slack.burst(burst.id))
    slack.submit(_owner(burst), slack.shown, FIX)
    slack.press(technical_signers(slack.burst(burst.id))[0], Action.SIGN_OFF, slack.burst(burst.id))
    slack.press(_clinical(burst), Action.SIGN_OFF, slack.burst(burst.id))
    assert slack.burst(burst.id).state is State.CLOSED
    slack.press(_clinical(burst), Action.KEEP_OPEN, slack.burst(burst.id))


def _ended_otherwise(slack: Workspace) -> None:
    slack.command(RAISER, OPEN_LINE)
    slack.command(RAISER, "cancel BURST-4 duplicate:BURST-1 the same scanner")
    slack.press(RAISER, Action.REOPEN, slack.burst(4))
    slack.submit(RAISER, slack.shown, {"text": "It was another one"})
    slack.command(RAISER, PRIVATE_LINE)
    slack.command(RAISER, f"cancel BURST-5 mistake {SECRET_WORD} was decided already")
    slack.command(RAISER, OPEN_LINE)
    page = slack.submit(RAISER, _new_page(slack), PAGE_1).view
    similar = slack.submit(RAISER, page, PAGE_2).view
    slack.submit(RAISER, similar, {"similar": "open_anyway"})
    assert slack.count() == 7


def _new_page(slack: Workspace) -> Mapping[str, Any]:
    slack.shortcut(RAISER, Shortcut.RAISE)
    return slack.shown


def _looked_at(slack: Workspace) -> None:
    for line in (
        "list", "list mine", "list site:NGH", "list sev:2", "status BURST-1", "log BURST-1",
        "checklist BURST-1", "join BURST-1", "archive", "archive chest site:NGH", "show BURST-3",
        "help", "help update", "reopen BURST-3 it is back", "wrong",
    ):  # fmt: skip
        slack.command(BYSTANDER, line)
    for action in (
        Action.ARCHIVE_OPEN,
        Action.ARCHIVE_LOG,
        Action.ARCHIVE_TRANSCRIPT,
        Action.ARCHIVE_PDF,
        Action.JOIN,
        Action.STEERING_REASSIGN,
    ):
        slack.click(BYSTANDER, action, ButtonValue(3, 1))
    for action in (Action.LIST_PAGE, Action.LOG_PAGE, Action.TRANSCRIPT_PAGE):
        slack.click(BYSTANDER, action, "1:all" if action is Action.LIST_PAGE else "1:1")
    slack.click(BYSTANDER, Action.RAISE, "new")
    slack.click(BYSTANDER, Action.ARCHIVE_PAGE, "1:somebody-elses")
    slack.shortcut(BYSTANDER, Shortcut.RAISE_MESSAGE, MESSAGE, channel={"id": "C0ELSEWHERE"})
    slack.shortcut(BYSTANDER, Shortcut.LOG_MESSAGE, MESSAGE, channel={"id": "C0ELSEWHERE"})


def _events(slack: Workspace) -> None:
    home = "C0BURST6"
    housed(slack, slack.burst(6))
    slack.event("app_home_opened", user=BYSTANDER, tab="home", channel="D01BYSTANDER")
    slack.event("member_joined_channel", user="U01NEIL", channel=home, team=TEAM)
    slack.event("member_left_channel", user="U01NEIL", channel=home, team=TEAM)
    slack.event("channel_id_changed", old_channel_id=home, new_channel_id="C0BURST6B")
    slack.event("group_archive", user=BYSTANDER, channel="C0BURST6B")
    slack.event("channel_deleted", channel="C0BURST9")
    person = {
        "id": "U01NEWBORN",
        "team_id": TEAM,
        "name": "newborn",
        "real_name": "New Born",
        "tz": "Europe/London",
        "deleted": False,
        "profile": {"real_name": "New Born", "display_name": "new"},
    }
    slack.event("team_join", user=person)
    slack.event("user_change", user={**person, "is_restricted": True})
    slack.event("message", channel=home, user=BYSTANDER, text="hello", ts="1.000001", channel_type="channel")
    item = {"type": "message", "channel": home, "ts": "1.000001"}
    slack.event("reaction_added", user=RAISER, reaction="pushpin", item=item)


def _text_kinds(burst: Burst) -> list[str]:
    return [kind for kind, _, form in burst.evidence_kinds if form in {"text", "any"}]


def _owner(burst: Burst) -> str:
    assert burst.owner is not None
    return burst.owner


def _clinical(burst: Burst) -> str:
    assert burst.clinical_lead is not None
    return burst.clinical_lead
