"""Intake: what a raiser types, checked where it stands and turned into typed answers.

``parse_answer`` takes one field, ``parse_form`` a whole form. A refusal names what is wrong and what
is allowed and never repeats what was typed: it might be a patient's.
"""

from bot.taskforce.intake.answers import IntakeContext, parse_answer
from bot.taskforce.intake.elsewhere import holding_elsewhere
from bot.taskforce.intake.form import FormResult, parse_form
from bot.taskforce.intake.header import Header, HeaderResult, parse_header
from bot.taskforce.intake.typed import from_typed

__all__ = [
    "FormResult",
    "Header",
    "HeaderResult",
    "IntakeContext",
    "from_typed",
    "holding_elsewhere",
    "parse_answer",
    "parse_form",
    "parse_header",
]
