"""One person is erased: no byte of their words, files and name is left, everything else is, and the logs verify."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from bot.errors import BotError, StorageFault
from bot.operations.erasing_person import Erased, erase_person, foretell
from bot.operations.legal_hold import hold
from bot.operations.person_places import find
from bot.programme import Programme
from bot.taskforce.burst import Burst, EvidenceFile
from bot.taskforce.covering import Cover
from bot.taskforce.decision import Entry
from bot.taskforce.effects import Attention, Effect, EffectKind, person_lane
from bot.taskforce.entry_names import is_label
from bot.taskforce.forgetting import ERASED
from bot.taskforce.logbook import GENESIS, body_digest, entry_hash, header_of
from bot.taskforce.permissions import Actor
from bot.taskforce.personal_marks import Marks
from bot.taskforce.terms import ClockState, EntryKind, Standing
from bot.taskforce.transcript import Message, Version
from storage import Store
from storage.archive_filter import ArchiveFilter
from storage.directory import Person
from storage.portable import Wanted
from storage.posts import PostRow
from storage.settings import OWN_IDENTITY
from storage.tables import BurstRecord, LogRecord, table
from storage.terms import AuditKind, IntentState
from tests.operations.travelling import data_of, export, imported
from tests.storage.bursts import NOW, full_burst, loaded, note, opening, plain_burst, stored
from tests.storage.test_archives import summary
from tests.store_fixtures import Database

PETRA = Actor("U01PETRA", admin=True)
VICTIM, OTHER = "U_OWNER", "U_LEAD"
PERSON = Person(
    VICTIM,
    "T1",
    "orla.quill",
    "Orla Quillfeather",
    "Europe/London",
    "PACS",
    "orla@northgate.example",
    Standing.MEMBER,
    NOW,
    "D0ORLA",
)
NAMED = ("u_owner", "quillfeather", "orla", "d0orla")
# What they wrote, in each place where words lie.
WRITTEN = (
    "reconfigured",
    "412 studies",
    "five headers",
    "x.example/1",
    "go?",
    "rule removed",
    "ask first",
    "tell lkc",
    "tell the vendor",
    "screenshot.png",
    "whispered",
    "murmured",
    "half of a form",
)
# What others wrote.
OTHERS = ("CT studies hang", "Two readers cannot", "Since when", "It is well", "shouted")


@pytest.fixture
def copy(store: Store) -> str:
    """The digest of a kept file."""
    with store.files.arriving() as arriving:
        arriving.write(b"a picture of the queue")
        return arriving.keep()


def over(burst: Burst, digest: str = "") -> Burst:
    """The same without a clock that runs, and with a file that they gave."""
    clocks = tuple(replace(one, state=ClockState.MET, wake_at=None, paused_at=None) for one in burst.clocks)
    proof = replace(burst.evidence[0], files=(EvidenceFile("F1", "screenshot.png", digest=digest),))
    return replace(burst, clocks=clocks, evidence=(proof,))


@pytest.fixture
def lived(store: Store, copy: str) -> Store:
    """An archived burst in which they had every part, and whatever else may be stored of them."""
    entries = [
        Entry(EntryKind.ASSIGNED, "system", NOW, {"to": VICTIM, "role": "pacs", "reason": "First in line."}),
        Entry(EntryKind.ACCEPTED, VICTIM, NOW, {"clock": 1}),
        note("The rule was reconfigured."),
        note(f"Ask <@{VICTIM}|orla> or <@{OTHER}>.", OTHER),
        note("Orla Quillfeather knows.", OTHER),
        Entry(EntryKind.FACT, OTHER, NOW, {"author": VICTIM, "text": "I murmured it.", "ts": "1.5"}),
        note("She said: The rule was reconfigured.", OTHER),
        Entry(EntryKind.FILE, "system", NOW, {"file": "F1", "name": "screenshot.png", "digest": copy}),
        note("It is well.", OTHER),
    ]
    ping = Effect(EffectKind.PING, person_lane(VICTIM), {"user": VICTIM}, attention=Attention(VICTIM))
    stored(store, opening(over(full_burst(), copy), entries=entries, effects=[ping]))
    with store.write() as unit:
        unit.directory.put(PERSON)
        unit.archives.file(summary(1, text=f"{VICTIM} reconfigured it. It is well.", members=(VICTIM, OTHER)))
        unit.settings.put(OWN_IDENTITY, '{"token": "", "identity": {"user": "U_BOT", "bot": "B1"}}')
        unit.settings.put("user_group:S1", f'["{VICTIM}", "{OTHER}"]')
        unit.transcripts.keep(
            1,
            [
                Message(
                    "C1", "1.1", "", VICTIM, "", "", "I whispered it.", earlier=(Version("I murmured it."),)
                ),
                Message("C1", "1.2", "", OTHER, "", "", f"I shouted, <@{VICTIM}>."),
                Message("C1", "1.3", "", "U_BOT", "", "", "It was whispered that 412 st…"),
                Message("C1", "1.4", "", OTHER, "", "", "> I whispered it."),
                Message("C1", "1.5", "", VICTIM, "", "", "Done."),
                Message("C1", "1.6", "", OTHER, "", "", "Done."),
            ],
        )
        unit.covers.put(Cover(VICTIM, OTHER, NOW, NOW, OTHER))
        unit.covers.put(Cover(OTHER, "U_B", NOW, NOW, VICTIM))
        unit.drafts.create(VICTIM, "open", {"title": "half of a form"})
        unit.inbox.remember("key", f"home:{VICTIM}", NOW)
        unit.posts.record(PostRow(1, "ping", "1", VICTIM, "D0ORLA", "1.9", None, 1))
        unit.audit.append(AuditKind.EXPORTED, {"scope": {"person": VICTIM}}, actor=PETRA.user, at=NOW)
        unit.audit.append(AuditKind.HELD, {"burst": "BURST-9", "why": "A dispute."}, actor=VICTIM, at=NOW)
    return store


def erased(store: Store, programme: Programme) -> Erased:
    return erase_person(store, programme, VICTIM, PETRA, NOW)


def test_no_byte_of_them_is_left(lived: Store, database: Database, programme: Programme, copy: str) -> None:
    before = database.kept().lower()
    assert [words for words in (*NAMED, *WRITTEN) if words.encode() not in before] == []

    done = erased(lived, programme)

    kept = database.kept().lower()
    assert [words for words in (*NAMED, *WRITTEN) if words.encode() in kept] == []
    assert [words for words in OTHERS if words.lower().encode() not in kept] == []
    assert lived.files.path(copy) is None
    assert (done.bursts, done.kept, done.files) == (("BURST-1",), 0, 1)


def test_nor_in_an_export_and_what_it_restores_verifies(
    lived: Store, database: Database, programme: Programme, sqlite: Database, tmp_path: Path
) -> None:
    erased(lived, programme)
    lived.close()
    export(database, tmp_path / "out")
    written = b"".join(data_of(tmp_path / "out").values()).lower()
    assert [words for words in (*NAMED, *WRITTEN) if words.encode() in written] == []

    if database.kind == "postgresql":
        imported(tmp_path / "out", sqlite)
        with sqlite.opened() as store, store.read() as unit:
            assert (unit.log.verify(1), unit.audit.verify()) == ([], ())


def test_the_logs_verify_and_say_what_others_said(lived: Store, programme: Programme) -> None:
    label = erased(lived, programme).label
    assert is_label(label)
    with lived.read() as unit:
        assert (unit.log.verify(1), unit.audit.verify()) == ([], ())
        entries = unit.log.entries(1)
        audit = unit.audit.entries()
    assert [(one.actor, one.body) for one in entries] == [
        ("system", {"to": label, "role": "pacs", "reason": "First in line."}),
        (label, {"clock": 1}),
        (label, None),
        (OTHER, {"text": f"Ask <@{label}|erased> or <@{OTHER}>."}),
        (OTHER, None),
        (OTHER, None),
        (OTHER, None),
        ("system", None),
        (OTHER, {"text": "It is well."}),
    ]
    assert [(one.actor, one.detail) for one in audit][:2] == [
        (PETRA.user, {"scope": {"person": label}}),
        (label, {"burst": "BURST-9", "why": "A dispute."}),
    ]


def test_the_label_stands_for_them_in_every_part_that_they_had(lived: Store, programme: Programme) -> None:
    before = loaded(lived)
    label = erased(lived, programme).label
    after = loaded(lived)
    assert (before.owner, after.owner, after.raiser) == (VICTIM, label, before.raiser)
    assert (after.title, after.resolution and after.resolution.fix) == (before.title, ERASED)
    assert (after.evidence[0].added_by, after.evidence[0].text, after.evidence[0].files) == (
        label,
        ERASED,
        (),
    )
    with lived.read() as unit:
        kept = unit.archives.get(1)
        assert unit.archives.holds(ArchiveFilter("well"))
        assert unit.directory.get(VICTIM) is None
        (row,) = unit.outbox.listed(frozenset(IntentState))
    assert kept is not None
    assert kept.members == (label, OTHER)
    assert (row.state, row.lane) == (IntentState.DROPPED, f"person:{label}")


def test_what_anybody_may_say_stays_with_who_else_said_it(lived: Store, programme: Programme) -> None:
    label = erased(lived, programme).label
    with lived.read() as unit:
        said = [(one.author, one.text) for one in unit.transcripts.page(1, limit=9)]
    assert said == [
        (label, ""),
        (OTHER, f"I shouted, <@{label}>."),
        ("U_BOT", ""),
        (OTHER, ""),
        (label, ""),
        (OTHER, "Done."),
    ]


def test_it_is_logged_without_saying_who_it_was(lived: Store, programme: Programme) -> None:
    done = erased(lived, programme)
    with lived.read() as unit:
        entry = unit.audit.entries()[-1]
    assert (entry.kind, entry.actor) == (AuditKind.ERASED, PETRA.user)
    assert entry.detail is not None
    assert (entry.detail["person"], entry.detail["bursts"]) == (done.label, ["BURST-1"])


def test_looking_first_tells_the_same_and_changes_nothing(lived: Store, programme: Programme) -> None:
    before = rows(lived)
    with lived.read() as unit:
        foretold = foretell(unit, find(unit, programme, VICTIM, PETRA))
    assert rows(lived) == before
    done = erased(lived, programme)
    assert replace(foretold, label=done.label) == done
    assert (done.entries, done.names, done.messages, done.files) == (5, 6, 4, 1)


def test_a_file_that_two_of_their_bursts_have_is_foretold_and_goes(
    lived: Store, programme: Programme, copy: str
) -> None:
    stored(lived, opening(replace(over(full_burst(), copy), id=2), entries=[note("It is well.")]))
    with lived.read() as unit:
        told = foretell(unit, find(unit, programme, VICTIM, PETRA))
    assert (told.files, erased(lived, programme).files) == (1, 1)
    assert lived.files.path(copy) is None


def test_a_file_that_somebody_else_gave_as_well_stays(lived: Store, programme: Programme, copy: str) -> None:
    burst = over(full_burst(), copy)
    given = replace(
        burst.evidence[0], added_by=OTHER, text="", link=None, files=(EvidenceFile("F2", digest=copy),)
    )
    stored(lived, opening(replace(burst, id=2, evidence=(given,)), entries=[note("It is well.")]))
    assert erased(lived, programme).files == 0
    assert lived.files.path(copy) is not None


def test_who_was_never_there_changes_nothing(lived: Store, programme: Programme) -> None:
    before = rows(lived)
    done = erase_person(lived, programme, "U_NEVER", PETRA, NOW)
    assert (done.bursts, done.entries, done.names, done.rows) == ((), 0, 0, 0)
    assert rows(lived) == before


def test_another_person_can_be_erased_from_the_same_burst(
    lived: Store, database: Database, programme: Programme
) -> None:
    erased(lived, programme)
    erase_person(lived, programme, OTHER, PETRA, NOW)
    assert OTHER.lower().encode() not in database.kept().lower()
    with lived.read() as unit:
        assert (unit.log.verify(1), unit.audit.verify()) == ([], ())


def test_a_log_of_before_verifies_and_keeps_who_made_its_entries(
    store: Store, database: Database, programme: Programme
) -> None:
    stored(store, opening(over(full_burst()), entries=[note("The rule was reconfigured.")]))
    with store.write() as unit:
        _of_before(unit._connection, 1)
        assert unit.log.verify(1) == []
    done = erased(store, programme)
    assert (done.kept, done.entries) == (1, 1)
    assert b"reconfigured" not in database.kept()
    with store.read() as unit:
        assert unit.log.verify(1) == []
        assert [(one.actor, one.body) for one in unit.log.entries(1)] == [(VICTIM, None)]
    assert loaded(store).owner == done.label


@pytest.mark.parametrize(
    "forged",
    [{"names": "{}", "name_salt": None}, {"names": "no JSON", "name_salt": None}, {"actor": "U0NOBODY"}],
)
def test_a_forged_entry_keeps_nobody_from_being_erased_and_still_shows(
    lived: Store, programme: Programme, forged: dict[str, str | None]
) -> None:
    log = table(LogRecord)
    with lived.write() as unit:
        first = (log.c.burst_id == 1, log.c.number == 1)
        unit._connection.execute(update(log).where(*first).values(forged))

    erased(lived, programme)

    with lived.read() as unit:
        assert [*unit.unnaming.places(Marks.of(VICTIM))] == []
        assert unit.log.verify(1) != []


def test_an_entry_that_cannot_be_read_any_more_is_named_in_words(lived: Store, programme: Programme) -> None:
    log = table(LogRecord)
    with lived.write() as unit:
        first = (log.c.burst_id == 1, log.c.number == 1)
        unit._connection.execute(update(log).where(*first).values(body='{"cut'))

    with pytest.raises(StorageFault, match="entry 1 of a log cannot be read any more; `burst log verify`"):
        erased(lived, programme)


def test_everything_that_stands_in_the_way_is_told_at_once(lived: Store, programme: Programme) -> None:
    stored(store := lived, opening(plain_burst(2), entries=[note()]))
    stored(store, opening(replace(full_burst(3)), entries=[note()]))
    with store.write() as unit:
        hold(unit, 1, PETRA, "A dispute.", NOW)
    with pytest.raises(BotError) as refused:
        erased(store, programme)
    assert str(refused.value).splitlines() == [
        "BURST-1 is held: release it first, with `burst hold release BURST-1`.",
        "BURST-2 is not archived yet: end it first, and let its channel be archived.",
        "BURST-3 has follow-up actions that are not done yet.",
    ]
    assert loaded(store).owner == VICTIM


@pytest.mark.parametrize(
    "kind", [EffectKind.COMPLETE_TRANSCRIPT, EffectKind.KEEP_FILE, EffectKind.KEEP_MESSAGE]
)
def test_what_would_bring_their_words_back_goes_first(
    store: Store, programme: Programme, kind: EffectKind
) -> None:
    stored(store, opening(over(full_burst()), entries=[note()], effects=[Effect(kind, "burst:1")]))
    with pytest.raises(BotError, match="BURST-1 still fetches something from Slack"):
        erased(store, programme)


def test_who_is_needed_still_is_not_erased(lived: Store, programme: Programme) -> None:
    petra = programme.people.user("petra")
    assert petra is not None
    with pytest.raises(BotError) as refused:
        erase_person(lived, programme, petra, Actor(petra, admin=True), NOW)
    assert str(refused.value).splitlines() == [
        "Nobody answers for their own erasure: another administrator does it.",
        "The programme names them: take petra out of its people first.",
    ]
    with pytest.raises(BotError, match="U_BOT is the bot itself"):
        erase_person(lived, programme, "U_BOT", PETRA, NOW)


def test_a_name_that_two_people_have_tells_of_neither(lived: Store, programme: Programme) -> None:
    with lived.write() as unit:
        unit.directory.put(replace(PERSON, user="U_B", handle="oq", email="", direct_channel=None))
    erased(lived, programme)
    with lived.read() as unit:
        entry = unit.log.entry(1, 5)
    assert entry is not None
    assert entry.body == {"text": "Orla Quillfeather knows."}


def rows(store: Store) -> list[object]:
    """Every row of every table that travels."""
    with store.read() as unit:
        return [[*unit.portable.rows(name, Wanted())] for name in unit.portable.tables(Wanted())]


def _of_before(connection: Connection, burst_id: int) -> None:
    """Chain the log as it was done before names could be erased."""
    log, burst = table(LogRecord), table(BurstRecord)
    of_burst, head = log.c.burst_id == burst_id, GENESIS
    for row in connection.execute(select(log).where(of_burst).order_by(log.c.number)).all():
        digest = body_digest(row.salt, json.loads(row.body))
        head = entry_hash(head, header_of(burst_id, row.number, row.kind, row.actor, row.at), digest)
        values = {"digest": digest, "entry_hash": head, "name_salt": None}
        connection.execute(update(log).where(of_burst, log.c.number == row.number).values(values))
    connection.execute(update(burst).where(burst.c.id == burst_id).values(log_head=head))
