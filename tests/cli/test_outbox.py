"""``burst outbox``: what Slack would not take is seen, sent again, or given up."""

import json
from contextlib import closing

import pytest

from bot import clock
from bot.taskforce.effects import Effect, EffectKind, person_lane
from storage.outbox import Intent
from storage.terms import IntentState
from tests.cli.conftest import Installation


def _parked(installed: Installation) -> int:
    """Put two intents into the outbox and park the first; returns its id."""
    lanes = (person_lane("U01OWNER"), person_lane("U01LEAD"))
    intents = [Intent(Effect(EffectKind.PUBLISH_HOME, lane), None, 1) for lane in lanes]
    with closing(installed.open()) as store, store.write() as unit:
        unit.outbox.add(intents, now=clock.now())
        first = unit.outbox.claim("sender", 1, clock.wall())[0]
        assert unit.outbox.park(first.id, first.fence, "channel_not_found")
    return first.id


def _states(installed: Installation) -> dict[int, IntentState]:
    with closing(installed.open()) as store, store.read() as unit:
        return {row.id: row.state for row in unit.outbox.listed(IntentState)}


def test_nothing_is_parked_at_first(installed: Installation) -> None:
    assert installed.burst("outbox", "list").stdout == "Nothing is parked.\n"
    assert installed.burst("outbox", "list", "--all").stdout == "Nothing is waiting.\n"
    assert json.loads(installed.burst("outbox", "list", "--json").stdout) == []


def test_a_parked_intent_is_listed_with_its_reason_beside_a_running_bot(installed: Installation) -> None:
    _parked(installed)
    with closing(installed.open()):
        lines = installed.burst("outbox", "list").stdout.splitlines()
    assert lines[0].split() == ["id", "burst", "kind", "lane", "state", "attempt", "reason", "created"]
    assert len(lines) == 2
    assert "channel_not_found" in lines[1]


def test_programs_see_waiting_ones_too_if_they_ask(installed: Installation) -> None:
    _parked(installed)
    rows = json.loads(installed.burst("outbox", "list", "--all", "--json").stdout)
    assert [(row["state"], row["reason"]) for row in rows] == [
        ("parked", "channel_not_found"),
        ("pending", ""),
    ]


def test_a_parked_intent_is_sent_again(installed: Installation) -> None:
    row = _parked(installed)
    assert installed.burst("outbox", "retry", str(row)).exit_code == 0
    assert _states(installed)[row] is IntentState.PENDING


def test_a_parked_intent_is_given_up(installed: Installation) -> None:
    row = _parked(installed)
    assert installed.burst("outbox", "drop", str(row)).exit_code == 0
    assert _states(installed)[row] is IntentState.DROPPED
    assert installed.burst("db", "check").exit_code == 0


@pytest.mark.parametrize("verb", ["retry", "drop"])
def test_only_a_parked_intent_is_touched(installed: Installation, verb: str) -> None:
    row = _parked(installed) + 1
    result = installed.burst("outbox", verb, str(row))
    assert (result.exit_code, "is not parked" in result.stderr) == (1, True)
    assert _states(installed)[row] is IntentState.PENDING


@pytest.mark.parametrize("verb", ["retry", "drop"])
def test_a_running_bot_keeps_its_file(installed: Installation, verb: str) -> None:
    row = _parked(installed)
    with closing(installed.open()):
        result = installed.burst("outbox", verb, str(row))
    assert (result.exit_code, "stop the bot first" in result.stderr) == (1, True)
    assert _states(installed)[row] is IntentState.PARKED


def test_without_a_database_it_says_how_to_make_one(bare: Installation) -> None:
    result = bare.burst("outbox", "list")
    assert (result.exit_code, "burst db upgrade" in result.stderr) == (1, True)
