"""Messages that people put into the log."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.operations.office import Office
from bot.slack.ids import Shortcut
from bot.taskforce.burst import Burst, Place
from bot.taskforce.lifecycle import move_to
from bot.taskforce.terms import EntryKind
from tests.handlers.workspace import BYSTANDER, RAISER, Workspace, words_of

HOME = "C0BURSTONE"
MESSAGE: Mapping[str, Any] = {
    "ts": "1795000000.000200",
    "user": "U01JONAH",
    "text": "The broker strips OBR-4.2 &amp; everything after it",
}


@pytest.fixture
def housed(office: Office, working: Burst) -> Burst:
    """A burst with a channel of its own."""
    now = working.opened_at + timedelta(seconds=30)
    with office.store.write() as unit:
        return unit.apply(move_to(working, Place(HOME), "", now=now), now=now)


def use(
    slack: Workspace, message: Mapping[str, Any] = MESSAGE, channel: str = HOME, user: str = RAISER
) -> None:
    slack.shortcut(user, Shortcut.LOG_MESSAGE, message, channel={"id": channel})


@pytest.mark.parametrize(
    ("kind", "entry"),
    [("fact", EntryKind.FACT), ("decision", EntryKind.DECISION), ("action", EntryKind.ACTION)],
)
def test_a_message_becomes_an_entry(slack: Workspace, housed: Burst, kind: str, entry: EntryKind) -> None:
    use(slack)

    heard = slack.submit(RAISER, slack.shown, {"kind": kind})

    logged = slack.log()[-1]
    assert heard.body == {}
    assert logged.kind is entry
    assert logged.body is not None
    assert logged.body["text"] == "The broker strips OBR-4.2 & everything after it"
    assert logged.body["author"] == "U01JONAH"
    assert logged.body["permalink"] == f"https://hospital.slack.com/archives/{HOME}/p1795000000000200"


def test_a_message_is_logged_once_as_the_same(slack: Workspace, housed: Burst) -> None:
    for kind in ("fact", "action"):
        use(slack)
        assert slack.submit(RAISER, slack.shown, {"kind": kind}).body == {}
    use(slack)

    heard = slack.submit(RAISER, slack.shown, {"kind": "fact"})

    fact = next(one.number for one in slack.log() if one.kind is EntryKind.FACT)
    assert f"in the log already, as entry {fact}" in " ".join(heard.errors.values())


@pytest.mark.parametrize("kind", ["decision", "evidence"])
@pytest.mark.parametrize(("author", "news"), [({}, True), ({"bot_id": "B01MONITOR"}, False)])
def test_what_a_bot_wrote_is_no_news(
    slack: Workspace, housed: Burst, kind: str, author: Mapping[str, str], news: bool
) -> None:
    use(slack, {**MESSAGE, **author})
    proof = next(kind for kind, _, form in housed.evidence_kinds if form in {"text", "any"})

    slack.submit(RAISER, slack.shown, {"kind": kind, "reason": proof})

    body = slack.log()[-1].body
    assert body is not None
    assert body["substantive"] is news


def test_a_message_becomes_evidence_of_a_kind(slack: Workspace, housed: Burst) -> None:
    use(slack)
    kind = next(kind for kind, _, form in housed.evidence_kinds if form in {"text", "any"})

    slack.submit(RAISER, slack.shown, {"kind": "evidence", "reason": kind})

    assert slack.burst().evidence[0].kind == kind
    logged = next(one for one in slack.log() if one.kind is EntryKind.EVIDENCE).body or {}
    assert (logged["author"], logged["ts"]) == ("U01JONAH", MESSAGE["ts"])
    assert str(logged["permalink"]).startswith("https://hospital.slack.com/archives/")
    assert "from a message of" in slack.command(RAISER, f"log {housed.key} evidence").words


def test_a_decision_that_is_anothers_goes_by_the_rules_of_decisions(slack: Workspace, housed: Burst) -> None:
    use(slack)

    page = slack.submit(RAISER, slack.shown, {"kind": "decision", "right": "go_live"}).view
    heard = slack.submit(RAISER, page)

    (question,) = slack.burst().requests
    assert heard.body.get("response_action") == "update"
    assert (question.right, question.asked_by) == ("go_live", RAISER)
    assert question.question.startswith(
        "The broker strips OBR-4.2 & everything after it\nhttps://hospital.slack"
    )


def test_a_right_that_nobody_knows_is_refused(slack: Workspace, housed: Burst) -> None:
    use(slack)

    heard = slack.submit(RAISER, slack.shown, {"kind": "decision", "right": "lunch"})

    assert set(heard.errors) == {"right"}


def test_evidence_needs_its_kind(slack: Workspace, housed: Burst) -> None:
    use(slack)

    assert set(slack.submit(RAISER, slack.shown, {"kind": "evidence"}).errors) == {"reason"}


def test_a_kind_that_is_none_is_refused(slack: Workspace, housed: Burst) -> None:
    use(slack)

    assert set(slack.submit(RAISER, slack.shown, {"kind": "joke"}).errors) == {"kind"}


def test_a_message_in_a_thread_belongs_to_the_channels_burst(slack: Workspace, housed: Burst) -> None:
    use(slack, {**MESSAGE, "thread_ts": "1794000000.000100"})

    assert "BURST-1" in words_of(slack.shown)


def test_the_modal_does_not_carry_the_message(slack: Workspace, housed: Burst) -> None:
    use(slack)

    assert slack.shown["private_metadata"].startswith("draft:")
    assert "broker" not in slack.shown["private_metadata"]


@pytest.mark.parametrize(
    ("message", "channel", "why"),
    [
        (MESSAGE, "C0ELSEWHERE", "no burst's channel"),
        ({"ts": "1.2", "user": "U01JONAH"}, HOME, "no text"),
        ({"ts": "1.2", "text": "   "}, HOME, "no text"),
    ],
)
def test_what_cannot_be_logged_is_told(
    slack: Workspace, housed: Burst, message: Mapping[str, Any], channel: str, why: str
) -> None:
    use(slack, message, channel)

    assert why in slack.told[-1].message.text
    assert slack.screens.views == []


def test_people_who_do_not_take_part_are_told(slack: Workspace, housed: Burst) -> None:
    use(slack, user=BYSTANDER)

    assert "Join it first" in slack.told[-1].message.text


def test_another_persons_draft_is_refused(slack: Workspace, housed: Burst) -> None:
    use(slack)

    heard = slack.submit(BYSTANDER, slack.shown, {"kind": "fact"})

    assert "start again" in " ".join(heard.errors.values())
    assert slack.burst() == housed


def test_without_the_workspaces_domain_the_message_is_named_by_channel_and_ts(
    slack: Workspace, housed: Burst
) -> None:
    slack.shortcut(RAISER, Shortcut.LOG_MESSAGE, MESSAGE, channel={"id": HOME}, team={"id": "T01HOSPITAL"})

    slack.submit(RAISER, slack.shown, {"kind": "fact"})

    assert (slack.log()[-1].body or {})["permalink"] == f"{HOME}:{MESSAGE['ts']}"
