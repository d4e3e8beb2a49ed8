"""The blocker that is asked about, with every word of it checked against the programme."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import Refused
from bot.programme.nearest import did_you_mean, listed
from bot.programme.programme import Programme
from bot.taskforce.family import Family
from bot.taskforce.intake import FormResult, Header, from_typed, parse_form

_TITLE = "An example"


@dataclass(frozen=True, slots=True)
class Question:
    """A blocker of ``family`` at ``sites``, opened at ``at`` (aware UTC).

    ``answers`` are as a person types them, by field of the family's form; entries of a list are
    separated by commas. What is not answered decides nothing.
    """

    family: str
    sites: tuple[str, ...]
    stage: str
    impact: int
    urgency: int
    at: datetime
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def header(self) -> Header:
        """The part that every family's form has in common."""
        return Header(_TITLE, self.sites, self.stage, self.impact, self.urgency, _TITLE)


def family_of(programme: Programme, question: Question) -> Family:
    """The family that is asked about. Raises ``Refused`` for every word that the programme does not know."""
    problems = [
        *_unknown("family", [question.family], programme.families),
        *_unknown("site", question.sites, programme.sites),
        *_unknown("stage", [question.stage], programme.stages),
    ]
    family = programme.family(question.family)
    if family is not None:
        problems += _unknown("field", question.answers, [one.id for one in family.form])
    if problems or family is None:
        raise Refused("question", "\n".join(problems))
    return family


def form_of(programme: Programme, family: Family, question: Question) -> FormResult:
    """The answers, checked as the form would check them. Raises ``Refused`` for those it would not take."""
    raw: dict[str, object] = {}
    for name, text in question.answers.items():
        asked = family.field(name)
        if asked is not None:
            raw[name] = from_typed(asked, text)
    form = parse_form(family, raw, programme.intake)
    if form.problems:
        raise Refused("answers", "\n".join(f"{name}: {words}" for name, words in form.problems.items()))
    return form


def _unknown(what: str, words: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    names = list(known)
    for word in words:
        if word not in names:
            yield f"there is no {what} '{word}'; there are {listed(names, most=30)}{did_you_mean(word, names)}"
