"""Everything that people can do to a burst, through the operations that the handlers call."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.operations.accept import accept
from bot.operations.add_evidence import Piece, add_evidence
from bot.operations.add_person import add_person
from bot.operations.ask_for_more import ask_for_more
from bot.operations.cancel import cancel
from bot.operations.change_severity import change_severity
from bot.operations.confirm import confirm
from bot.operations.cover import cover
from bot.operations.decide import answer, decide
from bot.operations.decline import decline
from bot.operations.escalate import escalate
from bot.operations.extend import extend
from bot.operations.fill_seat import fill_seat
from bot.operations.hand_over import hand_over
from bot.operations.join import join
from bot.operations.keep_open import keep_open
from bot.operations.log_message import log_message
from bot.operations.office import Office, Request
from bot.operations.open_burst import Intake
from bot.operations.pause import pause
from bot.operations.post_update import post_update
from bot.operations.reopen import reopen
from bot.operations.resolve import resolve
from bot.operations.resume import resume
from bot.operations.save_checklist import Saved, save_checklist
from bot.operations.send_back import send_back
from bot.operations.sign_off import sign_off
from bot.operations.take_up import take_up
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.lifecycle import Ballot, Message, Proposal
from bot.taskforce.permissions import Right
from bot.taskforce.terms import EntryKind, Outcome, PauseReason, Seat, State, Verdict

WHY = "So that it goes on."
FIX = Resolution("The rule is in place.", "information_missing", (), "", "not_checked")
FAMILIES = ("network_provisioning", "dicom_mapping", "user_access", "security_review", "hl7_interface")
SITES = ("SBH", "NGH", "HVM")
STAGES = ("build", "validation", "go_live")

Item = TypeVar("Item")


@dataclass(frozen=True)
class Desk:
    """One try by one person; ``chance`` decides everything that can be chosen."""

    office: Office
    by: Request
    burst: Burst
    people: Sequence[str]
    chance: random.Random
    now: datetime

    def some(self, options: Sequence[Item]) -> Item:
        """One of these."""
        return self.chance.choice(options)

    def later(self, *hours: float) -> datetime:
        """A moment ahead, by one of these."""
        return self.now + timedelta(hours=self.some(hours))

    def words(self) -> str:
        """What counts as news the first time that it is said; sometimes too little to count."""
        return "ok" if self.chance.random() < 0.1 else f"The vendor has mended rule {self.chance.random()}."


Verb = Callable[[Desk], object]


def intake(chance: random.Random, now: datetime) -> Intake:
    """A blocker of any kind, at one site or two."""
    return Intake(
        family=chance.choice(FAMILIES),
        title=f"Blocker {chance.randrange(10**6)}",
        sites=tuple(chance.sample(SITES, chance.choice((1, 1, 2)))),
        impact=chance.choice((1, 2, 3)),
        urgency=chance.choice((1, 2, 3)),
        stage=chance.choice(STAGES),
        needed_on=chance.choice((None, None, (now + timedelta(days=chance.randrange(1, 20))).date())),
        workaround=chance.choice(("none", "none", "partial")),
        missing_allowed=True,
        drill=chance.random() < 0.1,
    )


def _evidence(desk: Desk) -> None:
    kind, _label, accepted = desk.some(desk.burst.evidence_kinds)
    number = desk.chance.randrange(10**6)
    link = f"https://core.example/{number}" if accepted == "link" else None
    add_evidence(desk.office, desk.by, desk.burst.id, Piece(kind, f"Seen on {number} hosts.", link))


def _tick(desk: Desk) -> None:
    items = {one.number: desk.chance.random() < 0.8 for one in desk.burst.checklist}
    save_checklist(desk.office, desk.by, desk.burst.id, Saved(items))


def _severity(desk: Desk) -> None:
    levels = (1, 2, 3)
    change_severity(desk.office, desk.by, desk.burst.id, desk.some(levels), desk.some(levels), WHY)


def _pause(desk: Desk) -> None:
    until = desk.later(0.5, 3, 20, 90)
    pause(desk.office, desk.by, desk.burst.id, PauseReason.AWAITING_REQUESTER, until, "")


def _extend(desk: Desk) -> None:
    running = [clock for clock in desk.burst.clocks if clock.state == "armed"]
    number = desk.some([None, *(clock.number for clock in running)])
    until = desk.later(1, 10, 80)
    if desk.chance.random() < 0.7:
        due = next((clock.due_at for clock in running if clock.number == number), desk.now)
        until = max(due, desk.now) + timedelta(minutes=desk.some((20, 120, 1000)))
    extend(desk.office, desk.by, desk.burst.id, number, until, WHY)


def _ask(desk: Desk) -> None:
    right = desk.some((None, "scope", "go_live", "security"))
    impact = "None" if right is not None else ""
    proposal = Proposal(
        desk.words(), clinical_impact=impact, technical_impact=impact, options=desk.some(("", "Wait\nGo"))
    )
    by = desk.some((None, desk.later(2, 30)))
    decide(desk.office, desk.by, desk.burst.id, proposal, right, by)


def _rule(desk: Desk) -> None:
    number = desk.some([one.number for one in desk.burst.requests] or [1])
    ballot = Ballot(desk.some(list(Verdict)), WHY, desk.some((None, 1, 2)), desk.later(2, 20))
    answer(desk.office, desk.by, desk.burst.id, number, ballot)


def _cancel(desk: Desk) -> None:
    cancel(desk.office, desk.by, desk.burst.id, Outcome.WITHDRAWN, WHY)


def _log(desk: Desk) -> None:
    kind = desk.some((EntryKind.FACT, EntryKind.DECISION, EntryKind.ACTION))
    message = Message(desk.words(), "", desk.some(desk.people), str(desk.chance.random()))
    log_message(desk.office, desk.by, desk.burst.id, kind, message)


def _seat(desk: Desk) -> None:
    fill_seat(desk.office, desk.by, desk.burst.id, desk.some(list(Seat)), desk.some(desk.people))


def _cover(desk: Desk) -> None:
    cover(desk.office, desk.by, desk.by.user, desk.some(desk.people), desk.some(("2h", "1d", "5d")))


def _update(desk: Desk) -> None:
    workaround = desk.some((None, None, None, "none", "partial", "full"))
    post_update(desk.office, desk.by, desk.burst.id, desk.words(), workaround)


# By verb: the right that it needs, and how it is tried.
VERBS: Mapping[str, tuple[Right, Verb]] = {
    "accept": (Right.ANSWER, lambda d: accept(d.office, d.by, d.burst.id)),
    "decline": (Right.ANSWER, lambda d: decline(d.office, d.by, d.burst.id, WHY)),
    "hand_over": (Right.HAND_OVER, lambda d: hand_over(d.office, d.by, d.burst.id, d.some(d.people), WHY)),
    "update": (Right.CONTRIBUTE, _update),
    "evidence": (Right.CONTRIBUTE, _evidence),
    "tick": (Right.CONTRIBUTE, _tick),
    "log": (Right.CONTRIBUTE, _log),
    "severity": (Right.EXPAND, _severity),
    "add": (Right.EXPAND, lambda d: add_person(d.office, d.by, d.burst.id, d.some(d.people), WHY)),
    "join": (Right.JOIN, lambda d: join(d.office, d.by, d.burst.id)),
    "seat": (Right.SEAT, _seat),
    "pause": (Right.PAUSE, _pause),
    "resume": (Right.PAUSE, lambda d: resume(d.office, d.by, d.burst.id)),
    "escalate": (Right.CONTRIBUTE, lambda d: escalate(d.office, d.by, d.burst.id, WHY)),
    "take_up": (Right.TAKE_UP, lambda d: take_up(d.office, d.by, d.burst.id)),
    "ask_for_more": (Right.TAKE_UP, lambda d: ask_for_more(d.office, d.by, d.burst.id, d.words())),
    "extend": (Right.EXTEND, _extend),
    "ask": (Right.DECIDE, _ask),
    "rule": (Right.RULE, _rule),
    "resolve": (Right.PAUSE, lambda d: resolve(d.office, d.by, d.burst.id, FIX)),
    "confirm": (
        Right.CONFIRM,
        lambda d: confirm(d.office, d.by, d.burst.id, WHY, works=d.some((True, True, False))),
    ),
    "sign_off": (Right.SIGN_OFF, lambda d: sign_off(d.office, d.by, d.burst.id)),
    "send_back": (Right.SEND_BACK, lambda d: send_back(d.office, d.by, d.burst.id, WHY)),
    "cancel": (Right.CANCEL, _cancel),
    "keep_open": (Right.KEEP_OPEN, lambda d: keep_open(d.office, d.by, d.burst.id)),
    "reopen": (Right.REOPEN, lambda d: reopen(d.office, d.by, d.burst.id, WHY)),
    "cover": (Right.READ, _cover),
}

# What comes next in a burst's life, so that it gets somewhere among people who try everything.
COURSE: Mapping[State, Sequence[str]] = {
    State.OPEN: ("accept", "accept", "hand_over", "seat"),
    State.ACCEPTED: ("update", "evidence"),
    State.WORKING: ("update", "evidence", "evidence", "tick", "resolve", "resolve"),
    State.PAUSED: ("resume", "update"),
    State.RESOLVED: ("sign_off", "sign_off", "confirm"),
    State.CLOSED: ("keep_open", "reopen"),
    State.ARCHIVED: ("reopen",),
}
