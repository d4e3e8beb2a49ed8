"""What a programme says of the world around its forms: what identifies people, where the organisation ends."""

from bot.programme.schema.file import ProgrammeFile
from bot.taskforce.surroundings import Identifying, Organisation, Surroundings


def surroundings_of(file: ProgrammeFile) -> Surroundings:
    """What validation, predicates and the first diagnosis must know beside the answers."""
    rules, organisation = file.identifying, file.organisation
    attributes = {name: a.identifies for a in rules.attributes for name in (a.tag, a.keyword)}
    return Surroundings(
        Identifying(attributes, frozenset(rules.hl7_fields)),
        Organisation(organisation.domains, organisation.networks),
    )
