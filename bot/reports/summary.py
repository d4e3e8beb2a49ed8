"""The one-page answer to what happened: built from the burst and its log, rendered by whoever shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.reports.delay import Delay, told_delay
from bot.reports.durations import local_time, site_zone
from bot.reports.entries import LoggedEntry, body_of
from bot.reports.entry_words import told
from bot.reports.labels import Labels
from bot.reports.phases import HandOffs, Phase, hand_offs, phases
from bot.reports.promises import Promises, Time, promises, time_taken
from bot.reports.proof import Proof, Signature, proofs, signatures
from bot.reports.told_entry import Told
from bot.reports.words import OUTCOME, RAISER_ANSWER, SITES_SAME, WORKAROUND
from bot.taskforce.burst import Burst, Resolution
from bot.taskforce.corrections import latest
from bot.taskforce.delay import delay_of
from bot.taskforce.forgetting import ERASED
from bot.taskforce.ledger import ledger_of
from bot.taskforce.response_clock import FiredStep
from bot.taskforce.terms import EntryKind, Outcome

# The entries that a timeline of one page tells; the log has all of them.
TURNING_POINTS = frozenset(
    {
        EntryKind.OPENED,
        EntryKind.ASSIGNED,
        EntryKind.ACCEPTED,
        EntryKind.DECLINED,
        EntryKind.HANDED_OVER,
        EntryKind.SEVERITY,
        EntryKind.REBASED,
        EntryKind.PAUSED,
        EntryKind.RESUMED,
        EntryKind.MISSED,
        EntryKind.RESOLVED,
        EntryKind.CONFIRMED,
        EntryKind.SIGNED_OFF,
        EntryKind.SENT_BACK,
        EntryKind.CORRECTION,
        EntryKind.CANCELLED,
        EntryKind.CLOSED,
        EntryKind.REOPENED,
    }
)
_ESCALATIONS = frozenset({EntryKind.ESCALATED, EntryKind.TAKEN_UP})
_FROM_ABOVE = _ESCALATIONS | {EntryKind.ASKED, EntryKind.ACTION}
_NAMING_THE_OWNER = frozenset({EntryKind.DECLINED, EntryKind.HANDED_OVER})
_NOTHING: Mapping[int, str] = {}
_DECISIONS = frozenset(
    {EntryKind.DECISION, EntryKind.DECISION_REQUESTED, EntryKind.DECISION_VOTED, EntryKind.DECISION_DEFERRED}
)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the log in plain words; ``answer`` is what came of it, when something did.

    ``moments`` are those that the headline may name.
    """

    at: datetime
    headline: str
    text: str
    answer: str = ""
    moments: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that the summary says, in plain words (unescaped); times are aware UTC.

    ``resolved_for`` is the time from opening to the last "it is fixed", None when it was cancelled.
    ``same_as`` is the key of the burst at another site as which it was raised, ``same_at`` are those that were
    raised as the same as this one.

    ``held_since`` is when it was put on hold, so that nothing of it is erased; None while it is not.

    ``fix_corrected_by`` is the entry of the log that corrected ``fix`` last; None when none did.

    ``delay`` is what lies beyond the promise to resolve. ``suggested`` is the cause that the log suggested when it
    was resolved, ``suggested_why`` its reason; both are empty when it suggested none.
    """

    burst_id: int
    key: str
    title: str
    drill: bool
    private: bool
    outcome: str
    duplicate_of: str
    reopened_from: str
    same_as: str
    same_at: tuple[str, ...]
    severity: str
    family: str
    workstream: str
    stage: str
    sites: tuple[str, ...]
    raiser: str
    workflow_impact: str
    workaround: str
    needed_on: date | None
    facts: tuple[tuple[str, str], ...]
    opened_at: datetime
    closed_at: datetime | None
    held_since: datetime | None
    resolved_for: timedelta | None
    zone: ZoneInfo
    timeline: tuple[Line, ...]
    phases: tuple[Phase, ...]
    hand_offs: HandOffs
    promises: tuple[Promises, ...]
    time: Time | None
    escalations: tuple[Line, ...]
    decisions: tuple[Line, ...]
    fix: str
    fix_corrected_by: int | None
    evidence: tuple[Proof, ...]
    signatures: tuple[Signature, ...]
    raiser_answer: str
    cause: str
    other_causes: tuple[str, ...]
    suggested: str
    suggested_why: str
    delay: Delay
    shorter: str
    other_sites: str
    follow_up: str
    people: tuple[tuple[str, str], ...]
    refusals: tuple[str, ...]
    log_count: int
    log_head: str

    @property
    def blocked(self) -> str:
        """What people could not do, or that a burst opened in one line never heard it."""
        return self.workflow_impact.strip() or "Nobody said."


def summarise(
    burst: Burst,
    entries: Sequence[LoggedEntry],
    labels: Labels,
    *,
    now: datetime,
    held_since: datetime | None = None,
) -> Summary:
    """The summary of a burst as it stands; ``entries`` is its whole log in order."""
    solved = burst.resolution if burst.outcome in {None, Outcome.RESOLVED} else None
    ledger = ledger_of(entries, now)
    return Summary(
        burst_id=burst.id,
        key=burst.key,
        title=burst.title,
        drill=burst.drill,
        private=burst.private,
        outcome=OUTCOME[burst.outcome] if burst.outcome else "Not closed",
        duplicate_of=_key(burst.duplicate_of),
        reopened_from=_key(burst.reopened_from),
        same_as=_key(burst.same_as),
        same_at=tuple(map(_key, burst.same_at)),
        severity=f"{burst.severity} {burst.policy.label} (impact {burst.impact}, urgency {burst.urgency})",
        family=burst.family_label,
        workstream=labels.workstream(burst.workstream),
        stage=labels.stage(burst.stage),
        sites=tuple(labels.site(code) for code in burst.sites),
        raiser=labels.name(burst.raiser),
        workflow_impact=burst.workflow_impact,
        workaround=WORKAROUND.get(burst.workaround, burst.workaround),
        needed_on=burst.needed_on,
        facts=labels.facts(burst),
        opened_at=burst.opened_at,
        closed_at=burst.closed_at,
        held_since=held_since,
        resolved_for=burst.resolved_at - burst.opened_at if solved and burst.resolved_at else None,
        zone=site_zone(burst),
        timeline=tuple(_lines(burst, entries, labels, TURNING_POINTS)),
        phases=phases(ledger),
        hand_offs=hand_offs(ledger, labels),
        promises=promises(burst),
        time=time_taken(burst, now),
        escalations=tuple(_lines(burst, entries, labels, _FROM_ABOVE)),
        decisions=tuple(_lines(burst, entries, labels, _DECISIONS, _said_instead(burst, entries))),
        fix=solved.fix if solved else "",
        fix_corrected_by=_fix_corrected_by(burst, entries) if solved else None,
        evidence=proofs(burst, entries, labels),
        signatures=signatures(burst, labels),
        raiser_answer=RAISER_ANSWER.get(burst.raiser_answer, "") if solved else "",
        cause=labels.cause(solved.cause) if solved else "",
        other_causes=tuple(labels.cause(cause) for cause in solved.also) if solved else (),
        suggested=labels.cause(solved.suggested) if solved and solved.suggested else "",
        suggested_why=solved.suggested_why if solved else "",
        delay=told_delay(burst, entries, delay_of(burst, entries, ledger, now), labels),
        shorter=solved.shorter if solved else "",
        other_sites=SITES_SAME.get(solved.sites_same, solved.sites_same) if solved else "",
        follow_up=_follow_up(burst, solved, labels) if solved else "",
        people=_people(burst, labels),
        refusals=burst.refusals,
        log_count=burst.log_count,
        log_head=burst.log_head,
    )


def _key(burst_id: int | None) -> str:
    return "" if burst_id is None else f"BURST-{burst_id}"


def _lines(
    burst: Burst,
    entries: Sequence[LoggedEntry],
    labels: Labels,
    kinds: frozenset[EntryKind],
    said_instead: Mapping[int, str] = _NOTHING,
) -> Iterator[Line]:
    before: EntryKind | None = None
    for position, entry in enumerate(entries):
        told_before = entry.kind is EntryKind.ASSIGNED and before in _NAMING_THE_OWNER
        if entry.kind in kinds and not told_before and not _is_theirs(entry):
            words: Told = told(burst, entry, labels)
            answer = _answer(burst, entry, entries[position + 1 :], labels)
            text = said_instead.get(entry.number, words.text)
            yield Line(entry.at, words.headline, text, answer, words.moments)
        before = entry.kind


def _said_instead(burst: Burst, entries: Sequence[LoggedEntry]) -> Mapping[int, str]:
    """What entries that were corrected should have said, by their numbers."""
    said = {
        one.number: ERASED if one.body is None else body_of(one).text("text")
        for one in entries
        if one.kind is EntryKind.CORRECTION
    }
    return {number: said[by] for number, by in latest(burst.corrections).items() if by in said}


def _fix_corrected_by(burst: Burst, entries: Sequence[LoggedEntry]) -> int | None:
    """The entry that corrected what whoever resolved it last had said."""
    resolved = [entry.number for entry in entries if entry.kind is EntryKind.RESOLVED]
    return latest(burst.corrections).get(resolved[-1]) if resolved else None


def _is_theirs(entry: LoggedEntry) -> bool:
    """Whether it is an action of the people who work on it, and not more time that was given."""
    return entry.kind is EntryKind.ACTION and body_of(entry).number("extended") is None


def _answer(burst: Burst, entry: LoggedEntry, later: Sequence[LoggedEntry], labels: Labels) -> str:
    """Who answered a ladder step that the entry tells of, or took it up before the next one fired."""
    if entry.kind is not EntryKind.ESCALATED:
        return ""
    fired = _fired(burst, entry)
    if fired is not None and fired.answered_at is not None:
        taken_up = any(one.taken_up for one in fired.answers if one.user == fired.answered_by)
        by = labels.name(fired.answered_by) if fired.answered_by else "somebody"
        return f"{'Taken up' if taken_up else 'Answered'} by {by}"
    following = next((one for one in later if one.kind in _ESCALATIONS), None)
    if following is not None and following.kind is EntryKind.TAKEN_UP:
        return f"Taken up by {labels.name(following.actor)}"
    return "No answer"


def _fired(burst: Burst, entry: LoggedEntry) -> FiredStep | None:
    body = body_of(entry)
    clock = next((clock for clock in burst.clocks if clock.number == body.number("clock")), None)
    fired = clock.fired if clock else ()
    return next((step for step in fired if step.step == body.text("step")), None)


def _follow_up(burst: Burst, solved: Resolution, labels: Labels) -> str:
    """What is still to be done, a line each; what an earlier version kept as one text stays as it was written."""
    zone = site_zone(burst)
    lines = (
        f"{one.number}. {one.text} ({labels.name(one.owner)}, "
        + (f"done {local_time(one.done_at, zone)})" if one.done_at else f"by {local_time(one.due_at, zone)})")
        for one in burst.follow_ups
    )
    return "\n".join(lines) or solved.follow_up


def _people(burst: Burst, labels: Labels) -> tuple[tuple[str, str], ...]:
    """Everybody who took part once, with what they were: seats first."""
    parts: dict[str, list[str]] = {}
    seats = (
        (burst.owner, "accountable owner"),
        (burst.clinical_lead, "clinical co-lead"),
        (burst.technical_lead, "technical co-lead"),
        (burst.raiser, "raiser"),
    )
    for user, part in seats:
        if user:
            parts.setdefault(user, []).append(part)
    for participant in burst.participants:
        if participant.user not in parts:
            role = participant.via.removeprefix("role:")
            other = "asked by the ladder" if participant.via == "ladder" else "participant"
            parts[participant.user] = [labels.role(role) if role != participant.via else other]
    return tuple((labels.name(user), ", ".join(part)) for user, part in parts.items())
