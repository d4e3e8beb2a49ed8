"""What a verb answers that refuses."""

from collections.abc import Callable

import pytest

from bot.errors import Refused
from bot.taskforce.burst import ChecklistItem
from bot.taskforce.decision import Decision

BLOCKING = (ChecklistItem(0, "Tell privacy", "conditional:phi", blocks_closure=True),)


def refusal(call: Callable[[], Decision]) -> Refused:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value
