"""The PDF of a summary: beside it in the archive, sent to whoever asks, and what Slack's refusals leave."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from bot.slack.delivery.papers import MOST_TRIES
from bot.taskforce.effects import Effect, EffectKind, paper_lane
from bot.taskforce.terms import State
from storage.terms import IntentState
from tests.slack.fake_slack import FakeSlack, Fault, rate_limited, refusal
from tests.slack.views.bursts import CLOSED, OPEN, OWNER
from tests.slack.world import ARCHIVE, World, here

DM = "D" + OWNER[1:]
SUMMARY = here(EffectKind.POST_SUMMARY)
LOST = Fault(drop=True, after=True)


def asked(user: str = OWNER) -> Effect:
    """That ``user`` wants the PDF."""
    return Effect(EffectKind.SEND_PDF, paper_lane(user), {"user": user})


def shared(slack: FakeSlack, channel: str) -> list[dict[str, Any]]:
    """The messages of a channel that share a file, in their order."""
    return [message for message in slack.messages[channel] if message.get("files")]


def words(slack: FakeSlack, channel: str) -> str:
    """Everything that is said in a channel."""
    return "\n".join(slack.texts(channel))


def printed(slack: FakeSlack, message: dict[str, Any]) -> str:
    """What the shared PDF says."""
    content = slack.uploaded[message["files"][0]["id"]]
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def states(world: World) -> list[IntentState]:
    """How the intents of summaries and papers stand."""
    wanted = {EffectKind.POST_SUMMARY, EffectKind.SEND_PDF}
    return [row.state for row in world.rows() if row.kind in wanted]


def test_the_pdf_is_in_the_thread_of_the_archived_summary(world: World, slack: FakeSlack) -> None:
    world.stored(CLOSED, SUMMARY)
    world.drain()

    summary, pdf = slack.messages[ARCHIVE]
    assert pdf["thread_ts"] == summary["ts"]
    assert pdf["files"][0]["name"] == "BURST-42.pdf"
    assert "Resolution log" in printed(slack, pdf)


def test_of_a_private_burst_nobody_gets_a_file_unasked(world: World, slack: FakeSlack) -> None:
    world.stored(replace(CLOSED, private=True), SUMMARY)
    world.drain()

    assert slack.uploaded == {}


def test_a_file_whose_answer_was_lost_is_not_shared_again(world: World, slack: FakeSlack) -> None:
    slack.fail("files.completeUploadExternal", LOST)
    world.stored(CLOSED, SUMMARY)
    world.drain()
    world.drain()

    assert len(shared(slack, ARCHIVE)) == 1
    assert states(world) == [IntentState.DONE]


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ("files.getUploadURLExternal", Fault(drop=True)),
        ("files.getUploadURLExternal", rate_limited(0)),
        ("upload", Fault(drop=True)),
        ("upload", Fault(status=503)),
        ("upload", Fault(status=429, headers=(("Retry-After", "0"),))),
        ("files.completeUploadExternal", Fault(status=503, body="no")),
    ],
)
def test_what_passes_is_waited_for(world: World, slack: FakeSlack, step: str, fault: Fault) -> None:
    slack.fail(step, fault)
    world.stored(CLOSED, SUMMARY)
    world.drain()
    world.drain()

    assert len(shared(slack, ARCHIVE)) == 1
    assert len(slack.messages[ARCHIVE]) == 2


def test_whoever_asks_is_told_once_though_the_file_has_to_wait(world: World, slack: FakeSlack) -> None:
    slack.fail("files.getUploadURLExternal", rate_limited(0), Fault(status=503, body="no"))
    world.stored(CLOSED, asked())
    for _ in range(3):
        world.drain()

    assert len(slack.messages[DM]) == 2


@pytest.mark.parametrize(
    ("step", "fault", "why"),
    [
        ("files.getUploadURLExternal", refusal("file_uploads_disabled"), "takes no files from apps"),
        ("files.getUploadURLExternal", refusal("storage_limit_reached"), "storage is full"),
        ("files.getUploadURLExternal", refusal("missing_scope", needed="files:write"), "files:write"),
        ("files.completeUploadExternal", refusal("not_in_channel"), "not in this channel"),
        ("files.completeUploadExternal", refusal("some_new_code"), "Slack answered some_new_code"),
        ("upload", Fault(status=403), "Slack answered http_403"),
    ],
)
def test_a_refused_file_is_said_below_the_summary_and_holds_nothing_up(
    world: World, slack: FakeSlack, step: str, fault: Fault, why: str
) -> None:
    slack.always_fail(step, fault)
    world.stored(CLOSED, SUMMARY)
    world.drain()

    summary, note = slack.messages[ARCHIVE]
    assert note["thread_ts"] == summary["ts"]
    assert why in note["text"]
    assert "`/burst show BURST-42`" in note["text"]
    assert states(world) == [IntentState.DONE]
    assert len(world.burst().refusals) == 1


def test_a_file_that_never_gets_through_is_given_up(world: World, slack: FakeSlack) -> None:
    slack.always_fail("upload", Fault(status=503))
    world.stored(CLOSED, SUMMARY)
    for _ in range(MOST_TRIES):
        world.drain()

    assert "Slack answered http_503" in words(slack, ARCHIVE)
    assert states(world) == [IntentState.DONE]


def test_bytes_go_to_slack_alone(world: World, slack: FakeSlack) -> None:
    elsewhere = {"ok": True, "file_id": "F1", "upload_url": "https://files.elsewhere.example/x"}
    object.__setattr__(slack, "_files_getUploadURLExternal", lambda _arguments: elsewhere)
    world.stored(CLOSED, SUMMARY)
    world.drain()

    assert "a place for it that is not Slack's" in words(slack, ARCHIVE)


def test_a_summary_without_an_archive_waits_and_comes_with_its_pdf(world: World, slack: FakeSlack) -> None:
    slack.always_fail("chat.postMessage", refusal("is_archived"))
    world.stored(CLOSED, SUMMARY)
    world.drain()
    assert states(world) == [IntentState.PARKED]

    slack.mend("chat.postMessage")
    with world.store.write() as unit:
        unit.outbox.retry(world.rows(IntentState.PARKED)[0].id)
    world.drain()

    assert len(slack.messages[ARCHIVE]) == 2
    assert len(shared(slack, ARCHIVE)) == 1


def test_whoever_asks_gets_it_by_direct_message(world: World, slack: FakeSlack) -> None:
    world.stored(replace(CLOSED, private=True), asked())
    world.drain()

    said, pdf = slack.messages[DM]
    assert said["text"] == "BURST-42 as a PDF: the summary and the whole log."
    assert "Resolution log" in printed(slack, pdf)


def test_each_request_is_answered_once_though_answers_are_lost(world: World, slack: FakeSlack) -> None:
    slack.fail("files.completeUploadExternal", LOST)
    world.stored(CLOSED, asked())
    world.drain()
    world.drain()
    assert len(shared(slack, DM)) == 1

    slack.fail("files.completeUploadExternal", LOST)
    world.changed(CLOSED.id, asked())
    world.drain()
    world.drain()
    assert len(shared(slack, DM)) == 2


def test_whoever_may_not_read_it_any_more_gets_nothing(world: World, slack: FakeSlack) -> None:
    world.stored(replace(CLOSED, private=True), asked("U0STRANGER"))
    world.drain()

    assert slack.calls == []
    assert states(world) == [IntentState.DROPPED]


def test_a_burst_that_was_reopened_meanwhile_has_no_paper(world: World, slack: FakeSlack) -> None:
    world.stored(replace(OPEN, state=State.WORKING), asked())
    world.drain()

    assert slack.calls == []


def test_who_asked_is_told_why_there_is_none(world: World, slack: FakeSlack) -> None:
    slack.always_fail("files.getUploadURLExternal", refusal("file_uploads_disabled"))
    world.stored(CLOSED, asked())
    world.drain()

    assert "takes no files from apps" in words(slack, DM)
    assert "burst show BURST-42" in words(slack, DM)
    assert states(world) == [IntentState.DONE]


def test_somebody_who_cannot_be_reached_stops_nothing(world: World, slack: FakeSlack) -> None:
    slack.always_fail("conversations.open", refusal("user_disabled"))
    world.stored(CLOSED, asked())
    world.drain()

    assert states(world) == [IntentState.DONE]
