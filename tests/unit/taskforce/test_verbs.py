"""Every verb against every state, and against people without the right: two whole tables."""

import pytest

from bot.errors import Refused
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import allows
from bot.taskforce.terms import State
from tests.unit.taskforce.attempts import PEOPLE, VERBS, Attempt
from tests.unit.taskforce.cases import (
    accepted,
    archived,
    at,
    closed,
    opened,
    paused,
    resolved,
    working,
)

BURSTS: dict[State, Burst] = {
    State.OPEN: opened(),
    State.ACCEPTED: accepted(),
    State.WORKING: working(),
    State.PAUSED: paused(),
    State.RESOLVED: resolved(),
    State.CLOSED: closed(),
    State.ARCHIVED: archived(),
}
LIVE = "open accepted working paused"
# The states in which a verb is not out of place (what it asks for may still be missing or done).
PLACES = {
    **dict.fromkeys(
        ["accept", "decline", "hand_over", "change_severity", "escalate", "take_up", "extend", "ask_for_more"], LIVE
    ),
    **dict.fromkeys(
        [
            "post_update", "log_decision", "request_decision", "answer_request", "add_evidence",
            "withdraw_evidence", "tick", "log_message", "correct", "note", "add_person", "fill_seat", "cancel", "link",
        ],
        f"{LIVE} resolved",
    ),
    "join": f"{LIVE} resolved closed",
    "pause": "accepted working paused",
    "resume": "accepted working paused",
    "resolve": f"{LIVE} resolved",
    "confirm": "resolved",
    "sign_off": "resolved",
    "send_back": "resolved",
    "keep_open": "closed",
    "finish_follow_up": "open accepted working paused resolved closed archived",
    "reopen": f"{LIVE} resolved closed",
    "note_reopened": "archived",
}  # fmt: skip
NUMBERS = [0, 0, 0, 0]


def outcome(verb: str, attempt: Attempt) -> str:
    """The code of the refusal, or ``done``."""
    try:
        VERBS[verb][1](attempt)
    except Refused as refused:
        return refused.code
    return "done"


def test_the_tables_name_every_verb() -> None:
    assert set(PLACES) == set(VERBS)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(VERBS))
def test_in_which_states_a_verb_has_its_place(verb: str, state: State) -> None:
    burst = BURSTS[state]
    able = [person for person in PEOPLE if allows(VERBS[verb][0], person, burst)]
    found = {outcome(verb, Attempt(burst, person, at(9000), NUMBERS)) for person in able}
    in_place = state.value in PLACES[verb].split()
    # Whoever signed off and clicks again after the last sign-off finds it done, not out of place.
    done_already = verb == "sign_off" and state is State.CLOSED
    assert ("wrong_state" not in found) is (in_place or done_already)


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(VERBS))
def test_without_the_right_the_state_does_not_matter(verb: str, state: State, private: bool) -> None:
    make = {
        State.OPEN: opened, State.ACCEPTED: accepted, State.WORKING: working, State.PAUSED: paused,
        State.RESOLVED: resolved, State.CLOSED: closed, State.ARCHIVED: archived,
    }[state]  # fmt: skip
    burst = make(private=private)
    barred = [person for person in PEOPLE if not allows(VERBS[verb][0], person, burst)]
    assert barred
    found = {outcome(verb, Attempt(burst, person, at(9000), NUMBERS)) for person in barred}
    assert found <= {"not_allowed", "unknown_burst"}
