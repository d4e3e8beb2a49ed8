"""A burst without the words that people wrote, and when it has to be left with none.

What stays is what statistics count: numbers, kinds, times, causes, clocks, sites, seats.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.taskforce.burst import Answer, Burst, ChecklistItem, DecisionRequest, Evidence, Resolution
from bot.taskforce.decision import Decision, Detail

ERASED = "(erased)"
# A shorter text is found only where it is all that stands there: "CT" is in many.
_TELLING = 12


def expires_at(closed_at: datetime, years: int) -> datetime:
    """The same moment so many years later; for the 29th of February the 1st of March where there is none."""
    try:
        return closed_at.replace(year=closed_at.year + years)
    except ValueError:
        return closed_at.replace(year=closed_at.year + years, month=3, day=1)


def forget_words(burst: Burst) -> Decision:
    """The burst without any text; nothing is logged of it here, and nobody is told."""
    forgotten = _forget(burst, lambda _text: True)
    after = forgotten.having(answers={}, place_lost="", refusals=(), transcript_note="", raised_from="")
    return Decision(burst, after, (), ())


def forget_said(burst: Burst, body: Mapping[str, Detail]) -> Decision:
    """The burst without the texts that ``body``, an entry of its log, says, wherever they stand in it."""
    said = frozenset(_texts(body))
    long = [text for text in said if len(text) >= _TELLING]
    after = _forget(burst, lambda text: text in said or any(one in text for one in long))
    return Decision(burst, after, (), ())


def copies(evidence: Iterable[Evidence]) -> frozenset[str]:
    """The digests of the files that are kept as evidence."""
    return frozenset(file.digest for one in evidence for file in one.files if file.digest)


def _texts(value: Detail) -> Iterator[str]:
    """Every text in a body, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(one)


def _forget(burst: Burst, goes: Callable[[str], bool]) -> Burst:
    """The burst with the texts that go read as erased."""

    def kept(text: str) -> str:
        return ERASED if text and goes(text) else text

    def item(one: ChecklistItem) -> ChecklistItem:
        return replace(one, text=kept(one.text), note=kept(one.note))

    def piece(one: Evidence) -> Evidence:
        # Its words may have been corrected since; its files are still those that the entry tells of.
        gone = goes(one.text) or goes(one.link or "") or any(goes(file.id) for file in one.files)
        return replace(one, text=ERASED, link=None, files=()) if gone else one

    def request(one: DecisionRequest) -> DecisionRequest:
        return replace(
            one,
            question=kept(one.question),
            answer=None if one.answer is None else kept(one.answer),
            options=tuple(map(kept, one.options)),
            clinical_impact=kept(one.clinical_impact),
            technical_impact=kept(one.technical_impact),
            votes=tuple(replace(vote, reason=kept(vote.reason)) for vote in one.votes),
        )

    def resolution(one: Resolution) -> Resolution:
        return replace(
            one,
            fix=kept(one.fix),
            shorter=kept(one.shorter),
            follow_up=kept(one.follow_up),
            suggested_why=kept(one.suggested_why),
        )

    def answer(value: Answer) -> Answer:
        if isinstance(value, str):
            return kept(value)
        return tuple(map(kept, value)) if isinstance(value, tuple) else value

    return burst.having(
        version=burst.version + 1,
        title=kept(burst.title),
        workflow_impact=kept(burst.workflow_impact),
        answers={name: answer(value) for name, value in burst.answers.items()},
        contacts=tuple(replace(one, text=kept(one.text)) for one in burst.contacts),
        checklist=tuple(map(item, burst.checklist)),
        evidence=tuple(map(piece, burst.evidence)),
        requests=tuple(map(request, burst.requests)),
        enquiries=tuple(replace(one, question=kept(one.question)) for one in burst.enquiries),
        news=(),  # digests without salt: what was said could be tried out
        pause=burst.pause and replace(burst.pause, reference=kept(burst.pause.reference)),
        resolution=burst.resolution and resolution(burst.resolution),
        follow_ups=tuple(replace(one, text=kept(one.text)) for one in burst.follow_ups),
    )
