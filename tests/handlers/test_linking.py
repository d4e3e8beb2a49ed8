"""One burst holds up another: said in both, once, and never in a circle."""

import pytest

from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind
from tests.handlers.workspace import OPEN_LINE, RAISER, Workspace

LINK = "link BURST-1 blocks BURST-2"


@pytest.fixture
def second(slack: Workspace, working: Burst) -> Burst:
    """Another burst, which cannot go on before the first one is fixed."""
    slack.command(RAISER, OPEN_LINE.replace("chest", "abdomen"))
    return slack.burst(2)


def links(slack: Workspace, burst_id: int) -> list[object]:
    """What the burst's log says of links."""
    return [entry.body for entry in slack.log(burst_id) if entry.kind is EntryKind.LINKED]


def test_both_logs_and_channels_say_it(slack: Workspace, second: Burst) -> None:
    heard = slack.command(RAISER, LINK)

    assert "it holds up BURST-2" in heard.words
    assert [body["blocks"] for body in links(slack, 1) if isinstance(body, dict)] == [2]
    assert [body["held_up_by"] for body in links(slack, 2) if isinstance(body, dict)] == [1]
    told = {row.burst_id for row in slack.intents() if row.kind is EffectKind.POST_NOTICE}
    assert {1, 2} <= told


def test_it_is_said_once(slack: Workspace, second: Burst) -> None:
    slack.command(RAISER, LINK)

    assert "It is known" in slack.command(RAISER, LINK).words
    assert len(links(slack, 1)) == len(links(slack, 2)) == 1


def test_they_cannot_hold_up_each_other(slack: Workspace, second: Burst) -> None:
    slack.command(RAISER, LINK)

    assert "cannot hold up each other" in slack.command(RAISER, "link BURST-2 blocks BURST-1").words


def test_what_is_over_holds_up_nothing_and_is_held_up_by_nothing(slack: Workspace, second: Burst) -> None:
    slack.command(second.owner or "", "cancel BURST-2 mistake It was the wrong scanner.")

    for line in (LINK, "link BURST-2 blocks BURST-1"):
        assert "closed" in slack.command(RAISER, line).words.lower()
    assert links(slack, 1) == links(slack, 2) == []


@pytest.mark.parametrize(
    "line", ["link BURST-1", "link BURST-1 BURST-2", "link BURST-1 blocks", "link BURST-1 blocks everything"]
)
def test_how_it_is_said_is_told(slack: Workspace, second: Burst, line: str) -> None:
    assert "`/burst link BURST-42 blocks BURST-7`" in slack.command(RAISER, line).words


def test_a_burst_does_not_hold_up_itself(slack: Workspace, working: Burst) -> None:
    assert "not itself" in slack.command(RAISER, "link BURST-1 blocks BURST-1").words
