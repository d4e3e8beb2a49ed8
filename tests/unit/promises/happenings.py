"""What people do in a line of the table, by the words that the line has for it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TypeAlias

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.holders import Holders
from bot.taskforce.lifecycle import Ballot, Message, Proposal
from bot.taskforce.lifecycle.draft import Draft
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import EntryKind, Outcome, PauseReason, State, Verdict
from tests.unit.taskforce.cases import CLINICAL, FIX, LEAD, OWNER, STEERING, TECHNICAL

Happening: TypeAlias = Callable[[Burst, datetime], Decision]

RULE = "The rule that rewrites the label is found."
QUEUE = "The queue is emptied by hand, case by case."
SHORT = "Still on it."
ACTORS = {
    "owner": OWNER,
    "clinical": CLINICAL,
    "technical": TECHNICAL,
    "lead": LEAD,
    "cell": STEERING,
}


def happenings(news: str, until: datetime) -> Mapping[str, Happening]:
    """Everything that can happen; ``news`` is a text that nobody has told yet, ``until`` the time that is named."""
    return {
        **_work(news),
        **_messages(news),
        **_clocks(until),
        **_ends(),
        **_by_each(news),
        **_questions(news),
    }


def _work(news: str) -> Mapping[str, Happening]:
    return {
        "accepted": lambda burst, at: lifecycle.accept(burst, OWNER, now=at),
        "update": _update(news),
        "nod": _update(SHORT),
        "rule reported": _update(RULE),
        "queue reported": _update(QUEUE),
        "full workaround": _update(news, "full"),
        "partial workaround": _update(news, "partial"),
        "no workaround": _update(news, "none"),
        "decided": _decision(news),
        "rule decided": _decision(RULE),
        "briefly decided": _decision(SHORT),
        "evidence": _evidence(news),
        "short evidence": _evidence(SHORT),
        "link": lambda burst, at: lifecycle.add_evidence(
            burst, OWNER, "queue", "", link="https://tickets.example/7", now=at
        ),
        "ticked": lambda burst, at: lifecycle.tick(burst, OWNER, 1, done=True, note=news, now=at),
    }


def _by_each(news: str) -> Mapping[str, Happening]:
    """What one person does, named with them."""
    deeds: Mapping[str, Callable[[Burst, Actor, datetime], Decision]] = {
        "reports": lambda burst, actor, at: lifecycle.post_update(burst, actor, news, now=at),
        "nods": lambda burst, actor, at: lifecycle.post_update(burst, actor, SHORT, now=at),
        "decides": lambda burst, actor, at: lifecycle.log_decision(burst, actor, Proposal(news), now=at),
        "proves": lambda burst, actor, at: lifecycle.add_evidence(burst, actor, "header", news, now=at),
        "ticks": lambda burst, actor, at: lifecycle.tick(burst, actor, 1, done=True, note="", now=at),
        "takes it up": lambda burst, actor, at: lifecycle.take_up(burst, actor, now=at),
        "asks for more": lambda burst, actor, at: lifecycle.ask_for_more(burst, actor, news, now=at),
    }
    return {
        f"{who} {deed}": partial(_does, act, actor)
        for who, actor in ACTORS.items()
        for deed, act in deeds.items()
    }


def _does(
    act: Callable[[Burst, Actor, datetime], Decision], actor: Actor, burst: Burst, at: datetime
) -> Decision:
    return act(burst, actor, at)


def _questions(news: str) -> Mapping[str, Happening]:
    """A question to the steering cell, and its answer."""
    holders = Holders({STEERING.user: None})
    approval = Ballot(Verdict.APPROVE, "It is worth it")
    proposal = Proposal(news, "", "", "None", "None")
    return {
        "question put": lambda burst, at: lifecycle.request_decision(
            burst, OWNER, proposal, "scope", holders=holders, now=at
        ),
        "question decided": lambda burst, at: lifecycle.answer_request(
            burst, STEERING, 1, approval, holders=holders, now=at
        ),
    }


def _messages(news: str) -> Mapping[str, Happening]:
    kinds = (EntryKind.FACT, EntryKind.DECISION, EntryKind.EVIDENCE, EntryKind.ACTION)
    by_people = {f"{kind} logged": _message(kind, news, by_bot=False) for kind in kinds}
    return by_people | {f"bot {kind} logged": _message(kind, news, by_bot=True) for kind in kinds}


def _clocks(until: datetime) -> Mapping[str, Happening]:
    return {
        "paused": _pause(OWNER, until),
        "pause extended": _pause(CLINICAL, until),
        "owner refused more pause": lambda burst, at: _refused(_pause(OWNER, until), burst, at),
        "resumed": lambda burst, at: lifecycle.resume(burst, OWNER, now=at),
        "extended": lambda burst, at: lifecycle.extend(burst, LEAD, until, "Parts come late", now=at),
        "taken up": lambda burst, at: lifecycle.take_up(burst, STEERING, now=at),
    }


def _ends() -> Mapping[str, Happening]:
    return {
        "resolved": _resolve,
        "signed off": _sign_off,
        "sent back": lambda burst, at: lifecycle.send_back(burst, CLINICAL, "It is back", now=at),
        "reopened": lambda burst, at: lifecycle.reopen(burst, LEAD, "It is back", now=at),
        "cancelled": lambda burst, at: lifecycle.cancel(burst, OWNER, Outcome.MISTAKE, "Wrong site", now=at),
    }


def _update(text: str, workaround: str | None = None) -> Happening:
    return lambda burst, at: lifecycle.post_update(burst, OWNER, text, workaround=workaround, now=at)


def _decision(text: str) -> Happening:
    return lambda burst, at: lifecycle.log_decision(burst, OWNER, Proposal(text), now=at)


def _evidence(text: str) -> Happening:
    return lambda burst, at: lifecycle.add_evidence(burst, OWNER, "header", text, now=at)


def _message(kind: EntryKind, text: str, *, by_bot: bool) -> Happening:
    message = Message(text, "", OWNER.user, "1", by_bot=by_bot)
    return lambda burst, at: lifecycle.log_message(burst, OWNER, kind, message, now=at)


def _pause(actor: Actor, until: datetime) -> Happening:
    reason = PauseReason.AWAITING_VENDOR
    return lambda burst, at: lifecycle.pause(burst, actor, reason, until, "CASE-7", now=at)


def _refused(act: Happening, burst: Burst, at: datetime) -> Decision:
    with pytest.raises(Refused, match="Only a co-lead or the steering cell"):
        act(burst, at)
    return Draft.of(burst, at).done()


def _resolve(burst: Burst, at: datetime) -> Decision:
    for kind in ("header", "queue"):
        burst = lifecycle.add_evidence(burst, OWNER, kind, "All five show it", now=at).after
    return lifecycle.resolve(burst, OWNER, FIX, now=at)


def _sign_off(burst: Burst, at: datetime) -> Decision:
    decision = lifecycle.sign_off(burst, CLINICAL, now=at)
    if decision.after.state is State.RESOLVED:
        decision = lifecycle.sign_off(decision.after, TECHNICAL, now=at)
    return decision
