"""What is put to those who hold a right: a question, its options, what is recommended, and what it would mean."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.taskforce.lifecycle.words import checked

# The right whose requests must say what the change means for both sides of the house.
SCOPE = "scope"
IMPACT_LIMIT = 1000
OPTION_LIMIT = 150
FEWEST_OPTIONS, MOST_OPTIONS = 2, 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question as somebody writes it.

    ``options`` holds one option a line, ``recommended`` one of them, by its number or in its words.
    """

    question: str
    options: str = ""
    recommended: str = ""
    clinical_impact: str = ""
    technical_impact: str = ""


def require_statement(proposal: Proposal, decide_by: datetime | None) -> None:
    """Raise ``Refused`` (field ``right``) where the team's own decision comes with what only a question has."""
    asking = (proposal.options, proposal.recommended, proposal.clinical_impact, proposal.technical_impact)
    if decide_by is not None or any(part.strip() for part in asking):
        raise _refused(
            "right",
            "Options, impacts and a time are for a question: choose whose decision it is, or leave them out.",
        )


def options_of(proposal: Proposal) -> tuple[str, ...]:
    """The options, none or two to five. Raises ``Refused`` (field ``options``)."""
    lines = [" ".join(line.split()) for line in proposal.options.splitlines()]
    options = tuple(
        checked(line, what="An option", limit=OPTION_LIMIT, field="options") for line in lines if line
    )
    if options and not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise _refused("options", f"Please give two to five options, one per line; these are {len(options)}.")
    if len({option.casefold() for option in options}) < len(options):
        raise _refused("options", "Two options are the same; each may be there once.")
    return options


def recommended_of(proposal: Proposal, options: tuple[str, ...]) -> int | None:
    """The number of the option that is recommended; None where none is. Raises ``Refused`` (``recommended``)."""
    written = " ".join(proposal.recommended.split())
    if not written:
        return None
    for number, option in enumerate(options, start=1):
        if written.casefold() in {str(number), option.casefold()}:
            return number
    raise _refused("recommended", "Please recommend one of the options, by its number or in its words.")


def impacts_of(proposal: Proposal, *, required: bool) -> tuple[str, str]:
    """What it would mean clinically and technically. Raises ``Refused`` at its field where one lacks."""
    return (
        _impact(proposal.clinical_impact, "clinical", required=required),
        _impact(proposal.technical_impact, "technical", required=required),
    )


def _impact(written: str, side: str, *, required: bool) -> str:
    field = f"{side}_impact"
    if written.strip():
        return checked(written, what=f"The {side} impact", limit=IMPACT_LIMIT, field=field)
    if required:
        raise _refused(field, f"A change of scope needs its {side} impact; “none” is an answer too.")
    return ""


def _refused(field: str, message: str) -> Refused:
    return Refused(field, message, field=field)
