"""What should never have been written is erased from everywhere, and the log verifies."""

from dataclasses import replace

import pytest

from bot.errors import BotError
from bot.operations.legal_hold import hold
from bot.operations.redacting import message_with_words, redact_entry, redact_message, redaction
from bot.operations.transcribing import hear
from bot.taskforce.burst import EvidenceFile
from bot.taskforce.decision import Entry
from bot.taskforce.effects import EffectKind
from bot.taskforce.forgetting import ERASED
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import EntryKind
from bot.taskforce.transcript import Message
from storage import Store
from storage.archive_filter import ArchiveFilter
from storage.terms import IntentState
from tests.storage.bursts import NOW, full_burst, loaded, note, opening, plain_burst, stored
from tests.storage.test_archives import summary
from tests.store_fixtures import Database

PETRA = Actor("U01PETRA", admin=True)
NAMED = "The study of Zoltan Quimby hangs."
WHY = "A patient was named."


@pytest.fixture
def copy(store: Store) -> str:
    """The digest of a kept file."""
    with store.files.arriving() as arriving:
        arriving.write(b"a picture of a patient")
        return arriving.keep()


@pytest.fixture
def named(store: Store, copy: str) -> Store:
    """A burst whose second entry, a piece of evidence, a note and a message name a patient."""
    burst = full_burst()
    proof = replace(burst.evidence[0], text=NAMED, files=(EvidenceFile("F1", digest=copy),))
    item = replace(burst.checklist[0], note=f"See: {NAMED}")
    entries = [note("It hangs."), note(NAMED), note("It works.")]
    stored(store, opening(replace(burst, evidence=(proof,), checklist=(item,)), entries=entries))
    with store.write() as unit:
        unit.archives.file(summary(1, text=NAMED))
        unit.transcripts.keep(1, [Message("C1", "1.5", "", "U1", "", "", "Gwendolyn Ostrander")])
    return store


def test_no_byte_of_it_is_left(named: Store, database: Database, copy: str) -> None:
    assert b"Quimby" in database.kept()
    redact_entry(named, 1, 2, PETRA, WHY, NOW)
    redact_message(named, 1, "1.5", PETRA, WHY, NOW)
    kept = database.kept().lower()
    assert [name for name in (b"quimby", b"ostrander") if name in kept] == []
    assert named.files.path(copy) is None


def test_everything_else_stays(named: Store) -> None:
    redact_entry(named, 1, 2, PETRA, WHY, NOW)
    after = loaded(named)
    assert (after.title, after.evidence[0].text, after.checklist[0].note) == (
        full_burst().title,
        ERASED,
        ERASED,
    )
    assert after.checklist[0].text == full_burst().checklist[0].text
    with named.read() as unit:
        assert [entry.body for entry in unit.log.entries(1)] == [
            {"text": "It hangs."},
            None,
            {"text": "It works."},
        ]
        assert unit.log.verify(1) == []
        assert unit.archives.holds(ArchiveFilter("works"))
        (entry,) = unit.audit.entries()
    assert (entry.kind, entry.actor) == ("redacted", "U01PETRA")
    assert entry.detail == {"burst": "BURST-1", "entry": 2, "why": WHY}


def test_evidence_whose_words_were_corrected_since_goes_with_its_files(store: Store, copy: str) -> None:
    proof = replace(full_burst().evidence[0], text="It works.", files=(EvidenceFile("F1", digest=copy),))
    given = Entry(EntryKind.EVIDENCE, "U01PRIYA", NOW, {"text": NAMED, "files": ["F1"]})
    stored(store, opening(replace(full_burst(), evidence=(proof,)), entries=[note("It hangs."), given]))

    redact_entry(store, 1, 2, PETRA, WHY, NOW)

    assert (loaded(store).evidence[0].text, store.files.path(copy)) == (ERASED, None)


def test_the_search_does_not_find_it_any_more(named: Store) -> None:
    with named.read() as unit:
        assert unit.archives.holds(ArchiveFilter("quimby"))
    redact_entry(named, 1, 2, PETRA, WHY, NOW)
    with named.read() as unit:
        assert not unit.archives.holds(ArchiveFilter("quimby"))
        assert not unit.archives.holds(ArchiveFilter("zolt*"))


def test_looking_first_tells_the_same_and_changes_nothing(named: Store, copy: str) -> None:
    with named.read() as unit:
        before, found = unit.log.entries(1), redaction(unit, 1, 2, WHY)
        message = message_with_words(unit, 1, "1.5", WHY)
    assert (found.entry.number, found.texts, found.files) == (2, 2, frozenset({copy}))
    with named.read() as unit:
        assert unit.log.entries(1) == before
        assert unit.audit.entries() == ()
    assert redact_entry(named, 1, 2, PETRA, WHY, NOW) == found
    assert redact_message(named, 1, "1.5", PETRA, WHY, NOW) == message


def test_what_shows_a_burst_that_is_not_archived_is_drawn_again(store: Store) -> None:
    stored(store, opening(plain_burst(title=NAMED), entries=[note(NAMED)]))
    redact_entry(store, 1, 1, PETRA, WHY, NOW)
    assert loaded(store).title == ERASED
    with store.read() as unit:
        assert [row.kind for row in unit.outbox.listed([IntentState.PENDING])] == [
            EffectKind.REFRESH_CARD,
            EffectKind.REFRESH_CHECKLIST,
            EffectKind.REFRESH_ESCALATION,
        ]


def test_nothing_is_drawn_where_nobody_can_draw(named: Store) -> None:
    redact_entry(named, 1, 2, PETRA, WHY, NOW)
    with named.read() as unit:
        assert unit.outbox.listed([*IntentState]) == []


def test_evidence_without_an_address_is_not_the_entry_that_has_none(store: Store) -> None:
    proof = replace(full_burst().evidence[0], link=None, files=())
    empty = Entry(EntryKind.EVIDENCE, "U_OWNER", NOW, {"number": 2, "text": NAMED, "link": ""})
    stored(store, opening(plain_burst(evidence=(proof,)), entries=[empty]))
    redact_entry(store, 1, 1, PETRA, WHY, NOW)
    assert loaded(store).evidence == (proof,)


def test_a_message_stays_without_words_when_the_history_still_shows_them(named: Store) -> None:
    with named.read() as unit:
        written = message_with_words(unit, 1, "1.5", WHY)
    redact_message(named, 1, "1.5", PETRA, WHY, NOW)
    with named.write() as unit:
        hear(unit, 1, [written], keep_deleted=True, latest=True)
    with named.read() as unit:
        (kept,) = unit.transcripts.page(1, limit=9)
    assert (kept.ts, kept.author, kept.worded) == ("1.5", "U1", False)


def test_what_cannot_be_redacted_is_told(named: Store) -> None:
    redact_entry(named, 1, 2, PETRA, WHY, NOW)
    for number, why, told in (
        (2, WHY, "erased already"),
        (9, WHY, "no entry 9; the last one is 3"),
        (1, " ", "say why"),
    ):
        with pytest.raises(BotError, match=told):
            redact_entry(named, 1, number, PETRA, why, NOW)
    with pytest.raises(BotError, match="no message 7"):
        redact_message(named, 1, "7.5", PETRA, WHY, NOW)
    with pytest.raises(BotError, match="no BURST-8"):
        redact_entry(named, 8, 1, PETRA, WHY, NOW)


def test_a_held_burst_is_not_redacted(named: Store) -> None:
    with named.write() as unit:
        hold(unit, 1, PETRA, "A dispute.", NOW)
    with pytest.raises(BotError, match="BURST-1 is held"):
        redact_entry(named, 1, 2, PETRA, WHY, NOW)
