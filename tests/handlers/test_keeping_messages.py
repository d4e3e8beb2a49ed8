"""What is written in a burst's channel is kept for its transcript: edits, deletions, threads, files; nothing of patients."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.operations.office import Office
from bot.slack.ids import Action, ButtonValue, PageValue
from bot.taskforce.burst import Burst, Place
from bot.taskforce.decision import Decision
from bot.taskforce.lifecycle import move_to
from bot.taskforce.terms import State
from bot.taskforce.transcript import Message, SharedFile
from storage import Unit
from tests.handlers.test_watching import AUTHOR, HOME, IDENTIFYING, NUMBER, TS, housed, write
from tests.handlers.workspace import BYSTANDER, RAISER, Workspace, words_of
from tests.store_fixtures import Database

__all__ = ["housed"]

EDITED_AT, DELETED_AT = "1795000060.000100", "1795000090.000100"
WRITTEN = Message(HOME, TS, "", AUTHOR, "", "", "The broker strips OBR-4.2")


def kept(office: Office) -> list[Message]:
    """The transcript."""
    with office.store.read() as unit:
        return list(unit.transcripts.page(1, limit=100))


def change(slack: Workspace, text: str, *, before: str, **inner: Any) -> None:
    """An edit, as Slack tells of it."""
    message = {"user": AUTHOR, "ts": TS, "text": text, **inner}
    previous = {"user": AUTHOR, "ts": TS, "text": before}
    write(slack, "", ts=EDITED_AT, subtype="message_changed", message=message, previous_message=previous)


def delete(slack: Workspace, text: str, **inner: Any) -> None:
    """A deletion, as Slack tells of it."""
    previous = {"user": AUTHOR, "ts": TS, "text": text, **inner}
    write(slack, "", ts=DELETED_AT, subtype="message_deleted", deleted_ts=TS, previous_message=previous)


def test_a_message_is_kept_once(slack: Workspace, office: Office, housed: Burst) -> None:
    write(slack, WRITTEN.text)
    write(slack, WRITTEN.text)

    assert kept(office) == [WRITTEN]


def test_an_edit_keeps_what_stood_there(slack: Workspace, office: Office, housed: Burst) -> None:
    write(slack, WRITTEN.text)
    change(slack, "It strips OBR-4", before=WRITTEN.text, edited={"user": AUTHOR, "ts": EDITED_AT})

    (message,) = kept(office)
    assert (message.text, message.edited_at) == ("It strips OBR-4", EDITED_AT)
    assert [one.text for one in message.earlier] == [WRITTEN.text]


def test_a_preview_is_no_edit(slack: Workspace, office: Office, housed: Burst) -> None:
    write(slack, WRITTEN.text)
    change(slack, WRITTEN.text, before=WRITTEN.text, attachments=[{"title": "OBR-4.2"}])

    assert kept(office) == [WRITTEN]


@pytest.mark.parametrize("late", [False, True], ids=["in order", "before its message"])
def test_a_deletion_leaves_that_something_stood_there(
    slack: Workspace, office: Office, housed: Burst, *, late: bool
) -> None:
    if not late:
        write(slack, WRITTEN.text)
    delete(slack, WRITTEN.text)
    if late:
        write(slack, WRITTEN.text)

    assert kept(office) == [replace(WRITTEN, text="", deleted=True, deleted_at=DELETED_AT)]


def test_a_grave_over_replies_is_a_deletion(slack: Workspace, office: Office, housed: Burst) -> None:
    write(slack, WRITTEN.text)
    change(slack, "This message was deleted.", before=WRITTEN.text, subtype="tombstone", user="USLACKBOT")

    assert kept(office) == [replace(WRITTEN, text="", deleted=True, deleted_at=EDITED_AT)]


def test_a_thread_files_and_other_bots_are_kept(slack: Workspace, office: Office, housed: Burst) -> None:
    file = {"id": "F1", "name": "queue.csv", "mimetype": "text/csv", "size": 300, "url_private": "https://x"}
    write(slack, "see the queue", subtype="file_share", files=[file], thread_ts="1794999999.000100")
    write(
        slack,
        "",
        ts="1795000001.000200",
        user=None,
        bot_id="B0MONITOR",
        username="Monitor",
        subtype="bot_message",
        blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "Queue is 12"}}],
    )

    shared, told = kept(office)
    assert (shared.thread, shared.kind) == ("1794999999.000100", "file_share")
    assert shared.files == (SharedFile("F1", "queue.csv", "text/csv", 300),)
    assert (told.author, told.named, told.text) == ("B0MONITOR", "Monitor", "Queue is 12")


def test_nothing_of_a_patient_is_kept(
    slack: Workspace, office: Office, housed: Burst, offices_database: Database
) -> None:
    write(slack, IDENTIFYING, files=[{"id": "F1", "name": f"MRN {NUMBER}.png"}])
    change(slack, f"{IDENTIFYING} again", before=IDENTIFYING)

    (message,) = kept(office)
    assert "[mrn removed]" in message.text
    assert NUMBER.encode() not in offices_database.kept()


def test_what_is_written_elsewhere_or_after_the_archive_is_not_ours(
    slack: Workspace, office: Office, housed: Burst
) -> None:
    write(slack, "elsewhere", channel="C0ELSEWHERE")
    with office.store.write() as unit:
        burst = unit.bursts.get(1)
        assert burst is not None
        _become_archived(unit, burst)
    write(slack, "afterwards")

    assert kept(office) == []


def test_a_burst_in_a_thread_keeps_that_thread_alone(
    slack: Workspace, office: Office, working: Burst
) -> None:
    now = working.opened_at + timedelta(seconds=30)
    with office.store.write() as unit:
        unit.apply(move_to(working, Place(HOME, "1794999999.000100", ours=False), "", now=now), now=now)

    write(slack, "beside it")
    write(slack, "in it", ts="1795000001.000200", thread_ts="1794999999.000100")

    assert [one.text for one in kept(office)] == ["in it"]


def _become_archived(unit: Unit, burst: Burst) -> None:
    after = replace(burst, version=burst.version + 1, state=State.ARCHIVED)
    unit.apply(Decision(burst, after, (), ()), now=burst.opened_at)


def test_the_transcript_is_read_from_a_summary_by_whoever_may_read_the_burst(
    slack: Workspace, housed: Burst
) -> None:
    for number in range(13):
        write(slack, f"Line {number} & <https://example.example>", ts=f"17950000{number:02}.000100")
    slack.command(str(housed.owner), f"cancel {housed.key} mistake it was the wrong scanner")

    assert "Transcript" in slack.command(RAISER, f"show {housed.key}").words
    first = slack.click(BYSTANDER, Action.ARCHIVE_TRANSCRIPT, ButtonValue(housed.id, 0))
    rest = slack.click(BYSTANDER, Action.TRANSCRIPT_PAGE, PageValue(2, str(housed.id)))

    words = words_of([] if first is None else first.message.blocks)
    assert "Line 0 &amp; https://example.example" in words
    assert "page 1 of 2" in words
    assert "Line 12" not in words
    assert "Line 12" in words_of([] if rest is None else rest.message.blocks)


def test_a_burst_in_which_nothing_was_written_has_an_empty_transcript(
    slack: Workspace, housed: Burst
) -> None:
    told = slack.click(RAISER, Action.ARCHIVE_TRANSCRIPT, ButtonValue(housed.id, 0))

    assert "Nothing was written" in words_of([] if told is None else told.message.blocks)
