"""The home tab: what waits for this person, what is open, and the button to raise a blocker."""

from collections.abc import Sequence
from datetime import datetime

from bot.slack.ids import COMMAND, Action
from bot.slack.views.fit import fitted_to
from bot.slack.views.lists import burst_line
from bot.slack.views.parts import BlockDict, ViewDict, actions, button, divider, header, section
from bot.taskforce.burst import Burst

MOST_SHOWN = 15


def home(mine: Sequence[Burst], others: Sequence[Burst], *, now: datetime) -> ViewDict:
    """The tab of one person: bursts that the person has a seat in, then other open ones that they may see."""
    raising = button("Raise a blocker", Action.RAISE, "home", style="primary")
    blocks = [
        header("Issue Burst"),
        section("One blocker, one accountable owner, one short-lived task force."),
        *actions([raising]),
        divider(),
        *_bursts("Yours", mine, now),
        *_bursts("Also open", others, now),
    ]
    return {"type": "home", "blocks": fitted_to(blocks, f"… all of them with `{COMMAND} list all`")}


def _bursts(title: str, bursts: Sequence[Burst], now: datetime) -> list[BlockDict]:
    shown = [section(burst_line(burst, now)) for burst in bursts[:MOST_SHOWN]]
    return [section(f"*{title}*"), *(shown or [section("Nothing.")])]
