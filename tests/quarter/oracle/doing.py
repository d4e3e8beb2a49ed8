"""What people's acts do to promises, or why they are not possible."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.quarter.happenings import TICK
from tests.quarter.oracle.burst import UNDER_WAY
from tests.quarter.oracle.promise import LADDERED, Promise
from tests.quarter.oracle.rights import may
from tests.quarter.oracle.tale import SUBSTANTIVE_FROM, Tale

EVIDENCE_KINDS = 2
# Less is no extension, but a second click.
WORTH_IT = timedelta(minutes=1)
Told = Mapping[str, Any]


class Impossible(Exception):
    """The act is refused."""


def do(tale: Tale, verb: str, user: str, told: Told, now: datetime) -> None:
    """Somebody does something. Raises ``Impossible``, and then nothing has changed."""
    _need(may(tale, verb, user, now))
    VERBS[verb](tale, user, told, now)
    tale.settle(now)


def _need(*conditions: bool) -> None:
    if not all(conditions):
        raise Impossible


def _accept(tale: Tale, user: str, _told: Told, now: datetime) -> None:
    burst = tale.burst
    _need(burst.is_live, not burst.is_accepted)
    burst.end(now, "accept")
    tale.answer(user, now)
    burst.is_accepted = True
    if burst.state == "open":
        burst.state = "accepted"


def _decline(tale: Tale, user: str, _told: Told, now: datetime) -> None:
    burst = tale.burst
    _need(burst.is_live, not burst.is_accepted)
    passed = {user, burst.clinical, *burst.declined}
    line = [
        *tale.people.fillers(burst.owner_role, burst.sites, now),
        *tale.people.leads(burst.stream, now)[:1],
        *(
            one
            for word in ("programme_manager", "steering_duty", "steering_cell")
            for one in tale.reach(word, now)
        ),
    ]
    left = [one for one in line if one not in passed]
    _need(bool(left))
    burst.declined.add(user)
    tale.assign(left[0], now)


def _hand_over(tale: Tale, _user: str, told: Told, now: datetime) -> None:
    _need(tale.burst.is_live, told["to"] not in (tale.burst.owner, tale.burst.clinical))
    tale.assign(told["to"], now)


def _intake(tale: Tale, user: str, _told: Told, now: datetime) -> None:
    burst = tale.burst
    _need(burst.state in UNDER_WAY)
    tale.work(user, now)
    burst.end(now, "intake")


def _update(tale: Tale, user: str, told: Told, now: datetime) -> None:
    burst = tale.burst
    _need(burst.state in UNDER_WAY)
    if told["workaround"] not in (None, burst.workaround):
        burst.workaround = told["workaround"]
        if burst.is_live:
            burst.aim(now, now)
    is_nod = len(told["text"]) < SUBSTANTIVE_FROM or told["text"].casefold() in burst.said
    if not is_nod:
        tale.say(user, told["text"], now)


def _decide(tale: Tale, user: str, told: Told, now: datetime) -> None:
    _need(tale.burst.state in UNDER_WAY)
    tale.say(user, told["text"], now)


def _evidence(tale: Tale, user: str, told: Told, now: datetime) -> None:
    burst = tale.burst
    _need(burst.state in UNDER_WAY)
    burst.evidence.add(told["kind"])
    tale.say(user, told["text"], now)
    if burst.signed:
        asked = tale.awaited_users()
        burst.signed.clear()
        tale.ask_signers(now, asked)


def _pause(tale: Tale, user: str, told: Told, now: datetime) -> None:
    burst, standing = tale.burst, tale.burst.running("pause")
    _need(now < told["until"] <= burst.terms.business[0].add(now, "5bd"))
    if standing is not None:
        _need(may(tale, "extend_pause", user, now), told["until"] - standing.due >= WORTH_IT)
        standing.fixed_due = told["until"]
        return
    _need(burst.state in ("accepted", "working"), burst.severity != "sev1")
    resolve = burst.running("resolve")
    if resolve is not None:
        resolve.stop(now)
    burst.arm("pause", burst.terms.accept, now, told["until"])
    burst.state = "paused"


def _resume(tale: Tale, _user: str, _told: Told, now: datetime) -> None:
    _need(tale.burst.state == "paused")
    tale.end_pause(now)


def _severity(tale: Tale, user: str, told: Told, now: datetime) -> None:
    burst = tale.burst
    severity = tale.book.severity(*told["level"])
    _need(severity <= burst.severity or may(tale, "lower", user, now))
    _need(burst.is_live, (severity, told["level"]) != (burst.severity, burst.level))
    is_other = severity != burst.severity
    burst.severity, burst.level = severity, told["level"]
    if is_other:
        tale.known.severities.append((now + TICK, severity))
        burst.retarget(tale.book.terms(severity, burst.family, burst.stage, burst.sites, now), now)
    if severity == "sev1" and burst.state == "paused":
        tale.end_pause(now)


def _escalate(tale: Tale, user: str, _told: Told, now: datetime) -> None:
    burst = tale.burst
    _need(burst.is_live)
    for clock in _climbable(tale):
        known = {one.step.name for one in clock.fired}
        for step in clock.steps(burst.terms):
            words = (*step.notify, *(f"role:{role}" for role in step.bring))
            reached = {one for word in words for one in tale.reach(word, now)}
            if step.name not in known and reached - {burst.owner, user}:
                tale.fire(clock, step, now, now)
                return
    raise Impossible


def _climbable(tale: Tale) -> list[Promise]:
    """The clock to accept, a missed update, the resolve clock, and at last an update that is not missed."""
    armed = {clock.kind: clock for clock in tale.burst.clocks if clock.is_armed and clock.kind in LADDERED}
    clocks = [armed[kind] for kind in LADDERED if kind in armed]
    return sorted(clocks, key=lambda clock: clock.kind == "update" and clock.missed is None)


def _take_up(tale: Tale, user: str, _told: Told, now: datetime) -> None:
    burst = tale.burst
    escalated = [
        clock
        for clock in burst.clocks
        if clock.is_armed and clock.kind in LADDERED and (clock.missed or clock.fired)
    ]
    _need(burst.is_live, burst.taken_by is None, bool(escalated))
    fired = [one for clock in escalated for one in clock.fired]
    last = max((one.at for one in fired), default=now)
    times = [one.step.answer_within for one in fired if one.at == last and one.step.answer_within]
    patience = times or [burst.terms.accept]
    for clock in escalated:
        clock.hold(now)
    burst.arm("take_up", min(patience, key=lambda one: burst.terms.strictest(now, one)[0]), now)
    burst.taken_by = user
    tale.answer(user, now, by_take_up=True)


def _resolve(tale: Tale, _user: str, _told: Told, now: datetime) -> None:
    burst = tale.burst
    _need(burst.is_live, burst.is_accepted, len(burst.evidence) >= EVIDENCE_KINDS)
    _need(*(bool(tale.signers(seat)) for seat in tale.awaited()))
    burst.end(now, "resolve", "milestone", "update", "pause", "take_up", "staffing", "workaround")
    burst.arm("sign_off", burst.terms.accept, now)
    burst.state, burst.raiser_said = "resolved", False
    tale.ask_signers(now)
    tale.ping(now, [burst.raiser], "asked", "confirm")


def _sign_off(tale: Tale, user: str, _told: Told, now: datetime) -> None:
    burst = tale.burst
    seats = [seat for seat in tale.awaited() if user in tale.signers(seat)]
    _need(burst.state == "resolved", bool(seats))
    burst.signed[seats[0]] = user
    tale.known.answered.append((now, user, "sign_off"))
    if not tale.awaited():
        _close(tale, now)


def _confirm(tale: Tale, user: str, _told: Told, now: datetime) -> None:
    _need(tale.burst.state == "resolved", not tale.burst.raiser_said)
    tale.burst.raiser_said = True
    tale.known.answered.append((now, user, "confirm"))


def _send_back(tale: Tale, _user: str, _told: Told, now: datetime) -> None:
    burst = tale.burst
    _need(burst.state == "resolved")
    burst.end(now, "sign_off")
    tale.go_on(now)
    tale.ping(now, [burst.owner], "reminder", "resolve")


def _cancel(tale: Tale, _user: str, _told: Told, now: datetime) -> None:
    _need(tale.burst.state in UNDER_WAY)
    _close(tale, now)


def _close(tale: Tale, now: datetime) -> None:
    burst = tale.burst
    burst.end(now, *(clock.kind for clock in burst.clocks))
    burst.state = "closed"


def _reopen(tale: Tale, _user: str, _told: Told, now: datetime) -> None:
    burst = tale.burst
    _need(burst.state == "closed")
    tale.go_on(now)
    if burst.running("accept"):
        tale.ping(now, [burst.owner], "assigned", "accept")
    else:
        tale.ping(now, [burst.owner], "reminder", "resolve")


VERBS: Mapping[str, Callable[[Tale, str, Told, datetime], None]] = {
    "accept": _accept,
    "decline": _decline,
    "hand_over": _hand_over,
    "intake": _intake,
    "update": _update,
    "decide": _decide,
    "evidence": _evidence,
    "pause": _pause,
    "resume": _resume,
    "severity": _severity,
    "escalate": _escalate,
    "take_up": _take_up,
    "resolve": _resolve,
    "sign_off": _sign_off,
    "confirm": _confirm,
    "send_back": _send_back,
    "cancel": _cancel,
    "reopen": _reopen,
}
