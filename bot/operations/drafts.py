"""A blocker while it is being raised: two pages, checked one by one, kept as a draft in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot import clock
from bot.errors import Refused
from bot.operations.candidates import InLine, in_line
from bot.operations.office import Office, Request, actor_for, load, programme_at
from bot.operations.open_burst import Intake, check_intake
from bot.operations.refused_fields import RefusedFields
from bot.operations.successors import barred, require_able_to_own
from bot.programme import Programme
from bot.taskforce.burst import Answer, Burst
from bot.taskforce.decision import Detail
from bot.taskforce.family import Family
from bot.taskforce.intake import Header, from_typed, holding_elsewhere, parse_header
from bot.taskforce.likeness import Likeness, likeness
from bot.taskforce.permissions import Right, allows, require
from bot.taskforce.seating import Seating, seat
from storage import Unit
from storage.drafts import Draft
from storage.finding import BurstFilter

OPENING = "opening"
MESSAGE = "message"
MOST_COMPARED = 300

Alike: TypeAlias = tuple[Burst, Likeness]


@dataclass(frozen=True, slots=True)
class Begun:
    """A first page that was taken: what it says, whom the family's rules would seat by it, and who else is there.

    ``answers`` are those that page 2 begins with, from the same blocker at another site; ``same_as`` is its key,
    empty where there is none.
    """

    draft_id: str
    family: Family
    header: Header
    seating: Seating
    line: tuple[InLine, ...]
    answers: Mapping[str, Answer]
    same_as: str


def begin(
    office: Office,
    request: Request,
    family_id: str,
    raw: Mapping[str, Detail],
    raised_from: str = "",
    *,
    drill: bool = False,
    same_as: int | None = None,
) -> Begun:
    """Take page 1: the header by field id, as it was typed. Raises ``RefusedFields``, and ``Refused``.

    ``same_as`` is the burst at another site that it is said to be the same as; of another kind, it is not.
    """
    programme = office.programme()
    family, header = _first_page(programme, family_id, raw)
    with office.store.write() as unit:
        require(Right.OPEN, actor_for(unit, office, request), None)
        origin = load(unit, office, request, same_as)[0] if same_as is not None else None
        same = origin if origin is not None and origin.family == family.id else None
        seating, line = _suggested(unit, office, family, header)
        body: dict[str, Detail] = {
            "family": family_id,
            "header": dict(raw),
            "suggested": seating.owner,
            "raised_from": raised_from,
            "drill": drill,
            "same_as": same.id if same else None,
        }
        draft = unit.drafts.create(request.user, OPENING, body)
    answers = holding_elsewhere(family, same.answers) if same else {}
    return Begun(draft.id, family, header, seating, line, answers, same.key if same else "")


def complete(
    office: Office,
    request: Request,
    draft_id: str,
    *,
    typed: Mapping[str, str | tuple[str, ...]],
    workaround: str,
    owner: str | None,
) -> Intake:
    """Take page 2: the family's questions as they were typed.

    Raises ``RefusedFields``; ``Refused`` when the draft is over an hour old or the owner cannot be one.
    """
    programme = office.programme()
    answers = {name: list(value) if isinstance(value, tuple) else value for name, value in typed.items()}
    with office.store.write() as unit:
        draft = _opening(unit.drafts.get(draft_id, request.user))
        if owner is not None:
            require_able_to_own(unit, owner)
        body = {**draft.body, "answers": answers, "workaround": workaround, "owner": owner}
        intake = _intake(programme, body)
        check_intake(unit, programme, intake, clock.now())
        unit.drafts.save(draft, body)
    return intake


def finished(office: Office, request: Request, draft_id: str) -> Intake:
    """What a draft with both pages says. Raises ``Refused`` when it is over an hour old."""
    with office.store.read() as unit:
        return _intake(office.programme(), _opening(unit.drafts.get(draft_id, request.user)).body)


def alike(office: Office, request: Request, intake: Intake) -> tuple[Family, tuple[Alike, ...]]:
    """Open bursts that may be about the same blocker, as far as this person may see them; and its family.

    One that it is known to share its blocker with is none of them.
    """
    with office.store.read() as unit:
        now = clock.now()
        checked = check_intake(unit, programme_at(unit, office, now), intake, now)
        actor = actor_for(unit, office, request)

        def how_alike(burst: Burst) -> Likeness:
            return likeness(
                burst,
                family=checked.family,
                title=checked.header.title,
                sites=checked.header.sites,
                answers=checked.form.answers,
            )

        found = unit.bursts.find(
            BurstFilter(),
            readable=lambda burst: (
                burst.id != intake.same_as
                and allows(Right.READ, actor, burst)
                and how_alike(burst).strength > 0
            ),
            limit=MOST_COMPARED,
        )
        return checked.family, tuple((burst, how_alike(burst)) for burst in found)


def keep_message(office: Office, request: Request, message: Mapping[str, Detail]) -> str:
    """Remember a message that is about to be logged; returns the draft's id."""
    with office.store.write() as unit:
        return unit.drafts.create(request.user, MESSAGE, message).id


def kept_message(office: Office, request: Request, draft_id: str) -> Mapping[str, Detail]:
    """The message that was remembered. Raises ``Refused`` when that was over an hour ago."""
    with office.store.read() as unit:
        return _mine(unit.drafts.get(draft_id, request.user), MESSAGE).body


def _first_page(programme: Programme, family_id: str, raw: Mapping[str, Detail]) -> tuple[Family, Header]:
    family = programme.family(family_id)
    result = parse_header(raw, sites=tuple(programme.sites), stages=tuple(programme.file.stages))
    problems = dict(result.problems)
    if family is None:
        problems["family"] = f"Choose one of: {', '.join(programme.families)}."
    if family is None or result.header is None:
        raise RefusedFields(problems)
    return family, result.header


def _opening(draft: Draft | None) -> Draft:
    return _mine(draft, OPENING)


def _mine(draft: Draft | None, kind: str) -> Draft:
    if draft is None or draft.kind != kind:
        raise Refused("draft_gone", "This form is over an hour old; close it and please start again.")
    return draft


def _intake(programme: Programme, body: Mapping[str, Detail]) -> Intake:
    """The draft as an intake; what was in doubt was confirmed, or there would be no draft.

    The programme may have changed since page 1, so that is read again.

    An owner who stands as page 2 suggested was chosen by nobody, and the answers may point to another.
    """
    family, header = _first_page(programme, str(body["family"]), _mapping(body["header"]))
    typed, owner, same_as = _mapping(body.get("answers")), body.get("owner"), body.get("same_as")
    return Intake(
        family=family.id,
        title=header.title,
        sites=header.sites,
        impact=header.impact,
        urgency=header.urgency,
        stage=header.stage,
        workflow_impact=header.workflow_impact,
        needed_on=header.needed_by,
        workaround=str(body.get("workaround") or "none"),
        answers={name: _raw(family, name, value) for name, value in typed.items()},
        owner=owner if isinstance(owner, str) and owner != body.get("suggested") else None,
        raised_from=str(body.get("raised_from") or ""),
        confirmed=True,
        drill=bool(body.get("drill")),
        same_as=same_as if isinstance(same_as, int) else None,
    )


def _suggested(
    unit: Unit, office: Office, family: Family, header: Header
) -> tuple[Seating, tuple[InLine, ...]]:
    now = clock.now()
    roster = programme_at(unit, office, now).roster(family, header.sites, now)
    seating = seat(family, {}, header, roster, barred(unit, roster.people()))
    return seating, in_line(unit, roster, [rule.role for rule in family.owner_rules])


def _raw(family: Family, name: str, value: object) -> object:
    field = family.field(name)
    return from_typed(field, value) if field is not None and isinstance(value, str) else value


def _mapping(value: Detail) -> Mapping[str, Detail]:
    return value if isinstance(value, Mapping) else {}
