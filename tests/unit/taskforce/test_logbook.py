"""The chain of the log: what it proves, and what can be forgotten without breaking it."""

import hashlib
import json
from dataclasses import replace

import pytest

from bot.taskforce import logbook
from bot.taskforce.logbook import GENESIS, Row

SALT = b"0123456789abcdef"
KEY = b"kept elsewhere"


def log_of(*texts: str) -> list[Row]:
    rows, previous = [], GENESIS
    for number, text in enumerate(texts, start=1):
        header: dict[str, str | int] = {"number": number, "kind": "update", "actor": "U1"}
        body = {"text": text}
        digest = logbook.body_digest(SALT, body)
        previous = logbook.entry_hash(previous, header, digest)
        rows.append(Row(header, digest, previous, SALT, body))
    return rows


def test_an_untouched_log_verifies() -> None:
    assert logbook.verify(log_of("one", "two", "three")) == ()


def test_a_part_of_the_log_verifies_from_the_hash_before_it() -> None:
    rows = log_of("one", "two", "three")
    assert logbook.verify(rows[1:], rows[0].entry_hash) == ()
    assert logbook.verify(rows[1:]) == ("entry 1: it does not follow from the entry before it",)


def test_an_erased_entry_still_verifies() -> None:
    rows = log_of("one", "two", "three")
    rows[1] = replace(rows[1], salt=None, body=None)
    assert logbook.verify(rows) == ()


def test_a_rewritten_text_shows() -> None:
    rows = log_of("one", "two", "three")
    rows[1] = replace(rows[1], body={"text": "something else"})
    assert logbook.verify(rows) == ("entry 2: its text is not what was logged",)


def test_a_text_rewritten_with_its_digest_breaks_the_chain() -> None:
    rows = log_of("one", "two")
    body = {"text": "something else"}
    rows[0] = replace(rows[0], body=body, digest=logbook.body_digest(SALT, body))
    assert logbook.verify(rows) == ("entry 1: it does not follow from the entry before it",)


def test_another_actor_breaks_the_chain() -> None:
    rows = log_of("one", "two")
    rows[0] = replace(rows[0], header={**rows[0].header, "actor": "U2"})
    assert logbook.verify(rows) == ("entry 1: it does not follow from the entry before it",)


def test_an_entry_cut_out_of_the_middle_breaks_the_chain() -> None:
    rows = log_of("one", "two", "three")
    assert logbook.verify([rows[0], rows[2]]) == ("entry 2: it does not follow from the entry before it",)


def test_entries_that_changed_places_break_the_chain() -> None:
    rows = log_of("one", "two", "three")
    assert len(logbook.verify([rows[1], rows[0], rows[2]])) == 3


def test_a_tail_cut_off_shows_against_a_seal() -> None:
    rows = log_of("one", "two", "three")
    sealed = logbook.seal(KEY, 42, 3, rows[2].entry_hash)
    assert sealed == logbook.seal(KEY, 42, 3, rows[2].entry_hash)
    assert sealed != logbook.seal(KEY, 42, 2, rows[1].entry_hash)
    assert sealed != logbook.seal(KEY, 43, 3, rows[2].entry_hash)
    assert sealed != logbook.seal(b"another key", 42, 3, rows[2].entry_hash)


def test_the_spelling_does_not_depend_on_the_order_of_keys() -> None:
    assert logbook.canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
    assert logbook.body_digest(SALT, {"a": 1, "b": 2}) == logbook.body_digest(SALT, {"b": 2, "a": 1})


def test_the_hash_is_what_the_documentation_says() -> None:
    header: dict[str, str | int] = {"number": 1}
    inner = hashlib.sha256(SALT + b'{"text":"one"}').digest()
    outer = hashlib.sha256(json.dumps(header, separators=(",", ":")).encode() + inner).hexdigest()
    assert logbook.entry_hash(GENESIS, header, inner.hex()) == outer


def test_a_salt_keeps_equal_texts_apart() -> None:
    assert logbook.body_digest(SALT, {"text": "yes"}) != logbook.body_digest(b"another", {"text": "yes"})


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        logbook.canonical({"share": float("nan")})
