"""One burst as a value: what storage loads, what the domain turns into the next one.

Everything here is frozen. A lifecycle function builds the next burst with ``dataclasses.replace``, or
with ``having`` where it is done often, and hands it over inside a ``Decision``; storage writes the
difference. Children are numbered within their burst (1, 2, ...), so that the domain can name them before
anything is stored. All times are aware UTC; people are Slack user ids.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeAlias

from bot.taskforce.follow_ups import FollowUp
from bot.taskforce.having import Having
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import ResponseClock, StaleTakeUp
from bot.taskforce.terms import (
    ClockKind,
    Outcome,
    PauseReason,
    Seat,
    Severity,
    State,
    Verdict,
)

Answer: TypeAlias = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who belongs to the burst, and by what.

    ``raiser``, ``joined``, ``added``, ``privacy``, ``ladder`` (a step reached them) or ``role:<id>``.
    """

    user: str
    via: str
    added_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody the burst needs who has no Slack user: shown on the card, never pinged."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Entry number ``entry`` of the log was corrected by entry number ``by``."""

    entry: int
    by: int


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of the checklist; ``blocks_closure`` keeps the burst open until it is done.

    One that does not apply (``applies``) counts as done, and its ``note`` says why.
    """

    number: int
    text: str
    source: str  # "family", "conditional:<id>", "intake", "person", "privacy:<ts of a message>"
    assignee: str | None = None
    blocks_closure: bool = False
    done_at: datetime | None = None
    done_by: str | None = None
    note: str = ""
    applies: bool = True


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of Slack's that was given as evidence, and what became of the copy that we keep of it.

    ``id`` is Slack's. ``digest`` (SHA-256, hexadecimal) names the copy; it is empty until there is one, and
    ``lost`` then says, in words, why there is none, or is empty while it is still to come. ``name`` has nothing
    in it that the privacy guard found; ``doubts`` are what the guard was not sure of in a text, by category.
    """

    id: str
    name: str = ""
    type: str = ""
    size: int = 0
    digest: str = ""
    doubts: tuple[str, ...] = ()
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Typed proof that it is fixed. ``kind`` is one of the family's; a withdrawn piece no longer counts."""

    number: int
    kind: str
    text: str
    added_by: str
    added_at: datetime
    link: str | None = None
    files: tuple[EvidenceFile, ...] = ()
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """A co-lead's yes to the evidence. ``voided_at`` is set when the evidence changed afterwards."""

    seat: Seat
    user: str
    signed_at: datetime
    voided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """One holder's answer to a decision request. ``by`` gave it for ``seat``: themselves, or whom they stand in for.

    ``option`` is the number of the option that was approved, ``until`` the time to which it was deferred.
    """

    seat: str
    by: str
    verdict: Verdict
    reason: str
    at: datetime
    option: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """A question put to whoever holds the right to decide it.

    ``options`` are numbered from 1, and ``recommended`` and ``chosen`` name one of them. ``quorum`` holders
    must agree; ``votes`` has the latest answer of each seat. ``answer`` is the reason of the vote that
    decided, ``verdict`` what was decided (None while it is open, and for what was answered in words alone).
    """

    number: int
    question: str
    asked_by: str
    asked_at: datetime
    right: str
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    options: tuple[str, ...] = ()
    recommended: int | None = None
    clinical_impact: str = ""
    technical_impact: str = ""
    quorum: int = 1
    votes: tuple[Vote, ...] = ()
    verdict: Verdict | None = None
    chosen: int | None = None

    def option(self, number: int | None) -> str:
        """The option of that number in words; empty without one."""
        return self.options[number - 1] if number is not None else ""

    @property
    def voted(self) -> frozenset[str]:
        """The seats that have answered."""
        return frozenset(vote.seat for vote in self.votes)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that somebody above gave a clock: until when, and how much working time that added."""

    clock: int
    kind: ClockKind
    by: str
    at: datetime
    until: datetime
    added_for: timedelta


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A question from above to the owner and the co-leads, and who answered it."""

    number: int
    question: str
    asked_by: str
    asked_at: datetime
    answer_by: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the burst lives in Slack: its own channel, or a thread of another one when none could be made.

    ``ours`` is true when we created the channel and may archive it.
    """

    channel: str
    thread_ts: str | None = None
    ours: bool = True


@dataclass(frozen=True, slots=True)
class MilestoneDate:
    """A day that the programme set for a stage at a burst's sites, and what it is called."""

    label: str
    on: date


@dataclass(frozen=True, slots=True)
class Pause:
    """Why and until when the resolve clock stands still."""

    reason: PauseReason
    since: datetime
    until: datetime
    reference: str = ""


@dataclass(frozen=True, slots=True)
class PastPause:
    """A stretch for which the resolve clock stood still, and why; an extension begins another one."""

    reason: PauseReason
    since: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the one who resolved it said.

    ``suggested`` is the delay cause that the log suggested just then, and ``suggested_why`` the reason in words;
    both are empty when it suggested none.
    """

    fix: str
    cause: str
    also: tuple[str, ...]
    shorter: str
    sites_same: str  # "same", "different", "not_checked"
    follow_up: str = ""
    suggested: str = ""
    suggested_why: str = ""


@dataclass(frozen=True)
class Burst(Having):
    """One blocker and the temporary task force that resolves it."""

    id: int
    version: int
    title: str
    family: str
    family_label: str
    workstream: str
    stage: str
    sites: tuple[str, ...]
    impact: int
    urgency: int
    severity: Severity
    workflow_impact: str
    workaround: str  # "none", "partial", "full"
    answers: Mapping[str, Answer]
    state: State
    private: bool
    raiser: str
    policy: Policy
    opened_at: datetime
    needed_on: date | None = None
    milestone: MilestoneDate | None = None  # the stage's next, where nobody said by when it is needed
    drill: bool = False
    owner: str | None = None
    owner_role: str = ""
    owner_reason: str = ""
    assigned_at: datetime | None = None
    accepted_at: datetime | None = None
    clinical_lead: str | None = None
    technical_lead: str | None = None
    participants: tuple[Participant, ...] = ()
    contacts: tuple[Contact, ...] = ()
    clocks: tuple[ResponseClock, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    requests: tuple[DecisionRequest, ...] = ()
    extensions: tuple[Extension, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    # What closing needs, frozen at opening: evidence kinds of the family as (id, label, type).
    evidence_kinds: tuple[tuple[str, str, str], ...] = ()
    # Role ids of the family that speak for the technical side: whoever holds one may check a fix.
    technical_roles: tuple[str, ...] = ()
    # Digests of everything substantive that was said, to tell news from a repeat without keeping the text twice.
    news: tuple[str, ...] = ()
    pause: Pause | None = None
    pauses: tuple[PastPause, ...] = ()  # those that are over
    resolution: Resolution | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    raiser_answer: str | None = None  # None, "works", "does_not"
    signed_off_at: datetime | None = None
    outcome: Outcome | None = None
    duplicate_of: int | None = None
    closed_at: datetime | None = None
    closed_for: timedelta = timedelta()  # until it was reopened, each time; that is no life
    archive_at: datetime | None = None
    archived_at: datetime | None = None
    reopened_from: int | None = None
    taken_up_by: str | None = None
    stale_take_ups: tuple[StaleTakeUp, ...] = ()
    place: Place | None = None
    place_lost: str = ""  # why the burst has no channel of its own, in words; empty while all is well
    refusals: tuple[str, ...] = ()  # courtesies that Slack refused, once each: "set_topic: restricted_action"
    log_count: int = 0
    corrections: tuple[Correction, ...] = ()  # of entries of the log, in their order
    log_head: str = ""
    transcript_note: str = field(default="")
    same_as: int | None = None  # the burst at another site that it was raised as the same as
    same_at: tuple[int, ...] = ()  # those at other sites that were raised as the same as this one
    raised_from: str = ""  # the address of the message that it was raised from; empty when there was none

    @property
    def key(self) -> str:
        """The name people use: ``BURST-42``."""
        return f"BURST-{self.id}"
