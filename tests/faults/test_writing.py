"""A transcript is what the channel holds, although the bot was away for some of it."""

from pathlib import Path

import pytest

from tests.faults.world import world
from tests.faults.writing import told


@pytest.mark.timeout(300)
def test_a_transcript_is_what_the_channel_holds_although_the_bot_is_killed_in_between(tmp_path: Path) -> None:
    with world(tmp_path) as living:
        run = told(living, seed=1, index=0)
    assert run.losses == ()
    assert run.numbers["kills"]
