"""What people wrote into a log: what somebody may look for in it later.

Ids, times, digests and states are no words of theirs. What the bot says by itself is left out too, but for the names of
files that people gave.
"""

from collections.abc import Iterator, Mapping

from bot.taskforce.decision import SYSTEM, Detail

# The details of entries that hold what a person typed, or chose in words.
_WRITTEN = (
    "title",
    "workflow_impact",
    "text",
    "link",
    "note",
    "reason",
    "reference",
    "question",
    "options",
    "clinical_impact",
    "technical_impact",
    "fix",
    "shorter",
    "follow_up",
)
_NAME_OF_FILE = "name"


def written(actor: str, body: Mapping[str, Detail]) -> Iterator[str]:
    """The texts that ``actor`` wrote into an entry with this body, in a fixed order; none that is empty."""
    for name in (_NAME_OF_FILE,) if actor == SYSTEM else _WRITTEN:
        match body.get(name):
            case str(text) if text:
                yield text
            case [*texts]:
                yield from (text for text in texts if isinstance(text, str))
            case _:
                pass
