"""Which texts of a log entry are somebody's words; everything else in it are facts: numbers, times, ids, people."""

from collections.abc import Iterator, Mapping, Sequence

from bot.taskforce.decision import Detail

# Details that never hold what somebody wrote. One that is not among them counts as words, and is erased as such.
FACTS = frozenset(
    [
        "absent",
        "also",
        "answer_by",
        "applies",
        "asked",
        "author",
        "away_from",
        "away_until",
        "before",
        "blocks",
        "brought",
        "by_hand",
        "cause",
        "certain",
        "channel",
        "clinical_lead",
        "clock",
        "clock_showed",
        "clocks",
        "code",
        "confirmed",
        "decide_by",
        "done",
        "doubts",
        "drill",
        "duplicate_of",
        "enquiry",
        "entry",
        "evidence",
        "extended",
        "family",
        "found",
        "from",
        "from_message",
        "held",
        "held_up_by",
        "holders",
        "impact",
        "item",
        "kind",
        "late_because",
        "late_seconds",
        "method",
        "milestone",
        "milestone_on",
        "moved",
        "needed_on",
        "no_longer_extended",
        "nobody",
        "noted",
        "number",
        "ours",
        "outcome",
        "owner",
        "people",
        "percent",
        "policy",
        "private",
        "quorum",
        "raiser",
        "reached",
        "recommended",
        "reopened_from",
        "repeat",
        "request",
        "right",
        "role",
        "same",
        "same_as",
        "seat",
        "severity",
        "sites",
        "sites_same",
        "size",
        "stage",
        "stale_at",
        "state",
        "step",
        "substantive",
        "successor",
        "suggested",
        "technical_lead",
        "thread",
        "to",
        "ts",
        "type",
        "until",
        "urgency",
        "user",
        "verdict",
        "via",
        "voided",
        "withdrawn",
        "workaround",
        "works",
        "workstream",
    ]
)


def words_in(body: Mapping[str, Detail]) -> Iterator[str]:
    """Every text in a body that somebody wrote, however deep; empty ones are none."""
    for name, value in body.items():
        if name not in FACTS:
            yield from _texts(value)


def _texts(value: Detail) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(one)
