"""What a verb answers that refuses."""

from collections.abc import Callable

import pytest

from bot.errors import Refused
from bot.taskforce.burst import ChecklistItem

BLOCKING = (ChecklistItem(0, "Tell privacy", "conditional:phi", blocks_closure=True),)


def refusal(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value
