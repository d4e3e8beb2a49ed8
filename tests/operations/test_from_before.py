"""A database that an earlier version filled is upgraded, and everything in it goes on; on both databases.

``before_0003.json.gz`` holds the rows of such a database, as the version of revision 0002 wrote them with the
operations of ``tests.operations.story``: its 13 bursts are in every state, with clocks that run, are paused, were
paused or have been missed, a take-up that nothing came of, an open question, and what waits for Slack.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from sqlalchemy import Boolean, Connection, delete, func, insert, inspect, select
from sqlalchemy.types import TypeEngine

import storage
from bot import clock
from bot.operations.accept import accept
from bot.operations.add_evidence import Piece, add_evidence
from bot.operations.change_severity import change_severity
from bot.operations.decide import answer
from bot.operations.office import Office
from bot.operations.post_update import post_update
from bot.operations.resolve import resolve
from bot.operations.resume import resume
from bot.operations.sign_off import sign_off
from bot.operations.told import accounts
from bot.operations.verify_clocks import verify_clocks
from bot.programme import Programme
from bot.scheduling.sweep import sweep
from bot.slack.gateway import Gateway, web_client
from bot.slack.pacing import TIERS, Limit, Pacer
from bot.slack.sender import Sender
from bot.taskforce.lifecycle import facts_of
from bot.taskforce.lifecycle.voting import Ballot
from bot.taskforce.terms import PauseReason, State, Verdict
from storage.terms import IntentState
from tests.operations.story import CLINICAL, OWNER, RAISER, RESOLUTION, TEAM, TECHNICAL, by, stored
from tests.slack.fake_slack import BOT_USER, serving
from tests.storage.test_migrations_with_data import taken_back
from tests.store_fixtures import Database

BEFORE = Path(__file__).with_name("before_0003.json.gz")
NUMBERED = {"archive", "outbox", "post"}
UPGRADED_AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
DONE, UNANSWERED, WORKING, PAUSED, FIXED, ASKED, IN_VAIN, RESUMED, RETURNED = 2, 3, 4, 5, 6, 7, 10, 12, 13


@pytest.fixture
def time() -> Iterator[FrozenDateTimeFactory]:
    """The moment of the upgrade, until the test moves it."""
    with freeze_time(UPGRADED_AT) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


@pytest.fixture
def office(empty_database: Database, programme: Programme, time: FrozenDateTimeFactory) -> Iterator[Office]:
    """An office on what was filled before, and upgraded; in the end its rows must be what its logs say."""
    storage.upgrade(empty_database.url, empty_database.data_dir)
    connected = taken_back(empty_database, "0002")
    with connected.begin() as connection:
        fill(connection)
    connected.dispose()
    storage.upgrade(empty_database.url, empty_database.data_dir)
    with empty_database.opened() as store:
        office = Office(store, lambda: programme, TEAM)
        yield office
        sound(office)


def fill(connection: Connection) -> None:
    """Put the rows of before into an empty database of that revision."""
    tables: dict[str, list[dict[str, Any]]] = json.loads(gzip.decompress(BEFORE.read_bytes()))
    parents = ["policy", "burst"]
    for name in (*parents, *sorted(set(tables) - set(parents))):
        place = sqlalchemy.table(name, *map(sqlalchemy.column, tables[name][0]))
        kinds = {one["name"]: one["type"] for one in inspect(connection).get_columns(name)}
        rows = [
            {column: value(kinds[column], found) for column, found in row.items()} for row in tables[name]
        ]
        connection.execute(delete(place))
        connection.execute(insert(place), rows)
        if connection.dialect.name == "postgresql" and name in NUMBERED:
            sequence = func.pg_get_serial_sequence(name, "id")
            connection.execute(select(func.setval(sequence, max(row["id"] for row in rows))))


def value(kind: TypeEngine[Any], found: Any) -> Any:
    """What a column of this kind holds, from what JSON can hold."""
    if isinstance(found, dict):
        return bytes.fromhex(found["hex"])
    return bool(found) if isinstance(kind, Boolean) else found


def sound(office: Office) -> None:
    """Every burst and every clock is what its log says. Policies of before have another digest now than then."""
    with office.store.read() as unit:
        for account in accounts(unit, sorted(unit.log.tips())):
            assert account.facts is not None
            assert account.facts == replace(facts_of(account.burst), policy=account.facts.policy)
        assert [report for report in verify_clocks(unit, clock.now()) if not report.sound] == []


def test_what_was_there_is_what_its_logs_say(office: Office) -> None:
    """Also what bursts of before did not know of themselves."""
    sound(office)
    (pause,) = stored(office, RESUMED).pauses
    assert (pause.reason, pause.ended_at - pause.since) == (
        PauseReason.AWAITING_VENDOR,
        timedelta(minutes=70),
    )
    (gone,) = stored(office, IN_VAIN).stale_take_ups
    assert gone.stale_at - gone.at == timedelta(minutes=30)


def test_clocks_go_on(office: Office, time: FrozenDateTimeFactory) -> None:
    """They ring when they are due, for a fortnight."""
    for hours in (1, 4, 20, 48, 100, 168):
        time.tick(timedelta(hours=hours))
        sweep(office)
        sound(office)
    missed = {one.kind for one in stored(office, UNANSWERED).clocks if one.missed_at is not None}
    assert {kind.value for kind in missed} >= {"accept", "resolve", "update"}


def test_people_go_on(office: Office, time: FrozenDateTimeFactory) -> None:
    """Each burst takes its next steps, and those that are fixed are closed and archived."""
    time.tick(timedelta(minutes=7))
    sweep(office)
    accept(office, by(OWNER, "after:1"), UNANSWERED)
    post_update(office, by(OWNER, "after:2"), WORKING, "The rule is in place, we measure now on three hosts.")
    resume(office, by(OWNER, "after:3"), PAUSED)
    yes = Ballot(Verdict.APPROVE, "For two weeks.")
    assert answer(office, by("U01DOMINIC", "after:4"), ASKED, 1, yes).requests[0].verdict is Verdict.APPROVE
    for number in (PAUSED, RESUMED, RETURNED):
        change_severity(
            office, by(RAISER, f"after:severity:{number}"), number, 1, 1, "All scanners stand still"
        )
    sound(office)
    for number in (UNANSWERED, WORKING, RESUMED, RETURNED):
        finish(office, number)
    sign(office, FIXED)
    assert {stored(office, number).state for number in (UNANSWERED, WORKING, FIXED, RETURNED)} == {
        State.CLOSED
    }
    time.tick(timedelta(days=3))
    sweep(office)
    assert stored(office, FIXED).state is State.CLOSED  # its channel is archived by the sender


def finish(office: Office, number: int) -> None:
    """Resolve with evidence, and sign off."""
    for kind, words in (
        ("connection_transcript", "TCP to 443 works from nine hosts"),
        ("change_closed", "CHG0041124 closed"),
    ):
        add_evidence(office, by(OWNER, f"after:{kind}:{number}"), number, Piece(kind, words))
    resolve(office, by(OWNER, f"after:resolve:{number}"), number, RESOLUTION)
    sign(office, number)


def sign(office: Office, number: int) -> None:
    """Both co-leads sign off, as far as they are asked."""
    for user in (CLINICAL, TECHNICAL):
        if stored(office, number).state is State.RESOLVED:
            sign_off(office, by(user, f"after:{user}:{number}"), number)


def test_what_waited_for_slack_is_sent(office: Office) -> None:
    """All but what was parked; what was being sent is taken over."""
    with serving() as slack:
        wide_open = Pacer(tiers=dict.fromkeys(TIERS, Limit(1e6, 10_000)), channel=Limit(1e6, 10_000))
        client = web_client("xoxb-test", base_url=slack.url, proxy=None, ssl_context=None, timeout=5)
        sender = Sender(
            office.store, Gateway(client, wide_open), office.programme, holder="new", bot_user=BOT_USER
        )
        with office.store.write() as unit:
            unit.outbox.rescue_others(["new"])
        sender.drain(timedelta(seconds=30))
        sender.close()
    with office.store.read() as unit:
        parked = unit.outbox.listed([IntentState.PARKED])
    assert [row.parked_reason for row in parked] == ["chat.postMessage: invalid_blocks"]
