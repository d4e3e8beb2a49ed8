"""What the log alone says about a burst: the check that nothing ever changes unlogged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias, cast

from bot.taskforce.burst import Burst, Correction, DecisionRequest, PastPause
from bot.taskforce.closure import valid_sign_offs
from bot.taskforce.decision import Detail, Entry
from bot.taskforce.response_clock import ResponseClock, StaleTakeUp
from bot.taskforce.terms import ClockKind, ClockState, EntryKind, Outcome, PauseReason, Seat, Severity, State
from bot.taskforce.told_clocks import Told

Voted: TypeAlias = tuple[str, str, str]


@dataclass(slots=True)
class Facts:
    """What can be known of a burst: from its log (``replay``) or from its state (``facts_of``).

    ``policy`` is the digest of the policy in force. ``clocks`` are whole but for ``wake_at``, by number;
    ``unknown_clocks`` are those that an earlier version logged without saying everything. ``votes`` has for
    each decision request what every seat has answered: by whom, what, and which option; ``extended`` the
    clocks that were given more time, and until when; ``followed_up`` the follow-up actions that are done; ``stale_take_ups`` who had an escalation, and nothing
    came of it.
    """

    state: State = State.OPEN
    severity: Severity = Severity.SEV4
    owner: str | None = None
    accepted: bool = False
    clinical_lead: str | None = None
    technical_lead: str | None = None
    people: set[str] = field(default_factory=set)
    policy: str | None = None
    clocks: dict[int, ResponseClock] = field(default_factory=dict)
    unknown_clocks: set[int] = field(default_factory=set)
    evidence: set[int] = field(default_factory=set)
    files: dict[tuple[int, str], str] = field(default_factory=dict)
    done_items: set[int] = field(default_factory=set)
    signed: set[Seat] = field(default_factory=set)
    votes: dict[int, dict[str, Voted]] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)
    extended: list[tuple[int, datetime]] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)
    followed_up: set[int] = field(default_factory=set)
    workaround: str = "none"
    outcome: Outcome | None = None
    taken_up_by: str | None = None
    channel: str | None = None
    pauses: tuple[PastPause, ...] = ()
    stale_take_ups: tuple[StaleTakeUp, ...] = ()
    corrections: tuple[Correction, ...] = ()
    closed_for: timedelta = timedelta()


def replay(entries: Iterable[Entry]) -> Facts:
    """Rebuild the facts from a whole log, oldest entry first; no body may be erased."""
    facts, told, paused, taken_up, closed = Facts(), Told(), _Pauses(), _TakeUps(), _Closed()
    for number, entry in enumerate(entries, start=1):
        paused.hear(entry)
        taken_up.hear(entry)
        closed.hear(entry)
        _apply(facts, entry)
        if entry.kind is EntryKind.CORRECTION:
            facts.corrections += (Correction(int(str(entry.body["entry"])), number),)
        told.hear(entry.body)
    facts.clocks, facts.unknown_clocks = told.clocks()
    facts.pauses, facts.stale_take_ups = tuple(paused.over), tuple(taken_up.stale)
    facts.closed_for = closed.lasted_for
    held = (ClockKind.TAKE_UP, ClockState.ARMED)
    if all((clock.kind, clock.state) != held for clock in facts.clocks.values()):
        facts.taken_up_by = None
    return facts


def facts_of(burst: Burst) -> Facts:
    """The same facts as the burst's state has them."""
    return Facts(
        state=burst.state,
        severity=burst.severity,
        owner=burst.owner,
        accepted=burst.accepted_at is not None,
        clinical_lead=burst.clinical_lead,
        technical_lead=burst.technical_lead,
        people={person.user for person in burst.participants if person.left_at is None},
        policy=burst.policy.digest,
        clocks={clock.number: replace(clock, wake_at=None) for clock in burst.clocks},
        evidence={piece.number for piece in burst.evidence if piece.withdrawn_at is None},
        files={
            (piece.number, file.id): file.digest or file.lost
            for piece in burst.evidence
            for file in piece.files
        },
        done_items={item.number for item in burst.checklist if item.done_at is not None},
        signed={sign_off.seat for sign_off in valid_sign_offs(burst)},
        votes={one.number: _votes(one) for one in burst.requests},
        extended=[(one.clock, one.until) for one in burst.extensions],
        asked={one.number for one in burst.enquiries},
        followed_up={one.number for one in burst.follow_ups if one.done_at is not None},
        decided={one.number for one in burst.requests if one.answered_at is not None},
        workaround=burst.workaround,
        outcome=burst.outcome,
        taken_up_by=burst.taken_up_by,
        channel=burst.place.channel if burst.place else None,
        pauses=burst.pauses,
        stale_take_ups=burst.stale_take_ups,
        corrections=burst.corrections,
        closed_for=burst.closed_for,
    )


class _Pauses:
    """The pauses that the entries heard so far tell of; an extension ends one and begins the next."""

    _ENDS = frozenset({EntryKind.RESUMED, EntryKind.RESOLVED, EntryKind.CLOSED})

    def __init__(self) -> None:
        self.over: list[PastPause] = []
        self._standing: tuple[PauseReason, datetime] | None = None

    def hear(self, entry: Entry) -> None:
        if entry.kind is not EntryKind.PAUSED and entry.kind not in self._ENDS:
            return
        if self._standing is not None:
            reason, since = self._standing
            self.over.append(PastPause(reason, since, max(since, entry.showed_at)))
        began = entry.kind is EntryKind.PAUSED
        self._standing = (PauseReason(str(entry.body["reason"])), entry.showed_at) if began else None


class _Closed:
    """The time between a closing and a reopening of the same burst, of which the entries heard so far tell."""

    def __init__(self) -> None:
        self.lasted_for = timedelta()
        self._since: datetime | None = None

    def hear(self, entry: Entry) -> None:
        if entry.kind is EntryKind.CLOSED:
            self._since = entry.showed_at
        elif entry.kind is EntryKind.REOPENED and "successor" not in entry.body and self._since:
            self.lasted_for += max(entry.showed_at - self._since, timedelta())
            self._since = None


class _TakeUps:
    """The take-ups that the entries heard so far tell of, and which of them nothing came of."""

    def __init__(self) -> None:
        self.stale: list[StaleTakeUp] = []
        self._fresh: tuple[str, datetime] | None = None

    def hear(self, entry: Entry) -> None:
        body = entry.body
        if entry.kind is EntryKind.TAKEN_UP or (entry.kind is EntryKind.ASKED and body["held"]):
            self._fresh = (entry.actor, entry.showed_at)
        elif entry.kind is EntryKind.MISSED and body["kind"] == ClockKind.TAKE_UP and self._fresh:
            self.stale.append(StaleTakeUp(*self._fresh, entry.showed_at))


def _apply(facts: Facts, entry: Entry) -> None:
    _apply_terms(facts, entry)
    _apply_people(facts, entry)
    _apply_proof(facts, entry)
    _apply_votes(facts, entry)
    _apply_from_above(facts, entry)
    _apply_changes(facts, entry.body)


def _apply_terms(facts: Facts, entry: Entry) -> None:
    body = entry.body
    match entry.kind:
        case EntryKind.OPENED:
            facts.severity = Severity(str(body["severity"]))
            facts.workaround = str(body["workaround"])
            facts.clinical_lead = _text(body, "clinical_lead")
            facts.technical_lead = _text(body, "technical_lead")
            facts.people.update(cast("Sequence[str]", body["people"]))
        case EntryKind.SEVERITY:
            facts.severity = Severity(str(body["to"]))
        case EntryKind.UPDATE:
            facts.workaround = str(body["workaround"])
        case EntryKind.CLOSED:
            facts.outcome = Outcome(str(body["outcome"]))
        case EntryKind.CHANNEL:
            facts.channel = _text(body, "channel")


def _apply_people(facts: Facts, entry: Entry) -> None:
    body = entry.body
    match entry.kind:
        case EntryKind.ASSIGNED:
            _seat(facts, Seat.OWNER, _text(body, "to"))
        case EntryKind.SEATED:
            _seat(facts, Seat(str(body["seat"])), _text(body, "to"))
        case EntryKind.ACCEPTED:
            facts.accepted = True
        case EntryKind.TAKEN_UP:
            facts.taken_up_by = entry.actor
        case EntryKind.ASKED if body["held"]:
            facts.taken_up_by = entry.actor
        case EntryKind.JOINED:
            facts.people.add(entry.actor)
        case EntryKind.ADDED:
            facts.people.add(str(body["user"]))
        case EntryKind.LEFT:
            facts.people.discard(entry.actor)


def _apply_proof(facts: Facts, entry: Entry) -> None:
    body = entry.body
    match entry.kind:
        case EntryKind.CHECKLIST:
            _set(facts.done_items, body["item"], present=body["done"] is True)
        case EntryKind.EVIDENCE if "number" in body:
            _set(facts.evidence, body["number"], present="withdrawn" not in body)
            for given in cast("Sequence[str]", body.get("files", ())):
                facts.files[int(str(body["number"])), given] = ""
        case EntryKind.FILE:
            facts.files[int(str(body["evidence"])), str(body["file"])] = str(body["digest"] or body["lost"])
        case EntryKind.SIGNED_OFF:
            facts.signed.add(Seat(str(body["seat"])))
        case EntryKind.SIGN_OFF_VOIDED:
            facts.signed.discard(Seat(str(body["seat"])))
        case EntryKind.SENT_BACK:
            facts.signed.clear()
        case EntryKind.REOPENED if "successor" not in body:
            facts.signed.clear()
            facts.outcome = None


def _apply_votes(facts: Facts, entry: Entry) -> None:
    body, by = entry.body, entry.actor
    number = body.get("request")
    if not isinstance(number, int):
        return
    match entry.kind:
        case EntryKind.DECISION_REQUESTED | EntryKind.DECISION_DEFERRED:
            facts.votes[number] = {}
        case EntryKind.DECISION_VOTED:
            others = {seat: vote for seat, vote in facts.votes[number].items() if vote[0] != by}
            voted = (by, str(body["verdict"]), str(body["option"]))
            facts.votes[number] = {**others, str(body["seat"]): voted}
        case EntryKind.DECISION:
            facts.decided.add(number)


def _apply_from_above(facts: Facts, entry: Entry) -> None:
    body = entry.body
    match entry.kind:
        case EntryKind.ACTION if "extended" in body:
            until = datetime.fromisoformat(str(body["until"]))
            facts.extended.append((int(str(body["extended"])), until))
        case EntryKind.ASKED:
            facts.asked.add(int(str(body["enquiry"])))
        case EntryKind.FOLLOW_UP if "done" in body:
            facts.followed_up.add(int(str(body["follow_up"])))


def _votes(request: DecisionRequest) -> dict[str, Voted]:
    return {vote.seat: (vote.by, vote.verdict.value, request.option(vote.option)) for vote in request.votes}


def _seat(facts: Facts, seat: Seat, user: str | None) -> None:
    if seat is Seat.OWNER:
        facts.owner, facts.accepted = user, False
    elif seat is Seat.CLINICAL_LEAD:
        facts.clinical_lead = user
    else:
        facts.technical_lead = user
    if user is not None:
        facts.people.add(user)


def _apply_changes(facts: Facts, body: Mapping[str, Detail]) -> None:
    """What every decision says with its last entry: the new state and policy; ``Told`` hears of the clocks."""
    if "state" in body:
        facts.state = State(str(body["state"]))
    if "policy" in body:
        facts.policy = str(body["policy"])


def _text(body: Mapping[str, Detail], name: str) -> str | None:
    value = body[name]
    return None if value is None else str(value)


def _set(numbers: set[int], number: Detail, *, present: bool) -> None:
    if present:
        numbers.add(int(str(number)))
    else:
        numbers.discard(int(str(number)))
