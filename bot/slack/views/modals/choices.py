"""What the modals offer, as the programme in force has it."""

from bot.programme.schema.file import ProgrammeFile
from bot.reports.words import RIGHT
from bot.slack.views.modals.open_blocker import OpenChoices
from bot.slack.views.modals.parts import Choice


def open_choices(programme: ProgrammeFile) -> OpenChoices:
    """Everything that page 1 of "Raise a blocker" lets people choose from."""
    return OpenChoices(
        families=[(family, named.label) for family, named in programme.families.items()],
        sites=site_choices(programme),
        stages=[(stage, named.label) for stage, named in programme.stages.items()],
        impacts=_levels(programme.severity.impact.all),
        urgencies=_levels(programme.severity.urgency.all),
    )


def site_choices(programme: ProgrammeFile) -> list[Choice]:
    """Every site."""
    return [(code, f"{site.name} ({code})") for code, site in programme.sites.items()]


def cause_choices(programme: ProgrammeFile, family: str) -> list[Choice]:
    """The delay causes, the usual ones of the family first."""
    known = programme.families.get(family)
    usual = [cause for cause in known.delay_causes if cause in programme.delay_causes] if known else []
    others = [cause for cause in programme.delay_causes if cause not in usual]
    return [(cause, programme.delay_causes[cause].label) for cause in (*usual, *others)]


def right_choices(programme: ProgrammeFile) -> list[Choice]:
    """The decisions that the programme gives to somebody; scope, security and go-live where it names none."""
    if not programme.decision_rights:
        return list(RIGHT.items())
    return [(right, named.label) for right, named in programme.decision_rights.items()]


def _levels(texts: tuple[str, str, str]) -> list[Choice]:
    return [(str(level), f"{level} · {text}") for level, text in enumerate(texts, start=1)]
