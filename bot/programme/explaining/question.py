"""The blocker that is asked about, with every word of it checked against the programme."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import Refused
from bot.programme.nearest import did_you_mean, listed
from bot.programme.programme import Programme
from bot.taskforce.family import Family, FieldType, FormField
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
        told = (_wrong(family.field(name), raw.get(name), words) for name, words in form.problems.items())
        raise Refused("answers", "\n".join(told))
    return form


def _wrong(asked: FormField | None, raw: object, words: str) -> str:
    """What is wrong with an answer. Options are named by their ids: the form shows labels, a terminal takes ids."""
    if asked is None:
        return words
    options = asked.options or ()
    given = raw if isinstance(raw, tuple) else (raw,)
    if not options or {option.id for option in options}.issuperset(given):
        return f"{asked.id}: {words}"
    how = "one of these" if asked.type is FieldType.SELECT else "some of these, with commas between them"
    width = max(len(option.id) for option in options)
    return "\n".join(
        (f"{asked.id}: give {how}:", *(f"  {option.id:{width}}  {option.label}" for option in options))
    )


def _unknown(what: str, words: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    names = list(known)
    for word in words:
        if word not in names:
            yield f"there is no {what} '{word}'; there are {listed(names, most=30)}{did_you_mean(word, names)}"
