"""Transcripts on both databases: kept, paged, compared with what Slack shows, and forgotten."""

from dataclasses import replace

import pytest

from bot.taskforce.burst import Place
from bot.taskforce.transcript import BROADCAST, Gap, Message, Progress, SharedFile, Version
from storage import Store
from storage.transcripts import Reading
from tests.storage.bursts import NOW, opening, plain_burst, stored

HOME = "C1"
PARENT = Message(HOME, "1764000001.000100", "", "U1", "", "", "Who saw it?")
REPLY = Message(HOME, "1764000005.000100", PARENT.ts, "U2", "", "", "I did")
AFTERWARDS = Message(HOME, "1764000003.000100", "", "U1", "", "", "Anybody else?")
SENT_TOO = Message(HOME, "1764000007.000100", PARENT.ts, "U2", "", BROADCAST, "For everybody")
RICH = Message(
    HOME,
    "1764000009.000100",
    "",
    "B1",
    "Monitor",
    "bot_message",
    "Queue is 12",
    (SharedFile("F1", "queue.csv", "text/csv", 300),),
    "1764000010.000100",
    (Version("Queue is 9"),),
)
ALL = (PARENT, REPLY, AFTERWARDS, SENT_TOO, RICH)


@pytest.fixture
def kept(store: Store) -> Store:
    """A burst with five messages."""
    stored(store, opening(plain_burst()))
    with store.write() as unit:
        unit.transcripts.keep(1, ALL)
    return store


def test_a_message_comes_back_as_it_was_kept(kept: Store) -> None:
    with kept.write() as unit:
        assert unit.transcripts.known(1, HOME, [RICH.ts, "1.0"]) == {RICH.ts: RICH}
        assert unit.transcripts.known(1, "C2", [RICH.ts]) == {}


def test_pages_go_on_behind_the_last_message_and_keep_threads_together(kept: Store) -> None:
    with kept.read() as unit:
        first = unit.transcripts.page(1, limit=2)
        rest = unit.transcripts.page(1, after=first[-1], limit=9)
    assert (*first, *rest) == (PARENT, REPLY, SENT_TOO, AFTERWARDS, RICH)


def test_the_channel_and_a_thread_are_compared_apart(kept: Store) -> None:
    deleted = replace(AFTERWARDS, deleted=True)
    with kept.write() as unit:
        unit.transcripts.keep(1, [deleted])
    with kept.read() as unit:
        whole = unit.transcripts.standing_in_channel(1, HOME, "", "9")
        until = unit.transcripts.standing_in_channel(1, HOME, PARENT.ts, SENT_TOO.ts)
        thread = unit.transcripts.standing_in_thread(1, HOME, PARENT.ts, "", "9")
        assert unit.transcripts.edges(1, HOME) == (PARENT.ts, RICH.ts)
        assert unit.transcripts.edges(1, "C2") == ("", "")
    assert [one.ts for one in whole] == [PARENT.ts, SENT_TOO.ts, RICH.ts]
    assert [one.ts for one in until] == [PARENT.ts, SENT_TOO.ts]
    assert [one.ts for one in thread] == [REPLY.ts, SENT_TOO.ts]


def test_how_far_history_was_read_is_kept(store: Store) -> None:
    stored(store, opening(plain_burst()))
    progress = Progress(7, HOME, "", "5", "4", ("2", "3"), "cursor", "1")
    reading = Reading(progress, (Gap("ratelimited", "1", "2"),), "3", NOW)
    with store.write() as unit:
        assert unit.transcripts.reading(1) == Reading()
        unit.transcripts.note_reading(1, reading)
        unit.transcripts.note_reading(1, replace(reading, read_upto="4"))
    with store.read() as unit:
        assert unit.transcripts.reading(1) == replace(reading, read_upto="4")


def test_what_is_forgotten_leaves_that_somebody_wrote(kept: Store) -> None:
    with kept.write() as unit:
        assert unit.transcripts.erase(1) == len(ALL)
        assert unit.transcripts.erase(1) == 0
    with kept.read() as unit:
        left = unit.transcripts.page(1, limit=9)
    assert [(one.ts, one.author) for one in left] == [
        (one.ts, one.author) for one in (PARENT, REPLY, SENT_TOO, AFTERWARDS, RICH)
    ]
    assert not any(one.text or one.files or one.earlier or one.named for one in left)


def test_messages_are_looked_up_by_their_moment(kept: Store) -> None:
    with kept.read() as unit:
        assert unit.transcripts.named(1, [REPLY.ts, "1.0"]) == {REPLY.ts: REPLY}
        assert unit.transcripts.named(1, []) == {}
        assert unit.transcripts.named(2, [REPLY.ts]) == {}


def test_a_message_belongs_to_the_burst_that_lives_there(store: Store) -> None:
    stored(store, opening(replace(plain_burst(), place=Place(HOME, PARENT.ts, ours=False))))
    stored(store, opening(replace(plain_burst(2), place=Place("C2"))))
    with store.write() as unit:
        unit.transcripts.keep(1, [PARENT, REPLY])
        unit.transcripts.keep(2, [AFTERWARDS])
        assert unit.transcripts.burst_of(HOME, REPLY.ts) == 1
        assert unit.transcripts.burst_of(HOME, AFTERWARDS.ts) is None
        assert unit.transcripts.burst_of("C2", REPLY.ts) is None
