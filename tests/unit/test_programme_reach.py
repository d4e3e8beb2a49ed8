"""Whom a ladder's words mean is looked up when it is asked for."""

import pytest

from bot.programme.reach import Reach


def test_a_word_is_looked_up_when_it_is_asked_for_and_once() -> None:
    asked = []

    def owner() -> tuple[str, ...]:
        asked.append("owner")
        return ("U01NOOR",)

    reach = Reach({"owner": owner, "sponsor": lambda: pytest.fail("nobody asked for the sponsor")})

    assert asked == []
    assert reach["owner"] == reach["owner"] == ("U01NOOR",)
    assert asked == ["owner"]


def test_it_reads_like_any_other_mapping() -> None:
    reach = Reach({"owner": lambda: ("U01NOOR",), "sponsor": tuple})

    assert reach == {"owner": ("U01NOOR",), "sponsor": ()}
    assert set(reach) == {"owner", "sponsor"}
    assert reach.get("nobody", ()) == ()


def test_a_defect_is_not_taken_for_nobody() -> None:
    people: dict[str, tuple[str, ...]] = {}

    with pytest.raises(RuntimeError, match="whom owner means cannot be told"):
        Reach({"owner": lambda: people["nobody"]}).get("owner", ())
