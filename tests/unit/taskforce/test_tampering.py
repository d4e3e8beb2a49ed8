"""What somebody does to a log behind our back is found, and the entry is named."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.taskforce import logbook
from bot.taskforce.logbook import GENESIS, Row
from bot.taskforce.tampering import Tip, Wrong, examine

SALT = b"0123456789abcdef"
Log = list[Row]


def logged(*texts: str, before: str = GENESIS, first: int = 1) -> Log:
    """Entries with these texts, chained to ``before``."""
    rows = []
    for number, text in enumerate(texts, start=first):
        header: dict[str, str | int] = {"number": number, "kind": "update", "actor": "U1"}
        digest = logbook.body_digest(SALT, {"text": text})
        before = logbook.entry_hash(before, header, digest)
        rows.append(Row(header, digest, before, SALT, {"text": text}))
    return rows


LOG = logged("one", "two", "three", "four", "five", "six")
TIP = Tip(6, LOG[-1].entry_hash)


def renumbered(row: Row, number: int) -> Row:
    return replace(row, header={**row.header, "number": number})


def found(rows: Sequence[Row], tip: Tip = TIP) -> list[tuple[str, int, int]]:
    """What was done, to which entries."""
    ordered = sorted(rows, key=lambda row: row.number)
    return [(one.wrong.value, one.first, one.last) for one in examine(ordered, tip)]


def changed(number: int, **fields: object) -> Log:
    return [replace(row, **fields) if row.number == number else row for row in LOG]  # type: ignore[arg-type]


def hashed_anew(number: int) -> Log:
    """The text of an entry rewritten by somebody who knows how a hash is made."""
    (forged,) = logged("forged", before=LOG[number - 2].entry_hash, first=number)
    return [forged if row.number == number else row for row in LOG]


def test_an_untouched_log_holds_and_so_does_an_empty_one() -> None:
    assert found(LOG) == []
    assert found([], Tip(0, GENESIS)) == []


def test_a_log_of_which_texts_were_erased_holds() -> None:
    assert found([replace(row, salt=None, body=None) for row in LOG]) == []


OTHER = logged("other")[0]
ALTERED_3 = [("altered", 3, 3)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(changed(3, body={"text": "three, honestly"}), id="text"),
        pytest.param(changed(3, body={"text": float("nan")}), id="no json"),
        pytest.param(changed(3, salt=b"another"), id="salt"),
        pytest.param(changed(3, body=None), id="half erased"),
        pytest.param(changed(3, salt=None), id="salt gone"),
        pytest.param(changed(3, body=OTHER.body, digest=OTHER.digest), id="text with digest"),
        pytest.param(changed(3, digest="no hash"), id="digest"),
        pytest.param(changed(3, entry_hash="00" * 32), id="hash"),
        pytest.param(changed(3, entry_hash="no hash"), id="hash that is none"),
        pytest.param(changed(3, header={**LOG[2].header, "actor": "U2"}), id="actor"),
    ],
)
def test_an_altered_entry_is_named(rows: Log) -> None:
    assert found(rows) == ALTERED_3


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row for row in LOG if row.number != 3], [("removed", 3, 3)]),
        ([row for row in LOG if row.number != 1], [("removed", 1, 1)]),
        ([row for row in LOG if row.number not in {2, 3, 5}], [("removed", 2, 3), ("removed", 5, 5)]),
        (LOG[:4], [("cut_off", 5, 6)]),
        ([], [("cut_off", 1, 6)]),
        ([*LOG[:2], *LOG[3:5]], [("removed", 3, 3), ("cut_off", 6, 6)]),
    ],
)
def test_entries_that_are_gone_are_named(rows: Log, told: list[tuple[str, int, int]]) -> None:
    assert found(rows) == told


def test_the_rest_moved_up_over_a_removed_entry() -> None:
    rows = [*LOG[:2], *(renumbered(row, row.number - 1) for row in LOG[3:])]
    assert found(rows) == [("moved", 3, 3), ("removed", 3, 3), ("moved", 4, 4), ("moved", 5, 5)]


@pytest.mark.parametrize(("one", "other"), [(2, 5), (3, 4), (1, 6), (5, 6), (1, 2)])
def test_entries_that_changed_places_are_named(one: int, other: int) -> None:
    places = {one: other, other: one}
    rows = [renumbered(row, places.get(row.number, row.number)) for row in LOG]
    assert found(rows) == [("moved", one, one), ("moved", other, other)]


def test_an_entry_that_was_carried_away_is_named_where_it_stands() -> None:
    assert found([renumbered(row, 9) if row.number == 3 else row for row in LOG]) == [("moved", 9, 9)]


def test_an_entry_put_in_between_is_named_and_so_are_those_that_made_room() -> None:
    forged = logged("forged", before=LOG[1].entry_hash, first=3)
    rows = [*LOG[:2], *forged, *(renumbered(row, row.number + 1) for row in LOG[2:])]
    assert found(rows) == [("inserted", 3, 3), *(("moved", number, number) for number in (4, 5, 6, 7))]


@pytest.mark.parametrize("number", [0, -5])
def test_an_entry_put_in_before_all_is_named(number: int) -> None:
    assert found([*logged("forged", first=number), *LOG]) == [("inserted", number, number)]


def test_entries_put_in_behind_the_end_are_named() -> None:
    more = logged("forged", "again", before=TIP.head, first=7)
    assert found([*LOG, *more]) == [("inserted", 7, 8)]


def test_a_copy_of_an_entry_is_named() -> None:
    assert found([*LOG, renumbered(LOG[1], 7)]) == [("inserted", 7, 7)]


@pytest.mark.parametrize("number", [2, 5])
def test_an_entry_hashed_anew_is_named_beside_the_one_that_does_not_follow(number: int) -> None:
    (one,) = examine(hashed_anew(number), TIP)
    assert (one.wrong, one.first) == (Wrong.ALTERED, number + 1)
    assert f"from entry {number}, unless that one was altered" in one.words


def test_the_last_entry_hashed_anew_shows_against_its_burst() -> None:
    assert found(hashed_anew(6)) == [("altered", 6, 6)]


@pytest.mark.parametrize("tip", [Tip(9, TIP.head), Tip(5, TIP.head), Tip(6, "00" * 32)])
def test_a_burst_that_says_something_else_of_its_log_is_told(tip: Tip) -> None:
    assert found(LOG, tip) == [("altered", 6, 6)]


LONG = logged(*(f"entry {number}" for number in range(1, 41)))
LONG_TIP = Tip(40, LONG[-1].entry_hash)
Tampering = Callable[[Log, random.Random], tuple[Log, set[int]]]


def change(log: Log, dice: random.Random) -> tuple[Log, set[int]]:
    """One field of one entry."""
    row = dice.choice(log)
    ways: list[dict[str, object]] = [
        {"header": {**row.header, "actor": "U9"}},
        {"header": {**row.header, "kind": "fact"}},
        {"body": {"text": "changed"}},
        {"digest": dice.randbytes(32).hex()},
        {"entry_hash": dice.randbytes(32).hex()},
        {"salt": dice.randbytes(16)},
    ]
    other = replace(row, **dice.choice(ways))  # type: ignore[arg-type]
    return [other if one is row else one for one in log], {row.number}


def delete(log: Log, dice: random.Random) -> tuple[Log, set[int]]:
    """One entry."""
    row = dice.choice(log)
    return [one for one in log if one is not row], {row.number}


def swap(log: Log, dice: random.Random) -> tuple[Log, set[int]]:
    """Two entries' places."""
    one, other = (row.number for row in dice.sample(log, 2))
    places = {one: other, other: one}
    return [renumbered(row, places.get(row.number, row.number)) for row in log], {one, other}


def insert(log: Log, dice: random.Random) -> tuple[Log, set[int]]:
    """One entry, and the others make room."""
    at = dice.randrange(1, len(log) + 1)
    before = log[at - 2].entry_hash if at > 1 else GENESIS
    rest = [renumbered(row, row.number + 1) for row in log[at - 1 :]]
    return [*log[: at - 1], *logged("forged", before=before, first=at), *rest], {at}


def truncate(log: Log, dice: random.Random) -> tuple[Log, set[int]]:
    """The end of the log."""
    kept = dice.randrange(len(log))
    return log[:kept], set(range(kept + 1, len(log) + 1))


@pytest.mark.parametrize("tampering", [change, delete, swap, insert, truncate])
@pytest.mark.parametrize("erased", [False, True])
def test_random_tampering_is_found_and_nothing_else_is_accused(tampering: Tampering, *, erased: bool) -> None:
    dice = random.Random(f"{tampering.__name__} {erased}")  # noqa: S311 - a seeded choice of cases
    for _ in range(20):
        log = [replace(row, salt=None, body=None) if erased and dice.random() < 0.1 else row for row in LONG]
        tampered, victims = tampering(log, dice)
        findings = examine(sorted(tampered, key=lambda row: row.number), LONG_TIP)
        accused = {
            n for one in findings if one.wrong is not Wrong.MOVED for n in range(one.first, one.last + 1)
        }
        misplaced = {one.first for one in findings if one.wrong is Wrong.MOVED}
        assert victims <= accused | misplaced
        assert accused <= victims
        assert misplaced <= victims or tampering is insert
