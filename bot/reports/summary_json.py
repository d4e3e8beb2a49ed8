"""The summary as JSON, for programs: what each field means is published as a JSON schema.

``VERSION`` rises when a field goes away or changes its meaning; a field that comes is no new version.
Times are UTC, lengths of time whole seconds, texts plain words as a person reads them.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.reports.delay import Lost
from bot.reports.phases import HandOffs, Phase
from bot.reports.promises import Promises, Time
from bot.reports.proof import Proof, Signature
from bot.reports.summary import Line, Summary

VERSION: Literal[1] = 1


class Document(BaseModel):
    """A part of the document: nothing but its own fields, and none that is left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(Document):
    """A question of the family's form with its answer."""

    question: str
    answer: str


class Happening(Document):
    """An entry of the log in plain words."""

    at: AwareDatetime
    headline: str
    text: str = Field(
        description="What a person wrote; empty when nobody did, and `(erased)` once it was erased."
    )
    answer: str = Field(description="What came of it; empty when that is no question.")


class TimeSpent(Document):
    """How long the burst was in one phase, by the clock on the wall."""

    phase: str
    seconds: int
    percent: int = Field(description="Its share of the whole life; all of them add up to 100.")


class ChangeOfOwner(Document):
    """Another owner, and how long the burst lay with them until they acted, or until the next or the end."""

    to: str
    seconds: int
    acted: bool


class ChangesOfOwner(Document):
    """Every change of owner, and how long the burst lay with new owners."""

    each: tuple[ChangeOfOwner, ...]
    median_seconds: int | None
    percent: int = Field(description="The share of the life for which it lay there.")


class PromiseKept(Document):
    """What became of the promises of one kind."""

    kind: str
    label: str
    kept: int
    missed: int
    worst_late_seconds: int | None = Field(description="Lateness of the latest that was met late.")
    extended: str = Field(description="How often and by how much it was extended; empty when never.")


class Pause(Document):
    """How long the clock stood still for one reason."""

    reason: str
    seconds: int


class TimeToResolve(Document):
    """Working time used and promised, and the time by the clock on the wall."""

    net_seconds: int
    promised_seconds: int
    wall_seconds: int
    paused: tuple[Pause, ...]


class EvidenceCopy(Document):
    """A file that was given as evidence."""

    name: str
    sha256: str = Field(description="Of the copy that is kept, hexadecimal; empty when there is none.")
    lost: str = Field(description="Why there is no copy; empty when there is one, or it is still to come.")


class SignOff(Document):
    """Who accepted the evidence, for which seat."""

    seat: str
    name: str
    signed_at: AwareDatetime


class Evidence(Document):
    """A piece of evidence that counts."""

    kind: str
    text: str
    link: str
    added_by: str
    added_at: AwareDatetime
    files: tuple[EvidenceCopy, ...]
    verified_by: tuple[SignOff, ...] = Field(
        description="The sign-offs in force that were given when it was there."
    )
    corrected_by: int | None = Field(
        description="The entry of the log that corrected the text last; null when none did."
    )


class LostTime(Document):
    """Time beyond the promise that is put down to one cause, and why."""

    cause: str
    why: str
    seconds: int = Field(description="By the clock on the wall.")
    working_seconds: int = Field(description="Working time without pauses.")
    percent: int = Field(description="Its share by the clock on the wall; all of them add up to 100.")


class Delay(Document):
    """Why time was lost: causes as whoever resolved it confirmed them, empty when none was named."""

    main_cause: str
    other_causes: tuple[str, ...]
    suggested_cause: str = Field(
        description="What the log suggested when it was resolved; empty when nothing."
    )
    suggested_why: str
    over_seconds: int = Field(
        description="By how much the promise to resolve was exceeded by the clock on the wall."
    )
    over_working_seconds: int = Field(description="The same in working time without pauses.")
    lost: tuple[LostTime, ...] = Field(
        description="What that is put down to; the parts add up to it, but for fractions of a second."
    )
    shorter: str = Field(description="What would have made it shorter.")


class Person(Document):
    """Somebody who took part."""

    name: str
    part: str


class LogEnd(Document):
    """How many entries the log has, and the hash of the last, which holds all the others."""

    entries: int
    last_hash: str


class SummaryDocument(Document):
    """The summary of one burst."""

    version: Literal[1] = Field(description="The version of this format.")
    key: str
    title: str
    drill: bool
    private: bool
    outcome: str
    duplicate_of: str = Field(description="The key of the burst that it duplicates; empty when of none.")
    reopened_from: str = Field(description="The key of the burst that it goes on from; empty when from none.")
    same_as: str = Field(
        description="The key of the burst at another site that it was raised as the same as; empty when of none."
    )
    same_at: tuple[str, ...] = Field(
        description="The keys of those at other sites that were raised as the same as this one."
    )
    severity: str
    family: str
    workstream: str
    stage: str
    sites: tuple[str, ...]
    time_zone: str = Field(description="IANA name of the site's time zone.")
    raised_by: str
    workflow_impact: str
    workaround: str
    needed_by: date | None
    facts: tuple[Answer, ...]
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None
    held_since: AwareDatetime | None = Field(
        description="When it was put on hold, so that nothing of it is erased; null while it is not."
    )
    resolved_after_seconds: int | None
    timeline: tuple[Happening, ...]
    time_spent: tuple[TimeSpent, ...]
    changes_of_owner: ChangesOfOwner
    time_to_resolve: TimeToResolve | None
    promises: tuple[PromiseKept, ...]
    escalations: tuple[Happening, ...]
    decisions: tuple[Happening, ...]
    fix: str
    fix_corrected_by: int | None = Field(
        description="The entry of the log that corrected the fix last; null when none did."
    )
    evidence: tuple[Evidence, ...]
    sign_offs: tuple[SignOff, ...]
    raiser_answer: str
    delay: Delay
    other_sites: str
    follow_up: str
    people: tuple[Person, ...]
    refused_by_slack: tuple[str, ...]
    log: LogEnd


def to_json(summary: Summary) -> str:
    """The summary as JSON text that the published schema describes, the same for the same summary."""
    return document(summary).model_dump_json(indent=2) + "\n"


def schema_text() -> str:
    """The JSON schema (draft 2020-12) of ``to_json``'s text, as it is published."""
    schema = SummaryDocument.model_json_schema(mode="serialization")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:issue-burst:summary:{VERSION}",
    }
    return json.dumps({**head, **schema}, indent=2) + "\n"


def document(summary: Summary) -> SummaryDocument:
    """The summary in the form that is published."""
    return SummaryDocument(
        version=VERSION,
        key=summary.key,
        title=_text(summary.title),
        drill=summary.drill,
        private=summary.private,
        outcome=summary.outcome,
        duplicate_of=summary.duplicate_of,
        reopened_from=summary.reopened_from,
        same_as=summary.same_as,
        same_at=summary.same_at,
        severity=summary.severity,
        family=summary.family,
        workstream=summary.workstream,
        stage=summary.stage,
        sites=summary.sites,
        time_zone=summary.zone.key,
        raised_by=_text(summary.raiser),
        workflow_impact=_text(summary.workflow_impact),
        workaround=summary.workaround,
        needed_by=summary.needed_on,
        facts=tuple(Answer(question=one, answer=_text(answer)) for one, answer in summary.facts),
        opened_at=_utc(summary.opened_at),
        closed_at=_utc(summary.closed_at) if summary.closed_at else None,
        held_since=_utc(summary.held_since) if summary.held_since else None,
        resolved_after_seconds=_seconds(summary.resolved_for),
        timeline=_happenings(summary.timeline),
        time_spent=tuple(_time_spent(phase) for phase in summary.phases),
        changes_of_owner=_changes_of_owner(summary.hand_offs),
        time_to_resolve=_time_to_resolve(summary.time) if summary.time else None,
        promises=tuple(_promise(one) for one in summary.promises),
        escalations=_happenings(summary.escalations),
        decisions=_happenings(summary.decisions),
        fix=_text(summary.fix),
        fix_corrected_by=summary.fix_corrected_by,
        evidence=tuple(_evidence(piece) for piece in summary.evidence),
        sign_offs=tuple(_sign_off(signature) for signature in summary.signatures),
        raiser_answer=summary.raiser_answer,
        delay=_delay(summary),
        other_sites=summary.other_sites,
        follow_up=_text(summary.follow_up),
        people=tuple(Person(name=_text(name), part=part) for name, part in summary.people),
        refused_by_slack=summary.refusals,
        log=LogEnd(entries=summary.log_count, last_hash=summary.log_head),
    )


def _text(text: str) -> str:
    """What somebody wrote; half a surrogate pair, which no JSON text may hold, shows as a question mark."""
    return text.encode(errors="replace").decode()


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def _whole(length: timedelta) -> int:
    return int(length.total_seconds())


def _happenings(lines: Iterable[Line]) -> tuple[Happening, ...]:
    return tuple(
        Happening(
            at=_utc(line.at), headline=_text(line.headline), text=_text(line.text), answer=_text(line.answer)
        )
        for line in lines
    )


def _time_spent(phase: Phase) -> TimeSpent:
    return TimeSpent(phase=phase.label, seconds=_whole(phase.lasted_for), percent=phase.percent)


def _changes_of_owner(told: HandOffs) -> ChangesOfOwner:
    return ChangesOfOwner(
        each=tuple(
            ChangeOfOwner(to=_text(one.to), seconds=_whole(one.dwell_for), acted=one.acted)
            for one in told.each
        ),
        median_seconds=_seconds(told.median_for),
        percent=told.percent,
    )


def _delay(summary: Summary) -> Delay:
    return Delay(
        main_cause=summary.cause,
        other_causes=summary.other_causes,
        suggested_cause=summary.suggested,
        suggested_why=summary.suggested_why,
        over_seconds=_whole(summary.delay.wall_for),
        over_working_seconds=_whole(summary.delay.net_for),
        lost=tuple(_lost(part) for part in summary.delay.parts),
        shorter=_text(summary.shorter),
    )


def _lost(part: Lost) -> LostTime:
    return LostTime(
        cause=part.cause,
        why=part.why,
        seconds=_whole(part.wall_for),
        working_seconds=_whole(part.net_for),
        percent=part.percent,
    )


def _time_to_resolve(time: Time) -> TimeToResolve:
    return TimeToResolve(
        net_seconds=_whole(time.net_for),
        promised_seconds=_whole(time.promised_for),
        wall_seconds=_whole(time.wall_for),
        paused=tuple(Pause(reason=reason, seconds=_whole(length)) for reason, length in time.paused),
    )


def _promise(one: Promises) -> PromiseKept:
    return PromiseKept(
        kind=one.kind.value,
        label=one.label,
        kept=one.kept,
        missed=one.missed,
        worst_late_seconds=_seconds(one.worst_for),
        extended=one.extended,
    )


def _evidence(piece: Proof) -> Evidence:
    return Evidence(
        kind=piece.kind,
        text=_text(piece.text),
        link=_text(piece.link),
        added_by=_text(piece.by),
        added_at=_utc(piece.at),
        files=tuple(
            EvidenceCopy(name=_text(one.name), sha256=one.digest, lost=one.lost) for one in piece.files
        ),
        verified_by=tuple(_sign_off(one) for one in piece.verified),
        corrected_by=piece.corrected_by,
    )


def _sign_off(signature: Signature) -> SignOff:
    return SignOff(seat=signature.seat, name=_text(signature.name), signed_at=_utc(signature.at))
