"""A burst without the words that people wrote, and when it has to be left with none.

What stays is what statistics count: numbers, kinds, times, causes, clocks, sites, seats.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.taskforce.burst import Burst, ChecklistItem, Contact, DecisionRequest, Evidence
from bot.taskforce.decision import Decision

ERASED = "(erased)"


def expires_at(closed_at: datetime, years: int) -> datetime:
    """The same moment so many years later; for the 29th of February the 1st of March where there is none."""
    try:
        return closed_at.replace(year=closed_at.year + years)
    except ValueError:
        return closed_at.replace(year=closed_at.year + years, month=3, day=1)


def forget_words(burst: Burst) -> Decision:
    """The burst without any text; nothing is logged of it here, and nobody is told."""
    after = burst.having(
        version=burst.version + 1,
        title=ERASED,
        workflow_impact="",
        answers={},
        contacts=tuple(Contact(one.role, "") for one in burst.contacts),
        checklist=tuple(map(_item, burst.checklist)),
        evidence=tuple(map(_evidence, burst.evidence)),
        requests=tuple(map(_request, burst.requests)),
        enquiries=tuple(replace(one, question=ERASED) for one in burst.enquiries),
        news=(),
        pause=None if burst.pause is None else replace(burst.pause, reference=""),
        resolution=None
        if burst.resolution is None
        else replace(burst.resolution, fix=ERASED, shorter="", follow_up="", suggested_why=""),
        follow_ups=tuple(replace(one, text=ERASED) for one in burst.follow_ups),
        place_lost="",
        refusals=(),
        transcript_note="",
        raised_from="",
    )
    return Decision(burst, after, (), ())


def copies(evidence: Iterable[Evidence]) -> frozenset[str]:
    """The digests of the files that are kept as evidence."""
    return frozenset(file.digest for one in evidence for file in one.files if file.digest)


def _item(item: ChecklistItem) -> ChecklistItem:
    return replace(item, text=ERASED, note="")


def _evidence(evidence: Evidence) -> Evidence:
    return replace(evidence, text=ERASED, link=None, files=())


def _request(request: DecisionRequest) -> DecisionRequest:
    return replace(
        request,
        question=ERASED,
        answer=None if request.answer is None else ERASED,
        options=tuple(ERASED for _ in request.options),
        clinical_impact="",
        technical_impact="",
        votes=tuple(replace(vote, reason="") for vote in request.votes),
    )
