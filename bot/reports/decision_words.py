"""What the log says of decisions in words: what was asked, who answered what, and with what right."""

from collections.abc import Callable, Mapping

from bot.reports.entries import Body
from bot.reports.told_entry import Reading, Told, lines
from bot.reports.words import VERDICT
from bot.taskforce.terms import EntryKind, Verdict


def _right(read: Reading) -> str:
    right = read.body.text("right")
    return read.labels.right(right).lower() if right else ""


def _under(read: Reading) -> str:
    return f" (right: {_right(read)})" if _right(read) else ""


def _decision(read: Reading) -> Told:
    number = read.body.number("request")
    if not read.body.text("verdict"):
        answers = f", answering question {number}" if number is not None else ""
        return Told(
            f"{read.who} decided{_under(read)}{answers}{read.from_message}", _with_impacts(read, "text")
        )
    headline = f"Question {number} is decided{_under(read)}: {_voices(read)}"
    return Told(headline, lines(read.body.text("question"), f"→ {read.body.text('text')}"))


def _voices(read: Reading) -> str:
    """What was decided and by whom, and who said otherwise."""
    by_verdict: dict[str, list[str]] = {_verdict(read.body): []}
    for vote in map(Body, read.body.members("votes")):
        by_verdict.setdefault(_verdict(vote), []).append(read.labels.name(vote.text("by")))
    return "; ".join(f"{verdict} by {', '.join(names)}" for verdict, names in by_verdict.items())


def _verdict(body: Body) -> str:
    verdict, option = body.text("verdict"), body.text("option")
    words = VERDICT[Verdict(verdict)] if verdict in set(Verdict) else verdict
    return f"{words} “{option}”" if option else words


def _decision_voted(read: Reading) -> Told:
    seat = read.body.text("seat")
    instead = f" for {read.labels.name(seat)}" if seat and seat != read.entry.actor else ""
    until = f" until {read.local('until')}" if read.body.text("until") else ""
    headline = f"{read.who}{instead} answered question {read.body.number('request')}{_under(read)}: "
    return Told(f"{headline}{_verdict(read.body)}{until}", read.body.text("text"))


def _decision_deferred(read: Reading) -> Told:
    headline = f"Question {read.body.number('request')} is put off until {read.local('until')}{_under(read)}"
    return Told(headline, read.body.text("text"))


def _decision_requested(read: Reading) -> Told:
    headline = (
        f"{read.who} asks for a decision (question {read.body.number('request')}, right: {_right(read)})"
    )
    options = [
        f"{number}. {option}{' (recommended)' if number == read.body.number('recommended') else ''}"
        for number, option in enumerate(read.body.texts("options"), start=1)
    ]
    quorum = read.body.number("quorum") or 1
    agree = f"{quorum} must agree." if quorum > 1 else ""
    return Told(headline, lines(_with_impacts(read, "question", *options), agree))


def _with_impacts(read: Reading, text: str, *more: str) -> str:
    sides = (("Clinical impact", "clinical_impact"), ("Technical impact", "technical_impact"))
    impacts = [f"{label}: {read.body.text(name)}" for label, name in sides if read.body.text(name)]
    return lines(read.body.text(text), *more, *impacts)


DECISIONS: Mapping[EntryKind, Callable[[Reading], Told]] = {
    EntryKind.DECISION: _decision,
    EntryKind.DECISION_REQUESTED: _decision_requested,
    EntryKind.DECISION_VOTED: _decision_voted,
    EntryKind.DECISION_DEFERRED: _decision_deferred,
}
