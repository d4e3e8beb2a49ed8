"""Both databases find the same summaries, in the same order, for whatever somebody may look for."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import combinations

import pytest

from storage import Store
from storage.words import words_of
from tests.storage.test_archives import filed, found, summary
from tests.store_fixtures import Database, copied, emptied

CORPUS = (
    "Series Description (0008,103E) differs from Study Description (0008,1030) at NGH",
    "(0010,0020) was coerced, (0010,0021) Issuer of Patient ID is empty; 0008 alone is no tag",
    "Private tag (2001,xx5F) and (0029,1010) of group 0029 lost in the archive",
    "OBR-4.2 is empty in ORM^O01, OBR-4.1 holds CTCHEST; OBX-5 and ORU^R01 are fine",
    "ZDS-1 and IPC-1: the Study Instance UID of OMI^O23 is not the modality's",
    "AE title NGH_CT_ER1 calls PACS-01 on port 104, not 11112; AE NGH-CT-ER1 is unknown",
    "pacs01.ngh.example:11112 refuses ngh_ct_er2: 0x0122 SOP class not supported, A700h out of resources",
    "1.2.840.10008.5.1.4.1.1.2 accepted, 1.2.840.10008.5.1.4.1.1.2.1 refused; syntax 1.2.840.10008.1.2.4.70",
    "C-STORE, C-FIND, C-MOVE and N-ACTION work; DICOMweb QIDO-RS /studies?limit=1 does not",
    "Röntgen-Thorax für Zürich: Übergabe über Straße 4, STRASSE, Strasse, ÅNGSTRÖM und Ångström",
    "viewer v12.0.3-rc1 against v12.0.3, build 12.0.3+5 & patch_7",
    "port 443/tcp to 10.20.30.40/24 and fd00::1; rule FW-2210, change CHG0041123",
    "IHE XDS-I.b ITI-41, RAD-68; Modality_Worklist; HL7 v2.5.1 | MSH-18 = UNICODE UTF-8",
    "don't; \"quoted\"; 'single'; a*b; NOT found AND OR; -; --; :1; wild*; (open",
    "\ufb01lm \uff23\uff34 ① ½ naïve façade İstanbul \u0131l\u0131k ΣΊΣΥΦΟΣ Σίσυφος",
)
ODD = (
    "",
    "!!!",
    "NOT",
    "AND",
    "OR",
    '"',
    "'",
    "*",
    "a:*",
    "-",
    "NEAR(a b)",
    "{",
    "\\",
    "&",
    "|",
    "<->",
    "ångström",
)


@pytest.fixture(scope="module")
def both(
    postgres_shared: Database, sqlite_template: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Store]]:
    """The corpus in both databases."""
    with ExitStack() as stack:
        opened = [
            stack.enter_context(database.opened())
            for database in (
                copied(sqlite_template, tmp_path_factory.mktemp("both")),
                emptied(postgres_shared),
            )
        ]
        for store in opened:
            filed(store, *(summary(number, text) for number, text in enumerate(CORPUS, start=1)))
        yield opened[0], opened[1]


def test_every_word_as_written_and_every_part_of_it(both: tuple[Store, Store]) -> None:
    sqlite, postgresql = both
    asked = {word for text in CORPUS for word in (*text.split(), *words_of(text))}
    assert len(asked) > 200

    different = {word for word in asked if found(sqlite, word) != found(postgresql, word)}

    assert different == set()


def test_every_word_is_found_where_it_stands(both: tuple[Store, Store]) -> None:
    for store in both:
        missed = [
            word
            for number, text in enumerate(CORPUS, start=1)
            for word in text.split()
            if number not in found(store, word)
        ]
        assert missed == []


def test_pairs_of_words_in_any_case(both: tuple[Store, Store]) -> None:
    sqlite, postgresql = both
    asked = {f"{one.upper()} {other}" for text in CORPUS for one, other in combinations(text.split()[:5], 2)}

    different = {words for words in asked if found(sqlite, words) != found(postgresql, words)}

    assert different == set()


@pytest.mark.parametrize("words", ODD)
def test_what_a_database_would_take_for_an_operator(both: tuple[Store, Store], words: str) -> None:
    sqlite, postgresql = both
    assert found(sqlite, words) == found(postgresql, words)
