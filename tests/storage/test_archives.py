"""The same words find the same summaries on both databases, newest first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.taskforce.account import Account, TimeIn
from bot.taskforce.delay import Because, Ground, Share
from bot.taskforce.ledger import Phase
from bot.taskforce.terms import Outcome, PauseReason, Severity
from storage import Store, archive_search
from storage.archive_filter import ArchiveFilter
from storage.archive_search import ArchivePage
from storage.archives import Summary
from tests.storage.bursts import NOW, opening, plain_burst

DAY = timedelta(days=1)


HOUR = timedelta(hours=1)
ACCOUNT = Account(
    phases=(
        TimeIn(Phase.UNACCEPTED, None, timedelta(microseconds=1)),
        TimeIn(Phase.WAITING, PauseReason.AWAITING_VENDOR, 400 * DAY),
    ),
    dwells_for=(HOUR, timedelta()),
    wall_for=3 * HOUR,
    net_for=HOUR,
    shares=(
        Share("vendor_wait", PauseReason.AWAITING_VENDOR, 2 * HOUR, timedelta()),
        Share("", Ground.UNEXPLAINED, HOUR, HOUR),
    ),
    late=("vendor_fse", "clinical_lead"),
    also=("scope_change",),
    suggested="vendor_wait",
)


def summary(burst_id: int, text: str = "", **fields: object) -> Summary:
    usual = Summary(
        burst_id=burst_id,
        title="CT studies hang",
        family="dicom_mapping",
        workstream="interoperability",
        sites=("NGH",),
        cause="unclear_ownership",
        severity=Severity.SEV2,
        outcome=Outcome.RESOLVED,
        private=False,
        drill=False,
        members=("U_A", "U_B"),
        opened_at=NOW,
        closed_at=NOW + burst_id * DAY,
        log_head="00" * 32,
        text=text,
    )
    return replace(usual, **fields)  # type: ignore[arg-type]


def filed(store: Store, *summaries: Summary) -> None:
    with store.write() as unit:
        unit.apply_all([opening(plain_burst(one.burst_id)) for one in summaries], now=NOW)
        for one in summaries:
            unit.archives.file(one)


def found(store: Store, words: str = "", *, limit: int = 50, **filters: object) -> list[int]:
    wanted = replace(ArchiveFilter(words=words), **filters)  # type: ignore[arg-type]
    with store.read() as unit:
        page = unit.archives.search(wanted, limit=limit)
    return [one.burst_id for one in page.hits]


def test_a_summary_comes_back_as_it_was_filed(store: Store) -> None:
    one = summary(1, "Everything", sites=("NGH", "LKC"), private=True, drill=True, account=ACCOUNT)
    filed(store, one)

    with store.read() as unit:
        assert unit.archives.get(1) == one
        assert unit.archives.get(2) is None
    assert one.key == "BURST-1"


def test_what_was_filed_before_accounts_were_kept_has_none(store: Store) -> None:
    filed(store, summary(1))

    with store.read() as unit:
        kept = unit.archives.get(1)
    assert kept is not None
    assert kept.account is None


@pytest.mark.parametrize("because", [*Ground, *PauseReason])
def test_every_reason_for_lost_time_can_be_filed(store: Store, because: Because) -> None:
    account = replace(ACCOUNT, shares=(Share("scope_change", because, HOUR, HOUR),))
    filed(store, summary(1, account=account))

    with store.read() as unit:
        kept = unit.archives.get(1)
    assert kept is not None
    assert kept.account == account


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_can_be_filed(store: Store, outcome: Outcome) -> None:
    filed(store, summary(1, outcome=outcome))

    with store.read() as unit:
        kept = unit.archives.get(1)
    assert kept is not None
    assert kept.outcome is outcome


CORPUS = {
    1: "Series Description (0008,103E) and Study Description (0008,1030) disagree",
    2: "OBR-4.2 is empty in ORM^O01 messages, OBR-4.1 is right",
    3: "AE title NGH_CT_ER1 refused by pacs01.ngh.example:11112, 0xA700 out of resources",
    4: "SOP class 1.2.840.10008.5.1.4.1.1.2 not accepted; transfer syntax 1.2.840.10008.1.2.1",
    5: "Röntgen-Anfragen ohne Straße; übergeben an Zürich",
    6: "viewer v12.0.3 hangs, v12.0.2 does not",
    7: "study 0008 of room 1030",
}


@pytest.mark.parametrize(
    ("words", "bursts"),
    [
        ("(0008,1030)", [1]),
        ("0008,1030", [1]),
        ("0008,103e", [1]),
        ("0008", [7, 1]),
        ("OBR-4.2", [2]),
        ("obr", [2]),
        ("orm^o01", [2]),
        ("NGH_CT_ER1", [3]),
        ("ngh", [3]),
        ("pacs01.ngh.example:11112", [3]),
        ("11112", [3]),
        ("1.2.840.10008.1.2.1", [4]),
        ("1.2.840.10008.1.2", []),
        ("10008", [4]),
        ("RÖNTGEN strasse", [5]),
        ("ZU\u0308RICH", [5]),
        ("Zurich", []),
        ("v12.0.3", [6]),
        ("v12", [6]),
        ("hangs viewer", [6]),
        ("hangs 0008", []),
        ("hang", [7, 6, 5, 4, 3, 2, 1]),  # the title's
        ("AND OR NOT NEAR", []),
        ("NOT", [6, 4]),
        ('" OR "hang', []),
        ("' | 'hang", [7, 6, 5, 4, 3, 2, 1]),
        ("hang*", [7, 6, 5, 4, 3, 2, 1]),
        ("!!!", [7, 6, 5, 4, 3, 2, 1]),  # no word at all asks for everything
        ("site=ngh", []),
    ],
)
def test_the_fields_words_find_what_holds_all_of_them(store: Store, words: str, bursts: list[int]) -> None:
    filed(store, *(summary(number, text) for number, text in CORPUS.items()))

    assert found(store, words) == bursts


def test_filters_and_words_work_together(store: Store) -> None:
    filed(
        store,
        summary(1, "queue", sites=("NGH", "LKC"), cause="vendor"),
        summary(2, "queue", sites=("LKC",), family="hl7_orders"),
        summary(3, "other", sites=("LKC 2",)),
    )

    assert found(store, site="LKC") == [2, 1]
    assert found(store, "queue", site="LKC", family="hl7_orders") == [2]
    assert found(store, cause="vendor") == [1]
    assert found(store, "queue", since=NOW + 2 * DAY) == [2]
    assert found(store, since=NOW + 2 * DAY) == [3, 2]
    assert found(store, since=NOW + 9 * DAY) == []
    assert found(store, "NGH", site="LKC") == []


def test_pages_follow_one_another(store: Store) -> None:
    filed(store, *(summary(number, "queue", drill=number % 3 == 0) for number in range(1, 41)))
    wanted, seen = ArchiveFilter(words="queue", drill=False), []
    with store.read() as unit:
        for offset in range(0, 27, 7):
            page = unit.archives.search(wanted, limit=7, offset=offset, most=30)
            assert page.total == 27
            seen += [one.burst_id for one in page.hits]

    assert seen == [number for number in range(40, 0, -1) if number % 3]


def test_no_more_are_counted_than_are_asked_for(store: Store) -> None:
    filed(store, *(summary(number, "queue") for number in range(1, 12)))
    with store.read() as unit:
        for words in ("queue", ""):
            found = unit.archives.search(ArchiveFilter(words), limit=2, offset=4, most=8)
            assert ([one.burst_id for one in found.hits], found.total) == ([7, 6], 8)


def test_a_page_behind_the_last_is_empty(store: Store) -> None:
    filed(store, summary(1, "queue"))
    with store.read() as unit:
        assert unit.archives.search(ArchiveFilter("queue"), limit=5, offset=5) == ArchivePage()


def test_a_hit_says_what_a_list_shows(store: Store) -> None:
    one = summary(1, "queue", sites=("NGH", "LKC"), severity=Severity.SEV1, drill=True)
    filed(store, one)
    with store.read() as unit:
        [hit] = unit.archives.search(ArchiveFilter("queue"), limit=5).hits

    assert (hit.key, hit.title, hit.sites, hit.drill) == ("BURST-1", one.title, one.sites, True)
    assert (hit.family, hit.cause, hit.severity, hit.outcome) == (
        one.family,
        one.cause,
        one.severity,
        one.outcome,
    )
    assert (hit.opened_at, hit.closed_at, hit.fix) == (one.opened_at, one.closed_at, "")


def test_a_reopened_burst_leaves_the_archive_with_its_words(store: Store) -> None:
    filed(store, summary(1, "queue"), summary(2, "queue"))
    with store.write() as unit:
        unit.archives.withdraw(1)
        unit.archives.withdraw(1)

    assert found(store, "queue") == [2]
    with store.read() as unit:
        assert unit.archives.get(1) is None
        assert unit._connection.execute(text("SELECT count(*) FROM archive_words")).scalar() == 1


def test_a_summary_filed_again_is_the_newest_and_has_only_its_new_words(store: Store) -> None:
    filed(store, summary(1, "first"), summary(2, "second"))
    with store.write() as unit:
        unit.archives.file(summary(1, "second"))

    assert found(store, "second") == [1, 2]
    assert found(store, "first") == []


def test_what_lies_beyond_the_newest_window_is_found_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_search, "_WINDOW", 2)
    monkeypatch.setattr(archive_search, "_WINDOW_EACH", 1)
    filed(store, *(summary(number, "rare" if number == 1 else "common") for number in range(1, 8)))

    assert found(store, "rare", limit=2) == [1]
    assert found(store, "common", limit=2) == [7, 6]
