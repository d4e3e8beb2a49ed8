"""What a handler tells Slack; how it travels (ack body, response_url, views.open) is ``bolt``'s business."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.slack.views.parts import Rendered


@dataclass(frozen=True, slots=True)
class Say:
    """Words for the one who acted, alone."""

    message: Rendered


@dataclass(frozen=True, slots=True)
class Show:
    """A modal: opened for a command, button or shortcut; put in place of the submitted page for a submission."""

    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong with a submitted page, by input block."""

    by_block: Mapping[str, str]


Answer: TypeAlias = Say | Show | Errors | None
