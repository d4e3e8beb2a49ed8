"""The chain of the log: what it proves, and what can be forgotten without breaking it."""

import hashlib
import json

import pytest

from bot.taskforce import logbook
from bot.taskforce.logbook import GENESIS

SALT = b"0123456789abcdef"
KEY = b"kept elsewhere"


def test_a_seal_is_of_one_burst_one_length_one_head_and_one_key() -> None:
    sealed = logbook.seal(KEY, 42, 3, "ab" * 32)
    assert sealed == logbook.seal(KEY, 42, 3, "ab" * 32)
    assert sealed != logbook.seal(KEY, 42, 2, "ab" * 32)
    assert sealed != logbook.seal(KEY, 42, 3, "cd" * 32)
    assert sealed != logbook.seal(KEY, 43, 3, "ab" * 32)
    assert sealed != logbook.seal(b"another key", 42, 3, "ab" * 32)


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
