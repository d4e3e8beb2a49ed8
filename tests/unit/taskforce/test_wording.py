"""What of an entry counts as somebody's words."""

from bot.taskforce.outage import Outage
from bot.taskforce.wording import FACTS, words_in
from bot.taskforce.written import written
from tests.unit.taskforce.test_entry_names import NOW
from tools.reference.detail_words import DETAILS

# What every decision may tell with its last entry.
IN_ANY_KIND = {"state", "policy", "clocks", "clock_showed", *Outage(NOW, NOW).told}


def test_facts_are_no_words() -> None:
    assert [
        *words_in({"clock": 1, "to": "U_OWNER", "clocks": [{"calendar": "business"}], "reason": ""})
    ] == []


def test_words_are_found_however_deep() -> None:
    assert [*words_in({"text": "one", "options": ["two", "three"], "votes": [{"text": "four"}]})] == [
        "one",
        "two",
        "three",
        "four",
    ]


def test_a_detail_that_nobody_sorted_counts_as_words() -> None:
    assert [*words_in({"whatever_comes_next": "five"})] == ["five"]


def test_what_is_searched_for_as_words_is_erased_as_words() -> None:
    body = dict.fromkeys(FACTS, "said")
    assert [*written("U_OWNER", body), *written("system", body)] == []


def test_every_fact_is_a_detail_that_is_logged() -> None:
    assert FACTS - DETAILS.keys() - IN_ANY_KIND == set()
