"""An explanation as data. People are named as the file names them; times are aware UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seated:
    """Who would hold a seat, and why; ``who`` is None where nobody can be had."""

    role: str
    who: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What would be different with other answers: another owner, or more people, a task, a severity."""

    when: str
    owner: str | None = None
    people: tuple[str, ...] = ()
    task: str | None = None
    blocks_closure: bool = False
    severity_at_least: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise with its due time; ``due_at`` is None for one that begins later, such as the next update.

    ``shown_at`` is when the owner sees each of the warnings that are due at ``warned_at``: later than it in
    their quiet hours.
    """

    clock: str
    lasts: str
    due_at: datetime | None
    warned_at: tuple[datetime, ...] = ()
    shown_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose quiet hours hold a ping back, and until when."""

    who: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Whom one word of a ladder means at that moment, and who of them is shown it only later."""

    word: str
    people: tuple[str, ...]
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A step of a clock on which nobody acts; ``at`` is None for one that would not come.

    ``answer`` and ``repeats`` are what the ladder says of it in words, empty where it is the usual; ``brings``
    has the roles whose people are added to the burst.
    """

    clock: str
    step: str
    rule: str
    at: datetime | None
    tells: tuple[Told, ...] = ()
    brings: tuple[Told, ...] = ()
    answer: str = ""
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that the programme would do with one blocker.

    ``asked_at`` is when the owner is shown that they are asked to accept; None where there is nobody to ask.
    """

    family: str
    sites: tuple[str, ...]
    stage: str
    zone: str
    at: datetime
    severity: str
    severity_why: str
    calendar: str
    owner: Seated
    asked_at: datetime | None
    next_in_line: tuple[str, ...]
    clinical_lead: Seated
    technical_lead: Seated
    pulled_in: tuple[Seated, ...]
    contacts: tuple[Seated, ...]
    tasks: tuple[Condition, ...]
    depends: tuple[Condition, ...]
    promises: tuple[Promise, ...]
    ladder: tuple[LadderStep, ...]
