"""Who may do what: the table of roles and rights, and the words in which a right is refused."""

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import Refused
from bot.taskforce.burst import Burst
from bot.taskforce.terms import ClockState, Standing


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with everything that rights depend on.

    ``leads`` are the workstreams that the person leads; ``standing`` how they belong to the workspace.
    """

    user: str
    standing: Standing = Standing.MEMBER
    leads: frozenset[str] = frozenset()
    steering: bool = False
    admin: bool = False


class Right(StrEnum):
    """What can be allowed."""

    OPEN = "open"
    READ = "read"
    JOIN = "join"
    CONTRIBUTE = "contribute"  # update, evidence, checklist, facts, escalating
    CORRECT = "correct"  # what somebody else put into the log; what one logged oneself takes CONTRIBUTE
    EXPAND = "expand"  # pull in people, raise the severity, supply a channel
    DECIDE = "decide"  # log a decision that needs no right, or ask for one that does
    RULE = "rule"  # decide what the register gives one the right to
    ANSWER = "answer"  # accept or decline ownership
    HAND_OVER = "hand_over"
    SEAT = "seat"
    LOWER_SEVERITY = "lower_severity"
    EXTEND = "extend"
    PAUSE = "pause"  # and resume, and resolve
    EXTEND_PAUSE = "extend_pause"
    SIGN_OFF = "sign_off"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    REOPEN = "reopen"
    KEEP_OPEN = "keep_open"
    FOLLOW_UP = "follow_up"  # report another's follow-up action as done
    TAKE_UP = "take_up"
    ADMINISTER = "administer"


class Part(StrEnum):
    """What somebody is to a burst; one person can be several."""

    MEMBER = "member"  # of the workspace, nothing to the burst
    RAISER = "raiser"
    PARTICIPANT = "participant"
    OWNER = "owner"
    CO_LEAD = "co_lead"
    SIGNER = "signer"  # may check the fix for the technical side
    REACHED = "reached"  # notified by a ladder step that still matters
    WORKSTREAM_LEAD = "workstream_lead"
    STEERING = "steering"
    ADMIN = "admin"


_TEAM = frozenset({Part.RAISER, Part.PARTICIPANT, Part.OWNER, Part.CO_LEAD})
_ABOVE = frozenset({Part.WORKSTREAM_LEAD, Part.STEERING})
_INVOLVED = _TEAM | _ABOVE | {Part.ADMIN}
_LEADING = frozenset({Part.OWNER, Part.CO_LEAD})

TABLE: dict[Right, frozenset[Part]] = {
    Right.OPEN: frozenset(Part),
    Right.READ: frozenset(Part),
    Right.JOIN: frozenset(Part),
    Right.CONTRIBUTE: _INVOLVED | {Part.REACHED},
    Right.CORRECT: _LEADING | {Part.STEERING},
    Right.EXPAND: _INVOLVED | {Part.REACHED},
    Right.DECIDE: _INVOLVED | {Part.REACHED},
    Right.RULE: frozenset(Part),
    Right.ANSWER: frozenset({Part.OWNER}),
    Right.HAND_OVER: _LEADING | _ABOVE,
    Right.SEAT: _LEADING | _ABOVE,
    Right.LOWER_SEVERITY: _ABOVE,
    Right.EXTEND: _ABOVE,
    Right.PAUSE: _LEADING | {Part.STEERING},
    Right.EXTEND_PAUSE: frozenset({Part.CO_LEAD, Part.STEERING}),
    Right.SIGN_OFF: frozenset({Part.CO_LEAD, Part.SIGNER}),
    Right.SEND_BACK: frozenset({Part.CO_LEAD, Part.SIGNER, Part.RAISER}),
    Right.CONFIRM: frozenset({Part.RAISER}),
    Right.CANCEL: _ABOVE | {Part.OWNER},
    Right.REOPEN: _LEADING | _ABOVE | {Part.RAISER},
    Right.KEEP_OPEN: frozenset({Part.CO_LEAD}),
    Right.FOLLOW_UP: _LEADING | _ABOVE,
    Right.TAKE_UP: _ABOVE | {Part.REACHED},
    Right.ADMINISTER: frozenset({Part.ADMIN}),
}

# A private burst and its archive are for its members, its stream's lead and the steering cell.
_PRIVATE_READERS = _TEAM | _ABOVE | {Part.SIGNER, Part.REACHED}

# Guests and people of other organisations take part where they were added, and do nothing else.
_GUEST_RIGHTS = frozenset({Right.READ, Right.CONTRIBUTE})

_WHO: dict[Right, str] = {
    Right.OPEN: "Only full members of this workspace can raise a blocker.",
    Right.READ: "There is no such burst that you can see.",
    Right.JOIN: "Only full members of this workspace can join; somebody in the burst can add you.",
    Right.CONTRIBUTE: "Only people who take part in this burst can do that. Join it first.",
    Right.CORRECT: "Only whoever logged it, the owner, a co-lead or the steering cell can correct an entry.",
    Right.EXPAND: "Only people who take part in this burst can do that. Join it first.",
    Right.DECIDE: "Only people who take part in this burst can do that. Join it first.",
    Right.RULE: "Only full members of this workspace can decide.",
    Right.ANSWER: "Only the accountable owner can accept or decline.",
    Right.HAND_OVER: "Only the owner, a co-lead, the workstream's lead or the steering cell can hand over.",
    Right.SEAT: "Only the owner, a co-lead, the workstream's lead or the steering cell can fill a seat.",
    Right.LOWER_SEVERITY: "Only the workstream's lead or the steering cell can lower the severity.",
    Right.EXTEND: "Only the workstream's lead or the steering cell can extend a clock.",
    Right.PAUSE: "Only the owner, a co-lead or the steering cell can do that.",
    Right.EXTEND_PAUSE: "Only a co-lead or the steering cell can extend a pause.",
    Right.SIGN_OFF: "Only the co-leads can sign off, each for their own seat.",
    Right.SEND_BACK: "Only a co-lead or the person who raised it can send it back.",
    Right.CONFIRM: "Only the person who raised it can say whether it works for them.",
    Right.CANCEL: "Only the owner, the workstream's lead or the steering cell can cancel; "
    "the person who raised it can until it is accepted.",
    Right.REOPEN: "Only the person who raised it, the owner, a co-lead, the workstream's lead "
    "or the steering cell can reopen.",
    Right.KEEP_OPEN: "Only a co-lead can keep the channel open.",
    Right.FOLLOW_UP: "Only the person whose action it is, the owner, a co-lead, the workstream's lead "
    "or the steering cell can say that it is done.",
    Right.TAKE_UP: "Only the steering cell, the workstream's lead or somebody it was escalated to can take it up "
    "or ask for more.",
    Right.ADMINISTER: "Only an administrator can do that.",
}

_GUESTS = (
    "Guests and people of other organisations can follow a burst that they were added to, post updates, "
    "add evidence and escalate, and nothing else."
)


def members(burst: Burst) -> frozenset[str]:
    """Everybody who belongs to the burst now: participants, raiser, owner and co-leads."""
    present = {person.user for person in burst.participants if person.left_at is None}
    seats = {burst.raiser, burst.owner, burst.clinical_lead, burst.technical_lead}
    return frozenset(present | {user for user in seats if user is not None})


def technical_signers(burst: Burst) -> tuple[str, ...]:
    """Who may check the fix for the technical side; never the owner, never the clinical co-lead.

    The technical co-lead; where that is the owner (or nobody), the other people of the burst who
    hold one of the family's technical roles.
    """
    barred = {burst.owner, burst.clinical_lead}
    if burst.technical_lead is not None and burst.technical_lead not in barred:
        return (burst.technical_lead,)
    roles = {f"role:{role}" for role in burst.technical_roles}
    return tuple(
        person.user
        for person in burst.participants
        if person.left_at is None and person.via in roles and person.user not in barred
    )


def parts(actor: Actor, burst: Burst | None) -> frozenset[Part]:
    """What the actor is to the burst; without one, only what they are to the workspace."""
    found = {Part.MEMBER}
    if actor.steering:
        found.add(Part.STEERING)
    if actor.admin:
        found.add(Part.ADMIN)
    if burst is None:
        return frozenset(found)
    held = {
        Part.RAISER: actor.user == burst.raiser,
        Part.PARTICIPANT: actor.user in members(burst),
        Part.OWNER: actor.user == burst.owner,
        Part.CO_LEAD: actor.user in {burst.clinical_lead, burst.technical_lead},
        Part.SIGNER: actor.user in technical_signers(burst),
        Part.REACHED: _was_reached(actor.user, burst),
        Part.WORKSTREAM_LEAD: burst.workstream in actor.leads,
    }
    return frozenset(found | {part for part, holds in held.items() if holds})


def allows(right: Right, actor: Actor, burst: Burst | None) -> bool:
    """Whether the actor has the right on this burst (None: where no burst is concerned).

    Nobody acts on a burst that they may not read.
    """
    if actor.standing is Standing.DEACTIVATED:
        return False
    roles = parts(actor, burst)
    if actor.standing is not Standing.MEMBER:
        return right in _GUEST_RIGHTS and Part.PARTICIPANT in roles
    if burst is not None and burst.private and not roles & _PRIVATE_READERS:
        return False
    if right is Right.CANCEL and burst is not None and burst.accepted_at is None and Part.RAISER in roles:
        return True
    return bool(roles & TABLE[right])


def require(right: Right, actor: Actor, burst: Burst | None) -> None:
    """Raise ``Refused`` (code ``not_allowed``) saying who can, unless the actor has the right.

    About a private burst an outsider hears only that there is nothing to see (code ``unknown_burst``).
    """
    if allows(right, actor, burst):
        return
    if right is not Right.READ and burst is not None and not allows(Right.READ, actor, burst):
        right = Right.READ
    if right is Right.READ:
        raise Refused("unknown_burst", _WHO[Right.READ])
    if actor.standing is not Standing.MEMBER and right not in {Right.OPEN, Right.JOIN}:
        raise Refused("not_allowed", _GUESTS)
    raise Refused("not_allowed", _WHO[right])


def _was_reached(user: str, burst: Burst) -> bool:
    return any(
        user in step.reached
        for clock in burst.clocks
        if clock.state is ClockState.ARMED
        for step in clock.fired
    )
