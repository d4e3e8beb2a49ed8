"""A drill says so wherever it is seen: every view of one is walked for the word."""

import json
from dataclasses import replace

import pytest

from bot.operations.listing import Listed
from bot.reports.markdown import to_markdown
from bot.reports.summary import summarise
from bot.slack.views.card import topic
from bot.slack.views.escalations import escalations
from bot.slack.views.home import Sights, home
from bot.slack.views.modals.open_done import opened
from bot.slack.views.modals.open_similar import LookAlike, open_similar
from bot.slack.views.telling import Told, telling
from bot.taskforce.burst import Burst
from bot.taskforce.likeness import Likeness
from tests.slack.views.bursts import FAMILY, LABELS, NOW, OWNER, STAGES
from tests.slack.views.test_what_is_offered import every_message

WORD = "DRILL BURST-"


def drill(stage: str, number: int = 42) -> Burst:
    """A drill at a stage of its life."""
    return replace(STAGES[stage], drill=True, id=number)


def told(burst: Burst, *, settled: bool = False) -> Told:
    """A missed promise of it."""
    subject: dict[str, str | int] = {"user": OWNER, "rank": "missed", "clock": burst.clocks[0].number}
    return Told(burst, subject, LABELS, settled=settled)


@pytest.mark.parametrize("stage", STAGES)
def test_every_message_about_a_drill_shows_that_it_is_one(stage: str) -> None:
    for message in every_message(drill(stage)):
        assert WORD in json.dumps([message.text, message.blocks])


@pytest.mark.parametrize("stage", STAGES)
def test_topic_home_and_documents_say_so(stage: str) -> None:
    burst = drill(stage)
    assert WORD in topic(burst)
    assert WORD in json.dumps(home(Sights(mine=Listed.whole([burst])), now=NOW))
    assert WORD in to_markdown(summarise(burst, [], LABELS, now=NOW))


@pytest.mark.parametrize("settled", [False, True])
def test_every_line_of_a_message_about_many_says_so(settled: bool) -> None:
    bursts = [drill("open", number) for number in (42, 43, 44)]
    message = telling([told(burst, settled=settled) for burst in bursts], now=NOW)
    assert message.text.count(WORD) == 3
    assert json.dumps(message.blocks).count(WORD) == 3
    cell = escalations([told(burst) for burst in bursts], now=NOW)
    assert cell.text.count(WORD) == 3
    assert json.dumps(cell.blocks).count(WORD) >= 3


def test_raising_another_one_says_so() -> None:
    burst = drill("open")
    assert WORD in json.dumps(opened(burst, LABELS, ()))
    alike = LookAlike(burst, Likeness(near_title=True))
    assert WORD in json.dumps(open_similar("draft", FAMILY, [alike], ()))
