"""Names in entries: hashed, so that one can be erased and nobody put in its place."""

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.taskforce import logbook
from bot.taskforce.entry_names import Names, is_label, label_of, names_in
from bot.taskforce.logbook import GENESIS, Row
from bot.taskforce.tampering import Tip, examine

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SALT, NAME_SALT = b"0123456789abcdef", b"fedcba9876543210"
LABEL, ANOTHER = label_of("3f9a2c1b"), label_of("00000000")
BODY: dict[str, object] = {
    "to": "U_OWNER",
    "text": "Ask <@U_OWNER|owner> or <@U_B>.",
    "people": ["U_B", "WEST"],
}
ERASED: dict[str, object] = {
    "to": LABEL,
    "text": f"Ask <@{LABEL}|erased> or <@U_B>.",
    "people": ["U_B", "WEST"],
}
EVERYBODY = {"U_OWNER", "U_OWNER|owner", "U_B", "WEST", "U_A"}


def row(actor: str, body: dict[str, object], names: Names) -> Row:
    header = logbook.header_of(42, 1, "assigned", actor, NOW, names)
    digest = logbook.body_digest(SALT, body, names)
    return Row(header, digest, logbook.entry_hash(GENESIS, header, digest), SALT, body, names)


def found(one: Row, logged: Row) -> list[str]:
    """What is wrong with an entry in whose place ``logged`` was logged."""
    lying = replace(one, digest=logged.digest, entry_hash=logged.entry_hash)
    return [each.words for each in examine([lying], Tip(1, logged.entry_hash))]


@pytest.fixture
def logged() -> Row:
    return row("U_A", BODY, Names(NAME_SALT))


@pytest.fixture
def without() -> Names:
    return Names(NAME_SALT).without("U_OWNER", LABEL, EVERYBODY)


def test_names_are_whole_texts_and_mentions() -> None:
    text = logbook.canonical_text({**BODY, "why": "USA and UK", "at": "2026-03-02"})
    assert names_in(text) == {"U_OWNER", "U_OWNER|owner", "U_B", "WEST"}


def test_the_digest_is_what_the_documentation_says() -> None:
    own = hmac.new(NAME_SALT, b"U_A", hashlib.sha256).digest()
    assert Names(NAME_SALT).digest("U_A") == hashlib.sha256(own + b"U_A").hexdigest()


def test_an_entry_without_somebody_hashes_as_it_did(logged: Row, without: Names) -> None:
    assert found(row("U_A", ERASED, without), logged) == []


def test_neither_name_nor_salt_is_left_of_them(without: Names) -> None:
    told = without.stored()
    assert "U_OWNER" not in told
    assert NAME_SALT.hex() not in told
    assert Names.read(None, told) == without


def test_a_second_one_can_be_erased_from_the_same_entry(logged: Row, without: Names) -> None:
    both = without.without("U_A", ANOTHER, {LABEL, f"{LABEL}|erased", "U_B", "WEST", "U_A"})
    assert found(row(ANOTHER, ERASED, both), logged) == []


def test_nobody_can_be_put_in_their_place(logged: Row, without: Names) -> None:
    framed = replace(without, kept={**without.kept, "U_C": without.kept[LABEL]})
    with pytest.raises(ValueError, match="U_C is no name of this entry"):
        framed.digest("U_C")
    assert found(replace(logged, body={**ERASED, "to": "U_B"}, names=without), logged) != []


def test_of_everybody_else_it_still_shows_who_they_are(logged: Row, without: Names) -> None:
    kept = {**without.kept, "U_C": without.kept["U_A"]}
    assert found(row("U_C", ERASED, replace(without, kept=kept)), logged) != []


@pytest.mark.parametrize("told", ["no JSON", "[]", '{"U_A": 1}', "[" * 100_000])
def test_what_was_not_stored_so_knows_nobody(told: str) -> None:
    names = Names.read(None, told)
    assert names is not None
    with pytest.raises(ValueError, match="no name"):
        names.digest("U_A")


def test_both_kinds_at_once_were_not_stored_so(without: Names) -> None:
    assert Names.read(NAME_SALT, without.stored()) == Names()


def test_an_entry_of_before_has_no_names() -> None:
    assert Names.read(None, None) is None
    assert logbook.by("U_A", None) == {"actor": "U_A"}


def test_a_label_is_no_user_id() -> None:
    assert is_label(LABEL)
    assert not is_label("U_OWNER")


def test_a_digest_cannot_be_written_in_place_of_the_name(logged: Row) -> None:
    names = Names(NAME_SALT)
    one = replace(logged, body={**BODY, "to": names.digest("U_OWNER")})
    assert found(one, logged) == ["entry 1 was altered: its text is not what was logged"]


def test_a_name_that_an_erased_entry_does_not_know_is_none_of_it(without: Names) -> None:
    with pytest.raises(ValueError, match="U_NEW is no name of this entry"):
        without.without("U_B", ANOTHER, {"U_B", "U_NEW"})
