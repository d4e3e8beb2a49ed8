"""The same blocker at another site: which answers may hold there too."""

from collections.abc import Mapping

from bot.taskforce.burst import Answer
from bot.taskforce.family import Family, FieldType

# Names of machines, references and counts are one site's own.
_OF_ONE_SITE = frozenset(
    {
        FieldType.AE_TITLE,
        FieldType.ENDPOINT,
        FieldType.HOSTS,
        FieldType.TICKET,
        FieldType.NUMBER,
        FieldType.DATE,
    }
)


def holding_elsewhere(family: Family, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """The answers that somebody at another site may begin with; what the form no longer asks is left out."""
    return {
        question.id: answers[question.id]
        for question in family.form
        if question.id in answers and question.type not in _OF_ONE_SITE
    }
