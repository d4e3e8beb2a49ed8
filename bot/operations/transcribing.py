"""Keeping what is written where a burst lives: redacted before it is stored, and without the words of what was deleted."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.privacy import Guard
from bot.programme import Programme
from bot.taskforce.transcript import Message, Version, merged, without_words
from storage import Unit


@dataclass(frozen=True, slots=True)
class Keeping:
    """What may be kept: nothing that ``guard`` finds, and words that were deleted only where the programme wants it."""

    guard: Guard
    deleted_words: bool

    @classmethod
    def by(cls, programme: Programme) -> "Keeping":
        """As the programme in force says."""
        return cls(programme.guard, programme.file.privacy.deleted_messages == "keep")

    def redacted(self, message: Message) -> Message:
        """The message without what identifies a patient, or may: in its words, the names of its files, its author's name."""
        redact = self.guard.redact
        return replace(
            message,
            named=redact(message.named),
            text=redact(message.text),
            files=tuple(replace(file, name=redact(file.name)) for file in message.files),
            earlier=tuple(Version(redact(one.text), one.at) for one in message.earlier),
        )


def hear(
    unit: Unit, burst_id: int, messages: Sequence[Message], *, keep_deleted: bool, latest: bool = False
) -> None:
    """Keep what redacted ``messages`` of one channel tell, each at most once, beside what is known of them.

    ``latest`` as for ``merged``. The same told twice, or in another order, makes the same transcript.
    """
    if not messages:
        return
    known = unit.transcripts.known(burst_id, messages[0].channel, [one.ts for one in messages])
    told = [merged(known[one.ts], one, latest=latest) if one.ts in known else one for one in messages]
    kept = [without_words(one) if one.deleted and not keep_deleted else one for one in told]
    unit.transcripts.keep(burst_id, [one for one in kept if one != known.get(one.ts)])


def miss(
    unit: Unit, burst_id: int, messages: Iterable[Message], seen: Collection[str], *, keep_deleted: bool
) -> tuple[Message, ...]:
    """Mark as deleted those of ``messages`` that Slack no longer shows, which is all but ``seen``; returns them."""
    gone = tuple(replace(one, deleted=True) for one in messages if one.ts not in seen)
    unit.transcripts.keep(burst_id, gone if keep_deleted else map(without_words, gone))
    return gone
