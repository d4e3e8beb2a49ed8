"""Ladders that the table writes itself, in words: who is asked, what is enough, what is said again, who is brought."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.taskforce.lifecycle import Reach
from bot.taskforce.policy import Policy
from tests.unit.taskforce.cases import REACH, step

TABLE = Path(__file__).with_name("table.md").read_text(encoding="utf-8")

# Whom the words of a ladder mean; a word that is not here means nobody.
REACHED: Reach = {
    **REACH,
    "role:network": ("U_NETWORK",),
    "role:archive": ("U_ARCHIVE", "U_NETWORK"),
    "role:vendor": (),
}

_ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<steps>.+) \|$", re.MULTILINE)
_STEP = re.compile(
    r"(?P<id>\w+) at (?P<clock>[a-z]+) (?P<at>due\+\w+|due|fraction \S+|unanswered \w+)"
    r"(?: asks (?P<all>all of )?(?P<asks>[\w:]+(?: and [\w:]+)*) within (?P<within>\w+))?"
    r"(?:,? brings (?P<brings>\w+(?: and \w+)*))?"
    r"(?:, again every (?P<every>\w+) (?P<times>\d+) times)?"
)


def under(policy: Policy, ladder: str) -> Policy:
    """The policy with the ladder of that name instead of its own. Raises ``LookupError`` for an unknown name."""
    written = next(row["steps"] for row in _ROW.finditer(TABLE) if row["name"] == ladder)
    steps = [_step(words) for words in written.split("; ")]
    return Policy.model_validate({**policy.model_dump(mode="json"), "ladder": steps}, strict=False)


def _step(words: str) -> Mapping[str, object]:
    found = _STEP.fullmatch(words)
    if found is None:
        raise ValueError(f"not a step: {words}")
    asks = found["asks"].split(" and ") if found["asks"] else []
    return {
        **step(found["id"], found["clock"], found["at"], *asks, answer_within=found["within"] or "10m"),
        **dict(_rarer(found)),
    }


def _rarer(found: re.Match[str]) -> Iterator[tuple[str, object]]:
    yield "answer", "all" if found["all"] else "any"
    if found["brings"]:
        yield "bring", found["brings"].split(" and ")
    if found["every"]:
        yield "repeat", {"every": found["every"], "times": int(found["times"])}
