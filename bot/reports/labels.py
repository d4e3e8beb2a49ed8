"""The words for ids: sites, stages, roles, causes, the family's questions, people's names.

A burst stores ids; what they are called is the programme's to say, and may change or be gone by the
time somebody reads an old burst. Every lookup therefore has an answer: the label, or the id in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from bot.programme.schema.file import ProgrammeFile
from bot.programme.surroundings import surroundings_of
from bot.reports.words import RECIPIENT
from bot.taskforce.burst import Answer, Burst
from bot.taskforce.decision import SYSTEM
from bot.taskforce.diagnosis import diagnose
from bot.taskforce.family import Family, FieldType, FormField
from bot.taskforce.policy import ROLE
from bot.taskforce.severity import SeverityMatrix, derive, known_of
from bot.taskforce.surroundings import Surroundings


def in_words(written: str) -> str:
    """An id as a person would read it: ``go_live`` is "Go live"."""
    spaced = written.replace("_", " ").strip()
    return spaced[:1].upper() + spaced[1:]


@dataclass(frozen=True, slots=True)
class Fact:
    """A question of the form that was answered; ``notes`` are plain lines of what the answer tells."""

    question: str
    answer: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """What ids are called. ``family`` is the burst's, None when the programme no longer has it.

    ``names`` are display names by Slack user id, used where a mention cannot stand.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    workstreams: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    causes: Mapping[str, str] = field(default_factory=dict)
    rights: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    family: Family | None = None
    matrix: SeverityMatrix | None = None
    around: Surroundings = field(default_factory=Surroundings)

    @classmethod
    def of(cls, programme: ProgrammeFile, family: str, names: Mapping[str, str]) -> Self:
        """What the programme in force calls things; ``names`` of the directory go before the programme's."""
        known = {person.slack: person.name for person in programme.people.values() if person.slack}
        return cls(
            names={**known, **names},
            sites={code: site.name for code, site in programme.sites.items()},
            stages={stage: named.label for stage, named in programme.stages.items()},
            workstreams={stream: named.label for stream, named in programme.workstreams.items()},
            roles={role: named.label for role, named in programme.roles.items()},
            causes={cause: named.label for cause, named in programme.delay_causes.items()},
            rights={right: named.label for right, named in programme.decision_rights.items()},
            families={one: named.label for one, named in programme.families.items()},
            family=programme.families.get(family),
            matrix=programme.severity.matrix,
            around=surroundings_of(programme),
        )

    def name(self, user: str) -> str:
        """A person's display name; the user id when nobody told us, "Issue Burst" for the system."""
        return "Issue Burst" if user == SYSTEM else self.names.get(user) or user

    def site(self, code: str) -> str:
        """A site's name with its code: "Northgate General (NGH)"."""
        name = self.sites.get(code)
        return f"{name} ({code})" if name else code

    def stage(self, stage: str) -> str:
        """A project stage in words."""
        return self.stages.get(stage) or in_words(stage)

    def workstream(self, workstream: str) -> str:
        """A workstream in words."""
        return self.workstreams.get(workstream) or in_words(workstream)

    def role(self, role: str) -> str:
        """A role in words."""
        return self.roles.get(role) or in_words(role)

    def recipient(self, word: str) -> str:
        """Whom a word of a ladder means, in words that follow "nobody is"."""
        return RECIPIENT.get(word) or self.role(word.removeprefix(ROLE))

    def cause(self, cause: str) -> str:
        """A delay cause in words."""
        return self.causes.get(cause) or in_words(cause)

    def kind(self, family: str) -> str:
        """A family, which is the kind of a blocker, in words."""
        return self.families.get(family) or in_words(family)

    def right(self, right: str) -> str:
        """A decision right in words."""
        return self.rights.get(right) or in_words(right)

    def facts(self, burst: Burst) -> tuple[tuple[str, str], ...]:
        """The family's questions that were answered, in the form's order, with the answers in words.

        Answers to questions that the form no longer has come last, under their ids.
        """
        return tuple((fact.question, fact.answer) for fact in self.diagnosed(burst))

    def diagnosed(self, burst: Burst) -> tuple[Fact, ...]:
        """The same, each fact with its first diagnosis."""
        form = {question.id: question for question in self.family.form} if self.family else {}
        asked = [field_id for field_id in form if field_id in burst.answers]
        gone = [field_id for field_id in burst.answers if field_id not in form]
        notes = diagnose(self.family, burst.answers, self.around.identifying) if self.family else ()
        return tuple(
            Fact(
                form[field_id].label if field_id in form else in_words(field_id),
                _answer(burst.answers[field_id], form.get(field_id)),
                tuple(note.text for note in notes if note.field == field_id),
            )
            for field_id in (*asked, *gone)
        )

    def severity_reason(self, burst: Burst) -> str:
        """What the severity follows from: impact and urgency, and what raised it above what these two mean."""
        inputs = f"impact {burst.impact}, urgency {burst.urgency}"
        if self.matrix is None:
            return inputs
        derived = derive(self.family, known_of(burst), self.matrix, self.around)
        if derived.severity is not burst.severity or not derived.raised_by:
            return inputs
        why = ", ".join(in_words(conditional.id).lower() for conditional in derived.raised_by)
        return f"{inputs}; raised from {derived.by_matrix}: {why}"


def _answer(answer: Answer, question: FormField | None) -> str:
    if isinstance(answer, bool):
        return "Yes" if answer else "No"
    if isinstance(answer, int):
        return f"{answer:,}"
    chosen = question is not None and question.type in {FieldType.SELECT, FieldType.MULTISELECT}
    parts = (answer,) if isinstance(answer, str) else answer
    return ", ".join(question.option_label(part) if question and chosen else part for part in parts)
