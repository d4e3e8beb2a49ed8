"""Makes hostile deliveries out of recorded ones; the same seed makes the same ones again.

First a delivery may be aimed: at another burst, by somebody else, as another button or page. That
stays well formed, and is what a person with a tampered client, or just somebody curious, can send.
Then it may be broken: fields missing, too many, of another type, absurdly deep or long.
"""

import copy
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from bot.slack.ids import Action, Shortcut, View
from bot.slack.views.help import words
from tests.handlers.workspace import BOT, BYSTANDER, OTHER_TEAM, RAISER, TEAM
from tests.hostile import junk
from tests.hostile.story import GONE, GUEST, STEERER, STRANGER, Delivery

BURSTS = 7
_KEY = re.compile(r"(?i)burst-\d+")
_BUTTON = re.compile(r"\d+(?=:)")
_PAGES = (Action.LIST_PAGE, Action.LOG_PAGE, Action.ARCHIVE_PAGE, Action.TRANSCRIPT_PAGE)
_PEOPLE = (BYSTANDER, BYSTANDER, GUEST, STRANGER, GONE, RAISER, STEERER, BOT, "U01NADIA", "U01NOBODY")
_COMMANDS = words()
_WORDS = (
    "BURST-1", "BURST-2", "BURST-3", "BURST-5", "dicom_mapping", "security_review", "site:NGH", "site:ngh,LKC",
    "impact:1", "urgency:3", "impact:9", "until:2h", "until:3bd", "until:14:30", "<@U01JONAH|x>", "<@U01GUEST|x>",
    "clinical", "technical", "role:hl7", "role:nobody", "mistake", "duplicate:BURST-2", "vendor", "ref:T-1",
    "header_dump", "https://wiki.ngh.example/a", "mine", "all", "sev:1", "since:2026-01-01", "cause:vendor_wait",
    "family:security_review", "something", "remote", "because it must be",
)  # fmt: skip
_PLACES = ("C0BURST1", "C0BURST2", "C0BURST3", "C0BURST6B", "C0ELSEWHERE", "D01BYSTANDER")


class Mutator:
    """Makes one delivery after another from ``tape``."""

    def __init__(self, seed: int, tape: Sequence[Delivery]) -> None:
        self.random = Random(seed)  # noqa: S311 - to be had again, not to be secret
        self._tape = tape
        self._known: dict[str, list[Any]] = defaultdict(list)
        for delivery in tape:
            for holder, name in _places(delivery.body):
                if isinstance(name, str):
                    self._known[name].append(holder[name])
        self._made = 0

    def delivery(self) -> Delivery:
        """The next one."""
        self._made += 1
        found = self.random.choice(self._tape)
        made = Delivery(found.door, copy.deepcopy(found.body))
        if self._often(0.9):
            self._refresh(made)
        for aim, chance in ((self._other_person, 0.6), (self._other_burst, 0.5), (self._other_act, 0.25)):
            if self._often(chance):
                aim(made)
        if made.door == "command" and self._often(0.4):
            made.body["text"] = self._line()
        if self._often(0.75):
            for _ in range(self.random.choice((1, 1, 2, 3))):
                self._break(made.body)
        return made

    def _often(self, chance: float) -> bool:
        return self.random.random() < chance

    def _refresh(self, made: Delivery) -> None:
        """Ids that Slack would have made anew, so that the delivery is not taken for a repetition."""
        fresh = f"{self._made}.{self.random.randrange(10**9)}"
        for name in ("trigger_id", "event_id"):
            if name in made.body:
                made.body[name] = fresh
        view = made.body.get("view")
        if isinstance(view, dict):
            view["id"] = f"V{fresh}"

    def _other_person(self, made: Delivery) -> None:
        user = self.random.choice(_PEOPLE)
        team = OTHER_TEAM if self._often(0.1) else TEAM
        if made.door == "command":
            made.body.update(user_id=user, team_id=team)
        elif made.door == "interaction":
            made.body["user"] = {"id": user, "team_id": team}
        elif isinstance(made.body["event"].get("user"), str):
            made.body["event"]["user"] = user

    def _other_burst(self, made: Delivery) -> None:
        _aim(made.body, str(self.random.choice((1, 2, 2, 2, 3, 4, 5, 5, 6, 7, 99))))
        for holder, name in _places(made.body):
            if isinstance(holder[name], str) and holder[name].startswith("C0"):
                holder[name] = self.random.choice(_PLACES)

    def _other_act(self, made: Delivery) -> None:
        body, choice = made.body, self.random.choice
        if made.door == "event":
            body["event"]["type"] = choice(
                [one.body["event"]["type"] for one in self._tape if one.door == "event"]
            )
        elif "actions" in body:
            body["actions"][0].update(
                action_id=choice(list(Action)), value=junk.reference(self.random, BURSTS)
            )
        elif "view" in body:
            body["view"].update(
                callback_id=choice(list(View)), private_metadata=junk.reference(self.random, BURSTS)
            )
        elif "callback_id" in body:
            body["callback_id"] = choice(list(Shortcut))

    def _line(self) -> str:
        line = [self.random.choice(_COMMANDS)]
        line += [
            self.random.choice(_WORDS) if self._often(0.85) else junk.text(self.random)
            for _ in range(self.random.randrange(7))
        ]
        return " ".join(line)

    def _break(self, body: dict[str, Any]) -> None:
        holder, name = self.random.choice(list(_places(body)))
        ways: tuple[Callable[[Any, Any], None], ...] = (
            self._drop, self._replace, self._replace, self._retext, self._retext, self._swap, self._add,
            self._retype,
        )  # fmt: skip
        self.random.choice(ways)(holder, name)

    def _drop(self, holder: Any, name: Any) -> None:
        del holder[name]

    def _replace(self, holder: Any, name: Any) -> None:
        holder[name] = junk.value(self.random)

    def _retext(self, holder: Any, name: Any) -> None:
        here = holder[name]
        written = junk.text(self.random)
        holder[name] = f"{here} {written}" if isinstance(here, str) and self._often(0.5) else written

    def _swap(self, holder: Any, name: Any) -> None:
        known = self._known.get(name) if isinstance(name, str) else None
        holder[name] = copy.deepcopy(self.random.choice(known)) if known else junk.value(self.random)

    def _add(self, holder: Any, name: Any) -> None:
        if isinstance(holder, dict):
            extra = (
                self.random.choice(list(self._known)) if self._often(0.5) else junk.text(self.random)[:100]
            )
            holder.setdefault(extra, junk.value(self.random))
        else:
            holder.append(junk.value(self.random))

    def _retype(self, holder: Any, name: Any) -> None:
        here = holder[name]
        holder[name] = self.random.choice(([here], {"value": here}, {"id": here}, str(here), None, 7))


def aimed_at(recorded: Delivery, burst_id: int, user: str, team: str, fresh: str) -> Delivery:
    """A recorded delivery by ``user`` about another burst, with ids that end in ``fresh``."""
    made = Delivery(recorded.door, copy.deepcopy(recorded.body))
    _aim(made.body, str(burst_id))
    made.body["trigger_id"] = f"trigger {fresh}"
    if made.door == "command":
        made.body.update(user_id=user, team_id=team)
    else:
        made.body["user"] = {"id": user, "team_id": team}
    if isinstance(made.body.get("view"), dict):
        made.body["view"]["id"] = f"V{fresh}"
    return made


def _aim(body: dict[str, Any], number: str) -> None:
    """Let everything that names a burst name this one."""
    for holder, name in _places(body):
        here = holder[name]
        if isinstance(here, str) and name == "text":
            holder[name] = _KEY.sub(f"BURST-{number}", here)
        elif isinstance(here, str) and name in {"value", "private_metadata"}:
            holder[name] = _aimed(here, number, str(holder.get("action_id")))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every member of a mapping or list below ``value``, as its holder and its name or index."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, member in list(members):
        yield value, name
        yield from _places(member)


def _aimed(reference: str, number: str, action: str) -> str:
    if reference.startswith("burst:"):
        return re.sub(r"\d+", number, reference, count=1)
    if action in _PAGES:
        return f"1:{number}" if action in (Action.LOG_PAGE, Action.TRANSCRIPT_PAGE) else reference
    return _BUTTON.sub(number, reference, count=1)
