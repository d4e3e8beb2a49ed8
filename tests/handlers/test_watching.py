"""What is written in bursts' channels: the author and the privacy role hear of patient data, and it stays nowhere."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from bot.operations.office import Office
from bot.programme import Programme
from bot.taskforce.burst import Burst, Place
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import move_to
from bot.taskforce.terms import ClockKind, EntryKind
from storage.outbox import OutboxRow
from tests.handlers.workspace import BOT, RAISER, Workspace
from tests.store_fixtures import Database

HOME = "C0BURSTONE"
TS = "1795000000.000200"
AUTHOR = "U01JONAH"
NUMBER = "00451237"
IDENTIFYING = f"Look at MRN {NUMBER}, it hangs too"
DOUBTFUL = "It was first seen with a 92 year old in bed 14"


@pytest.fixture
def housed(office: Office, working: Burst) -> Burst:
    """A burst with a channel of its own."""
    return _moved(office, working, Place(HOME))


def _moved(office: Office, burst: Burst, place: Place) -> Burst:
    now = burst.opened_at + timedelta(seconds=30)
    with office.store.write() as unit:
        return unit.apply(move_to(burst, place, "", now=now), now=now)


def write(slack: Workspace, text: str, **other: Any) -> None:
    """Somebody writes in the burst's channel."""
    message = {"channel": HOME, "channel_type": "channel", "user": AUTHOR, "ts": TS, "text": text, **other}
    assert slack.event("message", **message).status == 200


def told(slack: Workspace) -> list[OutboxRow]:
    """What authors are to be told."""
    return [intent for intent in slack.intents() if intent.kind is EffectKind.TELL_AUTHOR]


def test_the_author_is_told_and_the_privacy_role_gets_a_task(
    slack: Workspace, housed: Burst, programme: Programme
) -> None:
    write(slack, IDENTIFYING)

    burst = slack.burst()
    item, clock = burst.checklist[-1], burst.clocks[-1]
    (officer,) = programme.people_for("priv", burst.sites, clock.armed_at)[:1]
    assert (item.assignee, item.blocks_closure, clock.kind) == (officer, True, ClockKind.PRIVACY)
    assert clock.due_at - clock.armed_at == timedelta(hours=72)
    (intent,) = told(slack)
    assert intent.subject == {
        "user": AUTHOR,
        "channel": HOME,
        "thread": "",
        "found": "mrn",
        "certain": 1,
        "asked": 1,
    }


@pytest.mark.parametrize(
    "message",
    [
        {"text": "", "subtype": "file_share", "files": [{"id": "F1", "name": f"MRN {NUMBER}.png"}]},
        {"text": "see this", "files": [{"id": "F1", "name": "header.txt", "preview": IDENTIFYING}]},
        {"text": "see this", "attachments": [{"text": IDENTIFYING, "fallback": "shared"}]},
        {"text": IDENTIFYING, "thread_ts": "1794999999.000100"},
        {"text": IDENTIFYING.replace("MRN ", "MRN&nbsp;")},
        {
            "subtype": "message_changed",
            "message": {"user": AUTHOR, "ts": TS, "text": IDENTIFYING},
            "previous_message": {"user": AUTHOR, "ts": TS, "text": "Look at this"},
        },
    ],
    ids=["file name", "snippet", "shared message", "reply", "entities", "edit"],
)
def test_it_is_found_wherever_it_stands(slack: Workspace, housed: Burst, message: dict[str, Any]) -> None:
    write(slack, **{"text": "", **message})

    assert slack.burst().clocks[-1].kind is ClockKind.PRIVACY
    assert told(slack)[0].subject["thread"] == message.get("thread_ts", "")


@pytest.mark.parametrize(
    "message",
    [
        {"text": "The broker strips OBR-4.2 after it, <@U01OLIVE>"},
        {"text": IDENTIFYING, "channel": "C0ELSEWHERE"},
        {"text": IDENTIFYING, "user": BOT},
        {"subtype": "message_deleted", "previous_message": {"text": IDENTIFYING}, "text": ""},
        {
            "subtype": "message_changed",
            "message": {"user": AUTHOR, "ts": TS, "text": IDENTIFYING},
            "previous_message": {"user": AUTHOR, "ts": TS, "text": IDENTIFYING},
            "text": "",
        },
    ],
    ids=["clean", "no burst's channel", "ours", "deleted", "a preview was added"],
)
def test_the_rest_is_nobodys_business(
    slack: Workspace, office: Office, housed: Burst, message: dict[str, Any]
) -> None:
    ours = Workspace(dataclasses.replace(office, bot_user=BOT))

    write(ours, **message)

    assert slack.burst() == housed


def test_what_is_in_doubt_is_told_to_the_author_alone(slack: Workspace, housed: Burst) -> None:
    write(slack, DOUBTFUL)

    assert slack.burst().checklist == housed.checklist
    assert told(slack)[0].subject["certain"] == 0


def test_a_strict_programme_knows_no_doubt(
    office: Office, housed: Burst, programme: Programme, slack: Workspace
) -> None:
    strict = _with_privacy(programme, mode="strict")
    watched = Workspace(dataclasses.replace(office, programme=lambda: strict))

    write(watched, DOUBTFUL)
    heard = watched.command(RAISER, f"update {housed.key} {DOUBTFUL} confirm:not-patient")

    assert slack.burst().clocks[-1].kind is ClockKind.PRIVACY
    assert "may identify a patient: an age over 89" in heard.words


def test_the_programmes_locales_and_domains_are_the_guards(programme: Programme) -> None:
    theirs = _with_privacy(programme, locales=("US",), vendor_domains=("vendor.example",)).guard

    assert theirs.locales == {"US"}
    assert {"vendor.example", *programme.file.organisation.domains} == theirs.known_domains


def _with_privacy(programme: Programme, **terms: object) -> Programme:
    privacy = programme.file.privacy.model_copy(update=terms)
    return Programme(programme.file.model_copy(update={"privacy": privacy}))


def test_the_same_event_counts_once(slack: Workspace, housed: Burst) -> None:
    write(slack, IDENTIFYING, event_id="Ev1")
    once = slack.burst()
    write(slack, IDENTIFYING, event_id="Ev1")

    assert slack.burst() == once


def test_a_burst_that_lives_in_a_thread_is_watched_there_alone(
    slack: Workspace, office: Office, working: Burst
) -> None:
    _moved(office, working, Place(HOME, "1794999999.000100", ours=False))

    write(slack, IDENTIFYING)
    assert told(slack) == []
    write(slack, IDENTIFYING, thread_ts="1794999999.000100")
    assert len(told(slack)) == 1


@pytest.mark.parametrize("broken", [{"ts": "tomorrow"}, {"ts": ""}, {"channel": ""}])
def test_an_event_that_names_no_message_is_not_sent_again(
    slack: Workspace, housed: Burst, broken: dict[str, str]
) -> None:
    write(slack, IDENTIFYING, **broken)

    assert slack.burst() == housed


def test_no_word_of_it_is_kept(slack: Workspace, housed: Burst, offices_database: Database) -> None:
    write(slack, IDENTIFYING, files=[{"id": "F1", "name": f"smith_{NUMBER}.png"}])

    entry = slack.log()[-1]
    assert (entry.kind, (entry.body or {})["author"]) == (EntryKind.PRIVACY, AUTHOR)
    kept = offices_database.kept()
    assert TS.encode() in kept
    assert NUMBER.encode() not in kept
