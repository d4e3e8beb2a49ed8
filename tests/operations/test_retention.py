"""When a burst's years are over its words go, wherever they lay; what statistics count stays, and the log verifies."""

from dataclasses import replace
from datetime import timedelta

import pytest
from freezegun import freeze_time

from bot.errors import BotError
from bot.operations.legal_hold import hold, release
from bot.operations.retention import Expired, erase_expired, expired, years_kept
from bot.programme import Programme
from bot.taskforce.burst import Burst, EvidenceFile
from bot.taskforce.forgetting import ERASED, expires_at
from bot.taskforce.permissions import Actor
from bot.taskforce.transcript import Message
from storage import Store
from storage.archive_filter import ArchiveFilter
from storage.forgetting import Weight
from storage.portable import Wanted
from storage.terms import AuditKind
from tests.operations.story import RAISER
from tests.storage.bursts import NOW, at, full_burst, loaded, note, opening, plain_burst, stored
from tests.storage.test_archives import summary
from tests.store_fixtures import Database

PETRA = Actor("U01PETRA", admin=True)
CLOSED_AT = at(10)
OVER_AT = expires_at(CLOSED_AT, 6)
# What somebody wrote in each place where words lie.
WRITTEN = (
    "CT studies hang",
    "Two readers cannot",
    "(0008,1030)",
    "555-0134",
    "Count the queue",
    "412 studies",
    "Five headers",
    "x.example",
    "Go?",
    "Since when?",
    "Tell the vendor",
    "CASE-1",
    "Rule removed",
    "Ask first",
    "Tell LKC",
    "9f86d081884c7d65",
    "hospital.slack.example",
    "channel was deleted",
    "restricted_action",
    "Three files",
    "reconfigured",
    "whispered",
    "zygomatic",
    "screenshot.png",
)


@pytest.fixture
def copy(store: Store) -> str:
    """The digest of a kept file."""
    with store.files.arriving() as arriving:
        arriving.write(b"a picture of the queue")
        return arriving.keep()


def archived(store: Store, number: int, digest: str = "") -> Burst:
    """A burst with words everywhere, and with a file."""
    burst = full_burst(number)
    proof = replace(burst.evidence[0], files=(EvidenceFile("F1", "screenshot.png", digest=digest),))
    entries = [note("The rule was reconfigured."), note("It is well.")]
    burst = stored(store, opening(replace(burst, evidence=(proof,)), entries=entries))
    with store.write() as unit:
        unit.transcripts.keep(number, [Message("C1", f"{number}.1", "", RAISER, "", "", "whispered")])
        unit.archives.file(summary(number, text="zygomatic arch", closed_at=CLOSED_AT))
    return burst


@pytest.fixture
def burst(store: Store, copy: str) -> Burst:
    """An archived burst."""
    return archived(store, 1, copy)


def erased(store: Store, programme: Programme, *, after: timedelta = timedelta()) -> list[Expired]:
    with freeze_time(OVER_AT + after):
        return list(erase_expired(store, programme))


def rows(store: Store) -> list[object]:
    """Every row of every table that travels."""
    with store.read() as unit:
        return [[*unit.portable.rows(name, Wanted())] for name in unit.portable.tables(Wanted())]


@pytest.mark.usefixtures("burst")
def test_nothing_that_somebody_wrote_is_left_in_the_database_or_beside_it(
    store: Store, database: Database, programme: Programme, copy: str
) -> None:
    before = database.kept()
    assert [words for words in WRITTEN if words.encode() not in before and words != "(0008,1030)"] == []

    (done,) = erased(store, programme)

    kept = database.kept()
    assert [words for words in WRITTEN if words.encode() in kept] == []
    assert store.files.path(copy) is None
    assert (done.weight.entries, done.weight.messages, done.weight.files) == (2, 1, (copy,))


def test_what_statistics_count_stays(store: Store, programme: Programme, burst: Burst) -> None:
    erased(store, programme)

    after = loaded(store)
    assert after.title == ERASED
    assert (after.clocks, after.sign_offs, after.sites, after.outcome, after.closed_at) == (
        burst.clocks,
        burst.sign_offs,
        burst.sites,
        burst.outcome,
        burst.closed_at,
    )
    assert burst.resolution is not None
    assert after.resolution is not None
    assert after.resolution.cause == burst.resolution.cause
    with store.read() as unit:
        assert unit.log.verify(1) == []
        found = unit.archives.search(ArchiveFilter(cause="unclear_ownership"), limit=9)
        by_words = unit.archives.holds(ArchiveFilter("zygomatic"))
    assert [one.title for one in found.hits] == [ERASED]
    assert not by_words


@pytest.mark.usefixtures("burst")
def test_a_moment_too_early_nothing_goes(store: Store, programme: Programme) -> None:
    before = rows(store)
    assert erased(store, programme, after=-timedelta(seconds=1)) == []
    assert rows(store) == before


@pytest.mark.usefixtures("burst")
def test_looking_first_tells_the_same_and_changes_nothing(store: Store, programme: Programme) -> None:
    before = rows(store)
    with store.read() as unit:
        foretold = list(expired(unit, programme, OVER_AT))
    assert rows(store) == before
    assert erased(store, programme) == foretold


@pytest.mark.usefixtures("burst")
def test_it_is_done_once_and_logged_once(store: Store, programme: Programme) -> None:
    erased(store, programme)
    assert erased(store, programme) == []
    with store.read() as unit:
        (entry,) = unit.audit.entries()
        assert unit.audit.verify() == ()
    assert (entry.kind, entry.actor) == (AuditKind.ERASED, "system")
    assert entry.detail == {
        "burst": "BURST-1",
        "why": "retention",
        "entries": 2,
        "messages": 1,
        "files": 1,
    }


def test_a_burst_that_is_not_over_never_expires(store: Store, programme: Programme) -> None:
    stored(store, opening(plain_burst(), entries=[note()]))
    assert erased(store, programme, after=timedelta(days=9_000)) == []


def test_a_file_that_another_burst_needs_is_kept(store: Store, programme: Programme, copy: str) -> None:
    archived(store, 1, copy)
    open_one = replace(plain_burst(2), evidence=(replace(full_burst().evidence[0]),))
    proof = replace(open_one.evidence[0], files=(EvidenceFile("F2", digest=copy),))
    stored(store, opening(replace(open_one, evidence=(proof,)), entries=[note()]))

    erased(store, programme)

    assert store.files.intact(copy)


def test_two_expired_bursts_with_one_file_take_it_along(
    store: Store, programme: Programme, copy: str
) -> None:
    archived(store, 1, copy)
    archived(store, 2, copy)

    assert [one.weight.files for one in erased(store, programme)] == [(), (copy,)]
    assert store.files.path(copy) is None


def test_killed_in_the_middle_the_next_run_goes_on(
    store: Store, programme: Programme, copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archived(store, 1)
    archived(store, 2, copy)
    with monkeypatch.context() as patched:
        patched.setattr("storage.kept_files.KeptFiles.forget", _killed)
        with pytest.raises(KeyboardInterrupt):
            erased(store, programme)
    assert (loaded(store, 1).title, loaded(store, 2).title) == (ERASED, full_burst().title)

    assert [one.burst_id for one in erased(store, programme)] == [2]
    assert store.files.path(copy) is None


def _killed(*_: object) -> bool:
    raise KeyboardInterrupt


@pytest.fixture
def patient(programme: Programme) -> Programme:
    """The same programme, with one site that keeps its bursts for ten years and another for two."""
    first, second, *_ = programme.sites
    sites = dict(programme.sites)
    sites[first] = sites[first].model_copy(update={"keep_years": 10})
    sites[second] = sites[second].model_copy(update={"keep_years": 2})
    return Programme(programme.file.model_copy(update={"sites": sites}))


def test_the_longest_of_a_bursts_sites_counts(patient: Programme) -> None:
    first, second, third, *_ = patient.sites
    assert [
        years_kept(patient, sites) for sites in ([first], [second], [third], [first, second], [second, third])
    ] == [10, 2, 6, 10, 6]
    assert years_kept(patient, ["GONE"]) == 6


@pytest.mark.parametrize(("day", "expected"), [("2028-02-29", "2034-03-01"), ("2028-03-01", "2034-03-01")])
def test_years_are_those_of_the_calendar(day: str, expected: str) -> None:
    closed = NOW.fromisoformat(f"{day}T12:00:00+00:00")
    assert expires_at(closed, 6).date().isoformat() == expected


@pytest.mark.usefixtures("burst")
def test_a_held_burst_keeps_everything_until_it_is_released(store: Store, programme: Programme) -> None:
    with store.write() as unit:
        hold(unit, 1, PETRA, "A dispute.", NOW)
    assert erased(store, programme) == []
    with store.write() as unit:
        release(unit, 1, PETRA, "", NOW)
    assert [one.burst_id for one in erased(store, programme)] == [1]
    with store.read() as unit:
        assert [one.kind for one in unit.audit.entries()] == ["held", "released", "erased"]


@pytest.mark.usefixtures("burst")
def test_one_that_is_held_after_it_was_found_is_not_erased(
    store: Store, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Expired(1, OVER_AT, Weight(2, 1, ()))]
    monkeypatch.setattr("bot.operations.retention.expired", lambda *_: iter(found))
    with store.write() as unit:
        hold(unit, 1, PETRA, "A dispute.", NOW)
    assert erased(store, programme) == []


@pytest.mark.usefixtures("burst")
def test_what_cannot_be_held_or_released_is_told(store: Store) -> None:
    with store.write() as unit:
        for number, why, told in ((9, "A dispute.", "no BURST-9"), (1, " ", "say why")):
            with pytest.raises(BotError, match=told):
                hold(unit, number, PETRA, why, NOW)
        with pytest.raises(BotError, match="BURST-1 is not held"):
            release(unit, 1, PETRA, "", NOW)
        hold(unit, 1, PETRA, "A dispute.", NOW)
        with pytest.raises(BotError, match="held since 2026-03-02, by U01PETRA"):
            hold(unit, 1, PETRA, "Another.", NOW)
