"""Files, counted as messages are: copies that are kept of evidence, and papers that people were given."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.demo.stage import ARCHIVE
from bot.sandbox.client import texts_of
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind
from storage.kept_files import KeptFiles
from storage.terms import IntentState
from tests.faults.world import World

READER = "dominic"


def papers_in(messages: Sequence[Mapping[str, Any]], name: str) -> int:
    """How often messages share a file of that name."""
    return sum(file["name"] == name for message in messages for file in message.get("files", ()))


def archived_papers(world: World, key: str) -> int:
    """How many PDFs the threads of a burst's archived summaries have."""
    reader = world.person(READER)
    summaries = (one for one in reader.messages(ARCHIVE) if key in texts_of(one))
    return sum(papers_in(reader.messages(ARCHIVE, one["ts"]), f"{key}.pdf") for one in summaries)


def missing_files(world: World, number: int) -> Iterator[str]:
    """Copies that are not what was given, papers that nobody got, in words."""
    yield from _missing_copies(world, number)
    for place, (wanted, there) in _papers(world, number).items():
        if there < wanted:
            yield f"{there} of {wanted} PDFs are in {place}"


def files_twice(world: World, number: int) -> Mapping[str, int]:
    """How often too many a copy was logged as kept or a paper given, by what it is."""
    logged = Counter(
        f"copy of {(entry.body or {}).get('name')}"
        for entry in world.entries(number)
        if entry.kind is EntryKind.FILE
    )
    again = {what: times - 1 for what, times in logged.items() if times > 1}
    papers = {f"PDF in {place}": there - wanted for place, (wanted, there) in _papers(world, number).items()}
    return again | {what: times for what, times in papers.items() if times > 0}


def _missing_copies(world: World, number: int) -> Iterator[str]:
    burst, kept = world.burst(number), KeptFiles(world.data)
    for file in (file for piece in burst.evidence for file in piece.files) if burst else ():
        if not file.digest:
            yield f"no copy of {file.name or file.id}: {file.lost or 'and nobody says why'}"
        elif not kept.intact(file.digest):
            yield f"the copy of {file.name} is not what was given"


def _papers(world: World, number: int) -> Mapping[str, tuple[int, int]]:
    """How many PDFs of a burst there should be and how many there are, by place."""
    key, asked = f"BURST-{number}", Counter[str]()
    with world.stored() as unit:
        done = unit.outbox.listed((IntentState.DONE,), burst_id=number, limit=1000)
    summaries = sum(row.kind is EffectKind.POST_SUMMARY for row in done)
    asked.update(str(row.subject["user"]) for row in done if row.kind is EffectKind.SEND_PDF)
    found = {"the archive": (summaries, archived_papers(world, key))}
    for person in world.slack.people():
        there = papers_in(person.dms(), f"{key}.pdf")
        if there or asked[person.id]:
            found[f"{person.name}'s messages"] = (asked[person.id], there)
    return found
