"""Files that people give as evidence: from the page, by their address, or with a message."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.operations.office import Office
from bot.slack.ids import Action, Shortcut
from bot.taskforce.burst import Burst, Place
from bot.taskforce.effects import EffectKind, file_lane
from bot.taskforce.lifecycle import move_to
from tests.handlers.workspace import RAISER, Workspace

HOME = "C0BURSTONE"


def kind_of(burst: Burst) -> str:
    return next(kind for kind, _, form in burst.evidence_kinds if form in {"file", "any"})


def files(burst: Burst) -> list[str]:
    return [file.id for piece in burst.evidence for file in piece.files]


def to_fetch(slack: Workspace) -> list[Mapping[str, Any]]:
    return [row.subject for row in slack.intents() if row.kind is EffectKind.KEEP_FILE]


def added(slack: Workspace, burst: Burst, **given: object) -> Mapping[str, str]:
    """What the page "Add evidence" refuses of what it was given; nothing when it took it."""
    slack.press(RAISER, Action.EVIDENCE, burst)
    heard = slack.submit(RAISER, slack.shown, {"kind": kind_of(burst), **given})
    return heard.errors if heard.body else {}


def test_files_of_the_page_are_fetched_in_a_lane_of_their_own(slack: Workspace, working: Burst) -> None:
    assert added(slack, working, file=["F01SHOT", "F02SHOT"]) == {}

    assert files(slack.burst()) == ["F01SHOT", "F02SHOT"]
    assert to_fetch(slack) == [{"evidence": 1, "file": "F01SHOT"}, {"evidence": 1, "file": "F02SHOT"}]
    assert {row.lane for row in slack.intents() if row.kind is EffectKind.KEEP_FILE} == {
        file_lane(working.id)
    }


def test_what_names_no_file_is_left_out(slack: Workspace, working: Burst) -> None:
    assert added(slack, working, file=["../../etc/passwd", "F01SHOT"]) == {}

    assert files(slack.burst()) == ["F01SHOT"]


def test_a_piece_has_five_files_at_most(slack: Workspace, working: Burst) -> None:
    refused = added(slack, working, file=[f"F0{number}SHOT" for number in range(6)])

    assert refused == {"file": "At most 5 files make one piece of evidence."}
    assert slack.burst().evidence == ()


def test_nothing_at_all_is_refused(slack: Workspace, working: Burst) -> None:
    assert set(added(slack, working)) == {"text"}


@pytest.mark.parametrize(
    ("address", "fetched"),
    [
        ("https://hospital.slack.com/files/U01OLIVE/F01SHOT/shot.png", ["F01SHOT"]),
        ("https://hospital.enterprise.slack.com/files/W01OLIVE/F01SHOT", ["F01SHOT"]),
        ("https://slack.com.elsewhere.example/files/U01OLIVE/F01SHOT/shot.png", []),
        ("https://hospital.slack.com/archives/C01/p1795000000000200", []),
    ],
)
def test_a_files_address_is_the_file(
    slack: Workspace, working: Burst, address: str, fetched: list[str]
) -> None:
    slack.command(RAISER, f"evidence {working.key} {kind_of(working)} {address}")

    (piece,) = slack.burst().evidence
    assert (piece.link, files(slack.burst())) == (address, fetched)


@pytest.mark.parametrize("text", ["The queue is empty now", ""])
def test_the_files_of_a_message_come_with_it(
    slack: Workspace, office: Office, working: Burst, text: str
) -> None:
    now = working.opened_at + timedelta(seconds=30)
    with office.store.write() as unit:
        unit.apply(move_to(working, Place(HOME), "", now=now), now=now)
    message = {"ts": "1795000000.000200", "user": "U01JONAH", "text": text, "files": [{"id": "F01SHOT"}]}
    slack.shortcut(RAISER, Shortcut.LOG_MESSAGE, message, channel={"id": HOME})

    slack.submit(RAISER, slack.shown, {"kind": "evidence", "reason": kind_of(working)})

    assert files(slack.burst()) == ["F01SHOT"]
    assert slack.burst().evidence[0].text == text
