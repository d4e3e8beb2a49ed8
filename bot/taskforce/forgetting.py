"""A burst without the words that people wrote, and when it has to be left with none.

What stays is what statistics count: numbers, kinds, times, causes, clocks, sites, seats.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime

from bot.taskforce.burst import Answer, Burst, ChecklistItem, DecisionRequest, Evidence, Resolution
from bot.taskforce.decision import Decision, Detail
from bot.taskforce.effects import Effect, EffectKind, burst_lane, cell_lane
from bot.taskforce.policy import Policy
from bot.taskforce.terms import State
from bot.taskforce.wording import words_in

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


def forget_said(burst: Burst, bodies: Iterable[Mapping[str, Detail]]) -> Decision:
    """The burst without the words that ``bodies``, of entries of its log, say, wherever they stand in it.

    What Slack still shows of the burst is drawn again.
    """
    said = {text for body in bodies for text in words_in(body)}
    after = _forget(burst, repeats(said))
    return Decision(burst, after, (), () if burst.state is State.ARCHIVED else _drawn_again(burst))


def forget_person(burst: Burst, user: str, said: Collection[str]) -> Decision:
    """The burst without what ``user`` wrote, which is all that was ``said``, and without what they gave as evidence.

    That they took part stays.
    """
    mine = {one.number for one in burst.evidence if one.added_by == user}
    after = _forget(burst, repeats(said))
    evidence = tuple(_emptied(one) if one.number in mine else one for one in after.evidence)
    raised_from = "" if burst.raiser == user else after.raised_from
    return Decision(burst, after.having(evidence=evidence, raised_from=raised_from), (), ())


def said_by(burst: Burst, user: str, bodies: Iterable[Mapping[str, Detail]]) -> frozenset[str]:
    """Every text that ``user`` wrote: those that ``bodies``, of their entries, say, and what is theirs in the burst."""
    logged = (text for body in bodies for text in words_in(body))
    return frozenset(filter(None, (*logged, *_written(burst, user))))


def count_erased(burst: Burst) -> int:
    """How many texts of it read as erased."""
    return sum(text == ERASED for text in _leaves(burst))


def repeats(said: Collection[str]) -> Callable[[str], bool]:
    """Whether a text is one of those that were ``said``, or holds one that is long enough to tell."""
    retold = retells(said)
    return lambda text: text in said or retold(text)


def retells(said: Collection[str]) -> Callable[[str], bool]:
    """Whether a text that anybody may have written holds one of those that were ``said``: "Done." is everybody's."""
    long = [text for text in said if len(text) >= _TELLING]
    return lambda text: any(one in text for one in long)


def _written(burst: Burst, user: str) -> Iterator[str]:
    """What ``user`` wrote of what stands in the burst."""
    if burst.raiser == user:
        yield from (burst.title, burst.workflow_impact)
        yield from (text for answer in burst.answers.values() for text in _texts(answer))
    yield from (item.note for item in burst.checklist if item.done_by == user)
    for one in burst.evidence:
        if one.added_by == user:
            yield from (one.text, one.link or "", *(file.id for file in one.files))
    for request in burst.requests:
        yield from _written_to(request, user)
    yield from (one.question for one in burst.enquiries if one.asked_by == user)
    if burst.resolution is not None and burst.resolved_by == user:
        yield from (burst.resolution.fix, burst.resolution.shorter, burst.resolution.follow_up)
        yield from (one.text for one in burst.follow_ups)


def _written_to(request: DecisionRequest, user: str) -> Iterator[str]:
    if request.asked_by == user:
        yield from (request.question, request.clinical_impact, request.technical_impact, *request.options)
    if request.answered_by == user:
        yield request.answer or ""
    yield from (vote.reason for vote in request.votes if vote.by == user)


def _texts(answer: Answer) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, tuple):
        yield from answer


def _leaves(value: object) -> Iterator[object]:
    """Everything in it that has no parts; none of its policy, which holds no words."""
    if isinstance(value, Policy):
        return
    if is_dataclass(value):
        yield from (leaf for one in fields(value) for leaf in _leaves(getattr(value, one.name)))
    elif isinstance(value, Mapping):
        yield from (leaf for one in value.values() for leaf in _leaves(one))
    elif isinstance(value, tuple):
        yield from (leaf for one in value for leaf in _leaves(one))
    else:
        yield value


def _drawn_again(burst: Burst) -> tuple[Effect, ...]:
    lane, cell = burst_lane(burst.id), cell_lane(burst.id)
    return (
        Effect(EffectKind.REFRESH_CARD, lane),
        Effect(EffectKind.REFRESH_CHECKLIST, lane),
        Effect(EffectKind.REFRESH_ESCALATION, cell),
    )


def _emptied(one: Evidence) -> Evidence:
    return replace(one, text=ERASED, link=None, files=())


def copies(evidence: Iterable[Evidence]) -> frozenset[str]:
    """The digests of the files that are kept as evidence."""
    return frozenset(file.digest for one in evidence for file in one.files if file.digest)


def _forget(burst: Burst, goes: Callable[[str], bool]) -> Burst:
    """The burst with the texts that go read as erased."""

    def kept(text: str) -> str:
        return ERASED if text and goes(text) else text

    def item(one: ChecklistItem) -> ChecklistItem:
        return replace(one, text=kept(one.text), note=kept(one.note))

    def piece(one: Evidence) -> Evidence:
        # Its words may have been corrected since; its files are still those that the entry tells of.
        gone = any(map(goes, filter(None, (one.text, one.link, *(file.id for file in one.files)))))
        return _emptied(one) if gone else one

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
