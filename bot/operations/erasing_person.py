"""One person is erased: what they wrote and their files go, and a label stands wherever their name did.

All of it is one transaction. The logs verify afterwards; entries of before names could be erased keep who made them.
"""

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.errors import BotError
from bot.operations.filing import words_of
from bot.operations.person_places import Found, bot_users, find
from bot.programme import Programme
from bot.taskforce.burst import Burst
from bot.taskforce.decision import Decision
from bot.taskforce.entry_names import label_of
from bot.taskforce.forgetting import copies, forget_person, retells, said_by
from bot.taskforce.permissions import Actor
from bot.taskforce.transcript import Message
from bot.taskforce.unnaming import Kept, theirs, unnamed, without_words_of
from storage import Store, Unit
from storage.terms import AuditKind
from storage.unnaming import AUDIT, LOG, Place

PERSON = "person"
_DIGITS = 4  # bytes: twice as many digits
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Erased:
    """How much goes of a person, or would: ``label`` stands for them from then on.

    ``entries`` of logs lose their text, ``names`` only the name; ``kept`` are entries of before, which keep who
    made them. ``rows`` are all others in which they stand.
    """

    label: str
    bursts: tuple[str, ...] = ()
    entries: int = 0
    names: int = 0
    kept: int = 0
    messages: int = 0
    files: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Plan:
    """What becomes of one burst; ``files`` are the copies that it names no more, by their digests."""

    burst: Burst
    decision: Decision
    entries: tuple[tuple[Place, Kept, Kept], ...]
    messages: tuple[str, ...]
    files: frozenset[str]
    kept: int


def foretell(unit: Unit, found: Found) -> Erased:
    """What erasing them would do, by the same plans; nothing is changed."""
    label = label_of("0" * 2 * _DIGITS)
    plans = [_plan(unit, number, found, label) for number in found.bursts]
    return _told(label, found, plans, _audit(unit, found, label), _named_no_more(unit, plans))


def erase_person(store: Store, programme: Programme, user: str, actor: Actor, now: datetime) -> Erased:
    """Erase ``user`` (a Slack user id); it is logged without saying who it was.

    Raises ``BotError`` with everything that stands in the way, and then changes nothing.
    """
    label = label_of(secrets.token_hex(_DIGITS))
    with store.write() as unit:
        found = find(unit, programme, user, actor)
        if found.hindrances:
            raise BotError("\n".join(found.hindrances))
        audit = _audit(unit, found, label)
        plans = [_plan(unit, number, found, label) for number in found.bursts]
        files = _named_no_more(unit, plans)
        for plan in plans:
            _empty(unit, plan, now)
        for place, _, after in audit:
            unit.unnaming.put(place, after)
        for place in found.places:
            if place.table not in {LOG, AUDIT}:
                unit.unnaming.rename(place, found.marks, label)
        for plan in plans:
            _file_anew(unit, plan.burst.id)
        # Before the commit: killed between the two, it is done again.
        for digest in files:
            store.files.forget(digest)
        done = _told(label, found, plans, audit, files)
        if found.places:
            unit.audit.append(AuditKind.ERASED, _logged(done), actor=actor.user, at=now)
    store.scrub()
    return done


def _plan(unit: Unit, number: int, found: Found, label: str) -> _Plan:
    burst = unit.bursts.get(number)
    if burst is None:
        raise BotError(f"There is no BURST-{number}, and yet something stands in it.")
    user, entries = found.marks.user, unit.unnaming.entries(number)
    written = [*_transcript(unit, number)]
    bodies = [kept.body for _, kept in entries if kept.body is not None and theirs(kept, user)]
    texts = {text for one in written if one.author == user for text in _texts(one)}
    said = said_by(burst, user, bodies) | texts
    again = retells(said)
    after = [unnamed(without_words_of(kept, user, said), found.marks, label) for _, kept in entries]
    decision = forget_person(burst, user, said)
    gone = copies(burst.evidence) - copies(decision.after.evidence)
    # What the bot posted says what people said, in words of its own too.
    theirs_now = {user, *(bot_users(unit) if said else ())}
    messages = [one.ts for one in written if one.author in theirs_now or any(map(again, _texts(one)))]
    return _Plan(
        burst,
        decision,
        tuple((place, kept, now) for (place, kept), now in zip(entries, after, strict=True) if kept != now),
        tuple(messages),
        gone,
        sum(one.actor == user for one in after),
    )


def _named_no_more(unit: Unit, plans: list[_Plan]) -> frozenset[str]:
    """The copies that no burst names once all of that is done: two of theirs may have had the same file."""
    gone = {(plan.burst.id, digest) for plan in plans for digest in plan.files}
    still = {one.digest for one in unit.forgetting.named() if (one.burst_id, one.digest) not in gone}
    return frozenset(digest for _, digest in gone if digest not in still)


def _transcript(unit: Unit, number: int) -> Iterator[Message]:
    """Every message that has words."""
    last: Message | None = None
    while page := unit.transcripts.page(number, after=last, limit=_PAGE):
        yield from (one for one in page if one.worded)
        last = page[-1]


def _texts(message: Message) -> Iterator[str]:
    """What it says and said, and of its files the names; no empty ones."""
    told = (message.text, *(one.text for one in message.earlier), *(one.name for one in message.files))
    yield from filter(None, told)


def _audit(unit: Unit, found: Found, label: str) -> list[tuple[Place, Kept, Kept]]:
    """The entries of the installation's log in which they stand; what was done stays, by whom or to whom does not."""
    there = [(place, unit.unnaming.entry(place)) for place in found.places if place.table == AUDIT]
    return [(place, kept, unnamed(kept, found.marks, label)) for place, kept in there]


def _empty(unit: Unit, plan: _Plan, now: datetime) -> None:
    unit.apply(plan.decision, now=now)
    for place, _, after in plan.entries:
        unit.unnaming.put(place, after)
    for ts in plan.messages:
        unit.transcripts.erase_message(plan.burst.id, ts)


def _file_anew(unit: Unit, number: int) -> None:
    """Let the archive find the burst by the words that are left."""
    burst = unit.bursts.get(number)
    if burst is not None:
        unit.archives.rewrite(number, burst.title, words_of(burst, unit.log.entries(number)))


def _told(
    label: str,
    found: Found,
    plans: list[_Plan],
    audit: list[tuple[Place, Kept, Kept]],
    files: frozenset[str],
) -> Erased:
    changed = [*(one for plan in plans for one in plan.entries), *audit]
    emptied = [before for _, before, after in changed if before.body is not None and after.body is None]
    renamed = [before for _, before, after in changed if before.names != after.names]
    return Erased(
        label=label,
        bursts=tuple(plan.burst.key for plan in plans),
        entries=len(emptied),
        names=len(renamed),
        kept=sum(plan.kept for plan in plans) + sum(one.actor == found.marks.user for _, _, one in audit),
        messages=sum(len(plan.messages) for plan in plans),
        files=len(files),
        rows=sum(place.table not in {LOG, AUDIT} for place in found.places),
    )


def _logged(done: Erased) -> dict[str, object]:
    told = asdict(done)
    return {"why": PERSON, "person": told.pop("label"), **told, "bursts": list(done.bursts)}
