"""A pushpin on a message of a burst's channel asks for the message to be put into the log."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.operations.office import Office
from bot.operations.transcribing import hear
from bot.taskforce.burst import Burst, Place
from bot.taskforce.effects import EffectKind, person_lane
from bot.taskforce.lifecycle import Message as Said
from bot.taskforce.lifecycle import log_marked, move_to
from bot.taskforce.terms import Standing
from bot.taskforce.transcript import Message
from storage.outbox import OutboxRow
from tests.handlers.test_watching import HOME, TS, housed
from tests.handlers.workspace import BYSTANDER, OTHER_TEAM, RAISER, Workspace, owner_of

__all__ = ["housed"]


def pin(slack: Workspace, user: str = RAISER, *, event_id: str | None = None, **other: Any) -> None:
    """Somebody reacts, as Slack tells of it."""
    item = {"type": "message", "channel": HOME, "ts": TS}
    inner = {"user": user, "reaction": "pushpin", "item_user": "U01JONAH", "item": item, **other}
    assert slack.event("reaction_added", event_id=event_id, **inner).status == 200


def asked(slack: Workspace) -> list[OutboxRow]:
    """Which messages are to be read for the log."""
    return [row for row in slack.intents() if row.kind is EffectKind.KEEP_MESSAGE]


def unpin(slack: Workspace, user: str = RAISER, **other: Any) -> None:
    """Somebody takes it off again."""
    item = {"type": "message", "channel": HOME, "ts": TS}
    inner = {"user": user, "reaction": "pushpin", "item_user": "U01JONAH", "item": item, **other}
    assert slack.event("reaction_removed", **inner).status == 200


def told(slack: Workspace) -> list[tuple[object, ...]]:
    """Who is to hear what of a mark, and of which entry."""
    heard = [row for row in slack.intents() if row.kind is EffectKind.TELL_MARKER]
    assert {row.lane for row in heard} == {person_lane(str(row.subject["user"])) for row in heard}
    return [(row.subject["user"], row.subject["fate"], row.subject["entry"]) for row in heard]


def test_a_pushpin_asks_for_the_message(slack: Workspace, housed: Burst) -> None:
    pin(slack)

    (row,) = asked(slack)
    assert (row.burst_id, row.lane) == (1, "burst:1")
    assert row.subject == {"user": RAISER, "channel": HOME, "ts": TS}
    assert slack.burst() == housed


def test_the_same_event_twice_asks_once(slack: Workspace, housed: Burst) -> None:
    pin(slack, event_id="Ev1")
    pin(slack, event_id="Ev1")

    assert len(asked(slack)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"reaction": "round_pushpin"},
        {"reaction": "eyes"},
        {"item": {"type": "file", "file": "F01"}},
        {"item": {"type": "message", "channel": "C0ELSEWHERE", "ts": TS}},
        {"item": {"type": "message", "channel": HOME, "ts": "yesterday"}},
        {"item": "a message"},
    ],
)
def test_other_marks_are_talk(slack: Workspace, housed: Burst, other: dict[str, Any]) -> None:
    pin(slack, **other)

    assert (asked(slack), told(slack)) == ([], [])


def test_a_guest_who_was_added_may_mark(slack: Workspace, housed: Burst) -> None:
    slack.know("U01GUEST", Standing.GUEST)
    slack.event("member_joined_channel", channel=HOME, user="U01GUEST")

    pin(slack, "U01GUEST")

    assert len(asked(slack)) == 1


@pytest.mark.parametrize("standing", [Standing.MEMBER, Standing.GUEST, Standing.EXTERNAL])
def test_who_does_not_take_part_marks_for_themselves(
    slack: Workspace, housed: Burst, standing: Standing
) -> None:
    slack.know(BYSTANDER, standing, team=OTHER_TEAM)

    pin(slack, BYSTANDER)

    assert asked(slack) == []
    assert told(slack) == ([(BYSTANDER, "not_yours", 0)] if standing is Standing.MEMBER else [])


def test_who_may_not_read_a_private_burst_hears_nothing_of_it(
    slack: Workspace, office: Office, working: Burst
) -> None:
    now = working.opened_at + timedelta(seconds=30)
    with office.store.write() as unit:
        moved = move_to(working, Place(HOME), "", now=now)
        unit.apply(replace(moved, after=replace(moved.after, private=True)), now=now)

    pin(slack, BYSTANDER)
    unpin(slack, BYSTANDER)

    assert (asked(slack), told(slack)) == ([], [])


def test_whoever_takes_the_mark_off_hears_that_the_entry_stays(
    slack: Workspace, office: Office, housed: Burst
) -> None:
    with office.store.write() as unit:
        message = Said("It is the broker", "https://hospital.slack.com/archives/C1/p1", "U01JONAH", TS)
        number = unit.apply(
            log_marked(housed, RAISER, message, now=housed.opened_at), now=housed.opened_at
        ).log_count

    unpin(slack)

    assert told(slack) == [(RAISER, "taken_back", number)]


@pytest.mark.parametrize("other", [{}, {"reaction": "eyes"}])
def test_of_a_mark_that_logged_nothing_nothing_is_said_when_it_goes(
    slack: Workspace, housed: Burst, other: dict[str, Any]
) -> None:
    unpin(slack, **other)

    assert told(slack) == []


def test_the_log_of_a_burst_that_has_ended_takes_no_more(slack: Workspace, housed: Burst) -> None:
    slack.command(owner_of(housed), f"cancel {housed.key} withdrawn Nobody needs it any more.")

    pin(slack)

    assert asked(slack) == []
    assert told(slack) == [(RAISER, "ended", 0)]


def test_in_a_channel_of_several_bursts_the_thread_tells_whose_it_is(
    slack: Workspace, office: Office, working: Burst
) -> None:
    now = working.opened_at + timedelta(seconds=30)
    with office.store.write() as unit:
        unit.apply(move_to(working, Place(HOME, "1795000000.000100", ours=False), "", now=now), now=now)
        answer = Message(HOME, TS, "1795000000.000100", "U01JONAH", "", "", "It is the broker")
        hear(unit, working.id, [answer], keep_deleted=False)

    pin(slack)
    pin(slack, item={"type": "message", "channel": HOME, "ts": "1795000000.000100"})
    pin(slack, item={"type": "message", "channel": HOME, "ts": "1795000009.000100"})

    assert [row.subject["ts"] for row in asked(slack)] == [TS, "1795000000.000100"]
