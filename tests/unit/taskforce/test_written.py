"""What people wrote is told apart from what entries hold besides."""

from bot.taskforce.decision import SYSTEM, Detail
from bot.taskforce.written import written


def test_what_a_person_wrote_comes_in_order() -> None:
    body = {"fix": "The rule is in place.", "text": "TCP to 443 works", "options": ["Widen it", "Close it"]}

    assert [*written("U1", body)] == ["TCP to 443 works", "Widen it", "Close it", "The rule is in place."]


def test_ids_times_digests_and_states_are_left_out() -> None:
    body: dict[str, Detail] = {
        "kind": "change_closed",
        "files": ["F0123"],
        "author": "U2",
        "ts": "1796290200.000100",
        "policy": "2f7074c0",
        "state": "working",
        "until": "2026-03-02T12:00:00+00:00",
        "clocks": [{"number": 1, "promise": "30m"}],
        "link": None,
        "text": "",
    }

    assert [*written("U1", body)] == []


def test_what_the_bot_says_by_itself_is_left_out_but_for_the_names_of_files() -> None:
    assert [*written(SYSTEM, {"reason": "Network engineer at SBH", "name": "header-dump.txt"})] == [
        "header-dump.txt"
    ]
