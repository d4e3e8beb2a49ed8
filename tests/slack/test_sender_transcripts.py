"""Before a burst's channel is out of reach, its transcript is completed from Slack's history."""

from dataclasses import replace
from typing import Any

import pytest

from bot.errors import StorageFault
from bot.operations.deliveries import Fact
from bot.slack.delivery import transcripts
from bot.slack.gateway import history
from bot.slack.sending import attempt, settlement
from bot.taskforce.burst import Burst, Place
from bot.taskforce.effects import EffectKind
from bot.taskforce.transcript import MOVED, NO_PLACE, OUT_OF_REACH, Gap, Message, SharedFile
from storage import Store
from storage.outbox import OutboxRow
from storage.terms import IntentState
from tests.slack.fake_slack import BOT_USER, Fault, refusal
from tests.slack.views.bursts import CLOSED, OPEN, OWNER, RAISER
from tests.slack.world import World, here, hurry

HOME = "C42BURST"
COMPLETE = here(EffectKind.COMPLETE_TRANSCRIPT)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    monkeypatch.setattr(transcripts, "PAGES_AT_ONCE", 3)


def ts(second: int) -> str:
    """So many seconds after the channel was made."""
    return f"18000000{second:02}.000100"


def said(world: World, second: int, text: str, *, thread: int | None = None, **more: Any) -> Message:
    """Something stands in the channel; returned as the transcript keeps it."""
    answers = {} if thread is None else {"thread_ts": ts(thread)}
    found = {"channel": HOME, "user": OWNER, "ts": ts(second), "text": text, **answers, **more}
    world.slack.messages[HOME].append(found)
    return Message(HOME, ts(second), answers.get("thread_ts", ""), OWNER, "", more.get("subtype", ""), text)


def heard(world: World, *messages: Message) -> None:
    """The bot had heard these when they were written."""
    with world.store.write() as unit:
        unit.transcripts.keep(OPEN.id, messages)


def kept(world: World) -> list[Message]:
    """The transcript."""
    with world.store.read() as unit:
        return list(unit.transcripts.page(OPEN.id, limit=1000))


def gaps(world: World) -> tuple[Gap, ...]:
    """What is known to be missing."""
    with world.store.read() as unit:
        reading = unit.transcripts.reading(OPEN.id)
    assert reading.completed_at is not None
    return reading.gaps


def completed(world: World, *known: Message, burst: Burst = CLOSED) -> list[Message]:
    """The transcript of a closed burst after it was completed; the bot had heard what is ``known`` before."""
    world.stored(burst)
    heard(world, *known)
    world.changed(OPEN.id, COMPLETE)
    assert world.drain().parked == 0
    return kept(world)


def test_everything_that_was_missed_comes_in(world: World) -> None:
    everything = [
        said(world, 1, "first"),
        *(said(world, 10 + n, f"answer {n}", thread=1) for n in range(5)),
        *(said(world, 20 + n, f"then {n}") for n in range(7)),
    ]

    assert completed(world) == everything
    assert gaps(world) == ()


def test_files_edits_and_graves_come_in_and_patients_do_not(world: World) -> None:
    file = {"id": "F1", "name": "MRN 00451237 hangs.png", "mimetype": "image/png", "size": 9}
    said(world, 1, "MRN 00451237 hangs", files=[file], edited={"user": OWNER, "ts": ts(5)})
    grave = said(world, 2, "This message was deleted.", subtype="tombstone")

    found = completed(world)

    assert (found[0].text, found[0].edited_at) == ("MRN [mrn removed] hangs", ts(5))
    assert found[0].files == (SharedFile("F1", "MRN [mrn removed] hangs.png", "image/png", 9),)
    assert (found[1].text, found[1].deleted, found[1].ts) == ("", True, grave.ts)


def test_what_history_lacks_was_deleted(world: World) -> None:
    said(world, 0, "the channel was made")
    parents = [said(world, 1 + n, f"said {n}") for n in range(9)]
    replies = [said(world, 20 + n, f"answered {n}", thread=3) for n in range(5)]
    lone = [said(world, 30 + n, f"answered {n}", thread=5) for n in range(2)]
    newest = said(world, 40, "the newest")
    deleted = {
        one.ts
        for one in (parents[0], parents[4], parents[6], replies[0], replies[2], replies[4], *lone, newest)
    }
    remaining = [one for one in world.slack.messages[HOME] if one["ts"] not in deleted]
    world.slack.messages[HOME][:] = remaining

    found = completed(world, *parents, *replies, *lone, newest)

    assert {one.ts for one in found if one.deleted} == deleted
    assert {one.text for one in found if one.deleted} == {""}
    assert {one.ts for one in found if not one.deleted} == {one["ts"] for one in remaining}


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_thread_in_which_only_the_bot_wrote_is_read_once(world: World, is_kept: bool) -> None:
    root = said(world, 1, "the card")
    checklist = replace(said(world, 2, "the checklist", thread=1, user=BOT_USER), author=BOT_USER)

    assert completed(world, *([root, checklist] if is_kept else [])) == [root, checklist]
    assert len(world.slack.made("conversations.replies")) == (0 if is_kept else 1)


def test_one_in_which_somebody_answered_is_read_also_when_only_the_bots_words_are_left(world: World) -> None:
    root = said(world, 1, "the card")
    checklist = replace(said(world, 2, "the checklist", thread=1, user=BOT_USER), author=BOT_USER)
    answer = Message(HOME, ts(3), ts(1), OWNER, "", "", "done")

    found = completed(world, root, answer)

    assert [one for one in found if not one.deleted] == [root, checklist]
    assert [one.ts for one in found if one.deleted] == [answer.ts]


def test_what_came_while_it_was_read_is_not_taken_for_deleted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        said(world, n, f"said {n}")
    late = Message(HOME, ts(50), "", OWNER, "", "", "while it was read")
    ask = world.sender._gateway.history.channel

    def meanwhile(*given: Any, **named: Any) -> Any:
        heard(world, late)
        return ask(*given, **named)

    monkeypatch.setattr(world.sender._gateway.history, "channel", meanwhile)

    assert completed(world)[-1] == late


def test_what_stands_before_the_oldest_that_slack_shows_is_out_of_reach(world: World) -> None:
    before = Message(HOME, ts(1), "", OWNER, "", "", "before the plan's limit")
    shown = said(world, 5, "shown")

    assert completed(world, before, shown) == [before, shown]
    assert gaps(world) == (Gap(OUT_OF_REACH, until=shown.ts),)


def test_a_channel_that_somebody_supplied_is_read_from_when_the_burst_came(world: World) -> None:
    said(world, 1, "last year")
    came = said(world, 5, "the card")
    then = said(world, 6, "said since")
    supplied = replace(CLOSED, place=Place(HOME, ours=False))

    assert completed(world, came, burst=supplied) == [came, then]


def test_a_burst_in_a_thread_reads_that_thread_alone(world: World) -> None:
    said(world, 1, "somebody else's")
    mine = [said(world, 2, "the card"), *(said(world, 3 + n, f"answer {n}", thread=2) for n in range(4))]
    housed = replace(CLOSED, place=Place(HOME, ts(2), ours=False))

    assert completed(world, burst=housed) == mine


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "missing_scope"])
def test_a_refusal_is_a_gap_and_holds_up_nothing(world: World, code: str) -> None:
    known = Message(HOME, ts(1), "", OWNER, "", "", "heard")
    world.slack.always_fail("conversations.history", refusal(code))

    assert completed(world, known) == [known]
    assert gaps(world) == (Gap(code),)
    assert f"conversations.history: {code}" in world.burst().refusals
    assert {row.state for row in world.rows()} <= {IntentState.DONE, IntentState.DROPPED}


def test_a_second_refusal_says_from_when_on_it_is_not_known(world: World) -> None:
    first = said(world, 1, "read at the end")
    completed(world)
    world.slack.always_fail("conversations.history", refusal("is_archived"))
    world.changed(OPEN.id, COMPLETE)
    world.drain()

    assert gaps(world) == (Gap("is_archived", since=first.ts),)


def test_a_burst_that_lost_its_place_says_so(world: World) -> None:
    known = Message("C0FORMER", ts(1), "", RAISER, "", "", "where it lived")
    lost = replace(CLOSED, place=None, place_lost="its channel was deleted")

    assert completed(world, known, burst=lost) == [known]
    assert gaps(world) == (Gap(NO_PLACE),)


def test_a_burst_that_never_had_a_place_has_no_transcript(world: World) -> None:
    assert completed(world, burst=replace(CLOSED, place=None)) == []
    with world.store.read() as unit:
        assert unit.transcripts.reading(OPEN.id).completed_at is None


def test_what_was_written_where_it_lived_before_is_told_apart(world: World) -> None:
    known = Message("C0FORMER", ts(1), "", RAISER, "", "", "where it lived")
    here_too = said(world, 2, "here")

    assert completed(world, known) == [known, here_too]
    assert gaps(world) == (Gap(MOVED),)


def test_a_history_that_cannot_be_had_is_given_up_in_the_end(world: World) -> None:
    world.slack.always_fail("conversations.history", Fault(status=500))
    world.stored(CLOSED, COMPLETE)
    for _ in range(transcripts.MOST_TRIES):
        world.drain()
        hurry(world)

    assert [gap.why for gap in gaps(world)] == ["http_500"]


@pytest.mark.parametrize("fails_at", range(6))
def test_it_goes_on_behind_the_last_page_that_was_kept(
    world: World, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    everything = [
        *(said(world, 1 + n, f"said {n}") for n in range(6)),
        *(said(world, 20 + n, f"answer {n}", thread=2) for n in range(5)),
    ]
    pages: list[tuple[Fact, ...]] = []

    def keep(store: Store, row: OutboxRow, facts: tuple[Fact, ...]) -> None:
        pages.append(facts)
        if len(pages) == fails_at + 1:
            raise StorageFault("The disk is full.")
        settlement.keep(store, row, facts)

    monkeypatch.setattr(attempt, "keep", keep)
    found = completed(world)

    assert sorted(one.ts for one in found) == [one.ts for one in everything]
    assert gaps(world) == ()
    calls = len(world.slack.made("conversations.history")) + len(world.slack.made("conversations.replies"))
    assert calls == len(pages) == 7
