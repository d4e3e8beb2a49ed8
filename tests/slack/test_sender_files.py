"""A file that was given as evidence is fetched and kept, or the evidence says why not."""

import hashlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.privacy import Guard
from bot.programme import Programme
from bot.programme.schema.rules import Files, Privacy
from bot.taskforce.burst import Evidence, EvidenceFile
from bot.taskforce.effects import Effect, EffectKind, file_lane
from bot.taskforce.terms import EntryKind
from storage.terms import IntentState
from tests.slack.fake_slack import Download, FakeSlack, refusal
from tests.slack.views.bursts import NOW, OPEN, OWNER
from tests.slack.world import World

ID = "F0SHOT"
PICTURE = b"\x89PNG" + bytes(range(256)) * 40
PATIENT = b"worklist dump\nPatient MRN: 12345678, DOB 1961-04-02\n"
FETCH = Effect(EffectKind.KEEP_FILE, file_lane(OPEN.id), {"evidence": 1, "file": ID})


class Rules:
    """The world's programme, with what it says of files."""

    def __init__(self, world: World, files: Files) -> None:
        self._world = world
        self.files = files

    def __call__(self) -> Programme:
        known = self._world.programme()
        file = SimpleNamespace(**{**vars(known.file), "files": self.files, "privacy": Privacy()})
        return cast("Programme", SimpleNamespace(**{**vars(known), "file": file, "guard": Guard()}))


@pytest.fixture(autouse=True)
def rules(world: World) -> Rules:
    """What a programme says of files when it says nothing: one megabyte is enough here."""
    made = Rules(world, Files(largest_megabytes=1, largest_text_megabytes=1))
    object.__setattr__(world.sender._tools, "programme", made)
    return made


def given(world: World, slack: FakeSlack, download: Download, **fields: Any) -> None:
    """A participant gave the file as evidence, and it was fetched."""
    slack.add_file(ID, download, **{"user": OWNER, **fields})
    piece = Evidence(1, "header_dump", "", OWNER, NOW, files=(EvidenceFile(ID),))
    world.stored(replace(OPEN, evidence=(piece,)), FETCH)
    world.drain()


def became(world: World) -> EvidenceFile:
    """What the evidence says of its file."""
    return world.burst().evidence[0].files[0]


def copies(world: World) -> list[Path]:
    """The files in the data directory."""
    return [path for path in world.store.files._folder.rglob("*") if path.is_file()]


def test_it_is_kept_under_its_digest_and_outlives_slack(world: World, slack: FakeSlack) -> None:
    given(world, slack, Download(PICTURE))

    digest = hashlib.sha256(PICTURE).hexdigest()
    assert became(world) == EvidenceFile(ID, "shot.png", "image/png", len(PICTURE), digest)
    assert world.store.files.intact(digest)
    (copy,) = copies(world)
    assert copy.parts[-4:] == ("files", digest[:2], digest[2:4], digest)
    assert copy.read_bytes() == PICTURE


def test_the_log_says_what_was_kept(world: World, slack: FakeSlack) -> None:
    given(world, slack, Download(PICTURE))

    with world.store.read() as unit:
        entry = unit.log.entries(OPEN.id)[-1]
    assert entry.kind is EntryKind.FILE
    assert (entry.body or {})["digest"] == became(world).digest


def test_the_token_is_shown_to_slack_alone(world: World, slack: FakeSlack) -> None:
    given(world, slack, Download(PICTURE), url_private_download="https://files.elsewhere.example/shot.png")

    assert slack.fetched == []
    assert became(world).lost == "it is kept outside Slack"


@pytest.mark.parametrize("place", ["https://files.elsewhere.example/shot.png", "/files/F0OTHER"])
def test_a_redirect_is_not_followed(world: World, slack: FakeSlack, place: str) -> None:
    given(world, slack, Download(status=302, headers=(("Location", place),)))

    assert [path for path, _token in slack.fetched] == [f"/files/{ID}"]
    assert became(world).lost == "it is kept outside Slack"


REFUSED: dict[str, tuple[Download, dict[str, Any], str]] = {
    "too large": (Download(b"x" * 1_000_001), {}, "it is larger than 1 MB"),
    "larger than it said": (Download(b"x" * 1_000_001), {"size": 10}, "it is larger than 1 MB"),
    "of a type that is not kept": (Download(b"PK", "application/zip"), {}, "files of this type are not kept"),
    "DICOM by its type": (Download(PICTURE, "application/dicom"), {}, "a DICOM object holds patient data"),
    "DICOM by its name": (Download(PICTURE), {"name": "0001.DCM"}, "a DICOM object holds patient data"),
    "DICOM by what is in it": (Download(bytes(128) + b"DICM" + PICTURE), {}, "a DICOM object holds patient"),
    "about a patient": (Download(PATIENT, "text/plain"), {"name": "dump.txt"}, "may identify a patient"),
    "a long text": (Download(b"x" * 1_000_001, "text/csv"), {}, "takes too long"),
    "somebody else's": (Download(PICTURE), {"user": "U0SOMEBODY"}, "neither theirs nor shared"),
    "only listed": (Download(PICTURE), {"mode": "hidden_by_limit"}, "Slack has no bytes of it"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_rules_refuse_is_said_and_not_kept(world: World, slack: FakeSlack, case: str) -> None:
    download, fields, why = REFUSED[case]

    given(world, slack, download, **fields)

    assert why in became(world).lost
    assert became(world).digest == ""
    assert copies(world) == []
    assert [row.state for row in world.rows() if row.kind is EffectKind.KEEP_FILE] == [IntentState.DONE]


def test_a_file_of_the_bursts_own_channel_may_be_anybodys(world: World, slack: FakeSlack) -> None:
    assert OPEN.place is not None

    given(world, slack, Download(PICTURE), user="U0SOMEBODY", groups=[OPEN.place.channel])

    assert became(world).digest


LOST = {
    "unknown": (None, "Slack has no such file any more"),
    "gone": (Download(status=404), "Slack has its bytes no more"),
    "a page to sign in": (Download(b"<html>", "text/html"), "files:read"),
}


@pytest.mark.parametrize("case", LOST)
def test_what_slack_does_not_give_is_said_and_waits_for_somebody_to_look(
    world: World, slack: FakeSlack, case: str
) -> None:
    download, why = LOST[case]

    if download is None:
        slack.fail("files.info", refusal("file_not_found"))

    given(world, slack, download or Download(), mimetype="image/png")

    assert why in became(world).lost
    parked = [row for row in world.rows(IntentState.PARKED) if row.kind is EffectKind.KEEP_FILE]
    assert len(parked) == 1
    assert "could not be kept" in str(slack.messages)


def test_it_is_kept_when_somebody_has_it_tried_again(world: World, slack: FakeSlack) -> None:
    given(world, slack, Download(b"<html>", "text/html"), mimetype="image/png")
    slack.add_file(ID, Download(PICTURE), user=OWNER)
    (parked,) = world.rows(IntentState.PARKED)
    with world.store.write() as unit:
        unit.outbox.retry(parked.id)

    world.drain()

    assert (became(world).lost, bool(became(world).digest)) == ("", True)


def test_a_download_that_breaks_off_is_tried_again(world: World, slack: FakeSlack) -> None:
    given(world, slack, Download(PICTURE, cut=True))

    assert len(slack.fetched) == 2
    assert became(world).digest == hashlib.sha256(PICTURE).hexdigest()
    assert len(copies(world)) == 1


def test_a_name_is_kept_without_what_it_gives_away(world: World, slack: FakeSlack) -> None:
    given(world, slack, Download(PICTURE), name="NHS 943 476 5919.png")

    assert became(world).name == "NHS [nhs_number removed].png"


def test_a_doubt_about_a_text_is_said(world: World, slack: FakeSlack) -> None:
    given(world, slack, Download(b"The oldest was aged 93.\n", "text/plain"), name="note.txt")

    assert became(world).doubts == ("age_over_89",)
    assert became(world).digest


def test_the_same_file_twice_is_kept_once(world: World, slack: FakeSlack) -> None:
    given(world, slack, Download(PICTURE))
    world.changed(OPEN.id, FETCH)

    world.drain()

    assert len(slack.fetched) == 1
    assert len(copies(world)) == 1
