"""A blocker while it is being raised: two pages, checked one by one, kept as a draft in between."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import clock
from bot.errors import Refused
from bot.operations.office import Office, Request, actor_for
from bot.operations.open_burst import Intake
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Detail
from bot.taskforce.family import Family
from bot.taskforce.intake import from_typed, parse_form
from bot.taskforce.intake.header import Header, parse_header
from bot.taskforce.likeness import looks_alike
from bot.taskforce.permissions import Right, allows, require
from bot.taskforce.seating import Seating, seat
from storage.bursts import BurstFilter
from storage.drafts import Draft

OPENING = "opening"
MOST_COMPARED = 300


class Unfit(Refused):
    """A page that cannot be taken as it is; ``problems`` says by field what is wrong."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        field, message = next(iter(problems.items()))
        super().__init__("unfit", message, field=field)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Begun:
    """A first page that was taken: what it says, and whom the family's rules would seat."""

    draft_id: str
    family: Family
    header: Header
    seating: Seating


def begin(office: Office, request: Request, family_id: str, raw: Mapping[str, Detail]) -> Begun:
    """Take page 1, by field id as it was typed. Raises ``Unfit``, or ``Refused`` when they may not raise."""
    family, header = _checked_header(office, family_id, raw)
    with office.store.write() as unit:
        require(Right.OPEN, actor_for(unit, office, request), None)
        body: dict[str, Detail] = {"family": family_id, "header": dict(raw)}
        draft = unit.drafts.create(request.user, OPENING, body)
    roster = office.programme().roster(family, header.sites, clock.now())
    return Begun(draft.id, family, header, seat(family, {}, header, roster))


def complete(
    office: Office,
    request: Request,
    draft_id: str,
    *,
    typed: Mapping[str, str | tuple[str, ...]],
    workaround: str,
    owner: str | None,
) -> Intake:
    """Take page 2: the family's questions as they were typed. Raises ``Unfit``; ``Refused`` for an old draft."""
    with office.store.write() as unit:
        draft = _mine(unit.drafts.get(draft_id, request.user))
        answers = {name: list(value) if isinstance(value, tuple) else value for name, value in typed.items()}
        body = {**draft.body, "answers": answers, "workaround": workaround, "owner": owner}
        intake = _intake(office, body)
        _check_answers(office, intake)
        unit.drafts.save(draft, body)
    return intake


def finished(office: Office, request: Request, draft_id: str) -> Intake:
    """What a draft with both pages says. Raises ``Refused`` when it is over an hour old."""
    with office.store.read() as unit:
        return _intake(office, _mine(unit.drafts.get(draft_id, request.user)).body)


def alike(office: Office, request: Request, intake: Intake) -> tuple[Burst, ...]:
    """Open bursts that may be about the same blocker, as far as this person may see them."""
    family = office.programme().families[intake.family]
    raw = {name: value for name, value in intake.answers.items() if isinstance(value, str)}
    with office.store.read() as unit:
        actor = actor_for(unit, office, request)

        def is_alike(burst: Burst) -> bool:
            return looks_alike(
                burst, family=family, title=intake.title, sites=intake.sites, answers=raw
            ) and allows(Right.READ, actor, burst)

        return unit.bursts.find(BurstFilter(), readable=is_alike, limit=MOST_COMPARED).bursts


def _checked_header(office: Office, family_id: str, raw: Mapping[str, Detail]) -> tuple[Family, Header]:
    programme = office.programme()
    family = programme.families.get(family_id)
    result = parse_header(raw, sites=tuple(programme.sites), stages=tuple(programme.stages))
    problems = dict(result.problems)
    if family is None:
        problems["family"] = f"Choose one of: {', '.join(programme.families)}."
    if family is None or result.header is None:
        raise Unfit(problems)
    return family, result.header


def _check_answers(office: Office, intake: Intake) -> None:
    programme = office.programme()
    result = parse_form(programme.families[intake.family], intake.answers, programme.intake_context)
    problems = {**dict.fromkeys(result.missing, "Fill this in."), **result.problems}
    if problems:
        raise Unfit(problems)


def _mine(draft: Draft | None) -> Draft:
    if draft is None or draft.kind != OPENING:
        raise Refused("draft_gone", "This form is over an hour old; please start again with `/burst`.")
    return draft


def _intake(office: Office, body: Mapping[str, Detail]) -> Intake:
    family, header = _checked_header(office, str(body["family"]), _mapping(body["header"]))
    typed = _mapping(body.get("answers"))
    owner = body.get("owner")
    return Intake(
        family=family.id,
        title=header.title,
        sites=header.sites,
        stage=header.stage,
        impact=header.impact,
        urgency=header.urgency,
        workflow_impact=header.workflow_impact,
        needed_on=header.needed_by,
        workaround=str(body.get("workaround") or "none"),
        answers={field.id: _raw(field.id, family, typed) for field in family.form if field.id in typed},
        owner=owner if isinstance(owner, str) else None,
    )


def _raw(name: str, family: Family, typed: Mapping[str, Detail]) -> object:
    field, value = family.field(name), typed[name]
    return from_typed(field, value) if field is not None and isinstance(value, str) else value


def _mapping(value: Detail) -> Mapping[str, Detail]:
    return value if isinstance(value, Mapping) else {}
