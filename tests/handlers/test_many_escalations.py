"""From a message about many escalations, each burst's card can be opened by whoever reads it."""

from bot.slack.ids import Action
from bot.taskforce.burst import Burst
from tests.handlers.workspace import BYSTANDER, Workspace, words_of


def test_the_card_is_shown_to_the_one_who_asked(slack: Workspace, opened: Burst) -> None:
    before = slack.burst()

    heard = slack.press(BYSTANDER, Action.STEERING_CARD, before)

    assert heard is not None
    assert "Escalation · BURST-1" in words_of(heard.message.blocks)
    assert slack.burst() == before
