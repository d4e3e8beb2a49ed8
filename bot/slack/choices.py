"""What modals offer to choose from, as the programme in force names it."""

from bot.operations.drafts import Begun
from bot.programme import Programme
from bot.slack.views.modals.open_blocker import Details, OpenChoices
from bot.slack.views.modals.parts import Choice


def open_choices(programme: Programme) -> OpenChoices:
    """What page 1 of "Raise a blocker" offers."""
    file = programme.file
    return OpenChoices(
        families=[(family.id, family.label) for family in file.families.values()],
        sites=[(code, f"{site.name} ({code})") for code, site in file.sites.items()],
        stages=[(stage, named.label) for stage, named in file.stages.items()],
        impacts=_levels(file.severity.impact.all),
        urgencies=_levels(file.severity.urgency.all),
    )


def causes(programme: Programme, family_id: str) -> list[Choice]:
    """Every delay cause, the family's usual ones first."""
    family = programme.family(family_id)
    usual = family.delay_causes if family is not None else ()
    known = programme.file.delay_causes
    order = dict.fromkeys((*(cause for cause in usual if cause in known), *known))
    return [(cause, known[cause].label) for cause in order]


def _levels(texts: tuple[str, ...]) -> list[Choice]:
    return [(str(level), text) for level, text in enumerate(texts, start=1)]


def details(programme: Programme, begun: Begun) -> Details:
    """What page 2 starts with: the severity that page 1 means, and whom the family's rules would ask."""
    seating = begun.seating
    return Details(
        severity=seating.severity,
        severity_label=programme.file.severity.policies.of(seating.severity).label,
        impact=begun.header.impact,
        urgency=begun.header.urgency,
        owner=seating.owner,
        owner_reason=seating.owner_reason,
    )
