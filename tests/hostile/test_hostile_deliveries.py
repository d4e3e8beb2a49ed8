"""Whatever Slack delivers: an answer in words, nothing of others shown, nothing stored that breaks later.

``make hostile`` is the long form.
"""

import pytest

from bot.operations import office
from bot.taskforce.burst import Burst
from bot.taskforce.permissions import Actor, Right, allows
from tests.hostile.campaign import Result, campaign, rounds
from tests.hostile.stage import Stage


def test_fifteen_hundred_hostile_deliveries(stage: Stage) -> None:
    result = Result()

    for _ in campaign(stage, rounds(4, seed=1), 375, result):
        pass

    assert result.sent == 1_500
    assert result.found == [], result.words()


def test_somebody_who_could_read_what_is_private_would_be_noticed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(right: Right, actor: Actor, burst: Burst | None) -> bool:
        return right is Right.READ or allows(right, actor, burst)

    monkeypatch.setattr(office, "allows", mistaken)
    result = Result()

    for _ in campaign(stage, [(2, "signed"), (3, "signed")], 250, result):
        pass

    assert any("shows what was written in private" in problem for problem in result.found)
