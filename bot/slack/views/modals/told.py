"""Words for one person, in a window: where no message can be shown to that person alone."""

from bot.slack.ids import View
from bot.slack.views.modals.parts import modal
from bot.slack.views.parts import Rendered, ViewDict, section


def told(message: Rendered) -> ViewDict:
    """The message as a modal that asks nothing."""
    return modal(View.TOLD, "Issue Burst", message.blocks or [section(message.text)])
