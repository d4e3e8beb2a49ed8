"""The home tab: what waits for this person, what is open, and the button to raise a blocker."""

from collections.abc import Sequence
from datetime import datetime

from bot.slack.ids import COMMAND, Action
from bot.slack.views.card_buttons import burst_button
from bot.slack.views.fit import fitted_to
from bot.slack.views.follow_up import follow_up_line
from bot.slack.views.lists import burst_line
from bot.slack.views.parts import BlockDict, ViewDict, actions, button, divider, header, section
from bot.taskforce.burst import Burst
from bot.taskforce.follow_ups import FollowUp

MOST_SHOWN = 15


def home(
    mine: Sequence[Burst],
    others: Sequence[Burst],
    to_do: Sequence[tuple[Burst, FollowUp]] = (),
    *,
    now: datetime,
) -> ViewDict:
    """The tab of one person: bursts that the person has a seat in, then other open ones that they may see.

    ``to_do`` are the follow-up actions of bursts that ended which are the person's.
    """
    raising = button("Raise a blocker", Action.RAISE, "home", style="primary")
    blocks = [
        header("Issue Burst"),
        section("One blocker, one accountable owner, one short-lived task force."),
        *actions([raising]),
        divider(),
        *_follow_ups(to_do, now),
        *_bursts("Yours", mine, now),
        *_bursts("Also open", others, now),
    ]
    return {"type": "home", "blocks": fitted_to(blocks, f"… all of them with `{COMMAND} list all`")}


def _follow_ups(to_do: Sequence[tuple[Burst, FollowUp]], now: datetime) -> list[BlockDict]:
    if not to_do:
        return []
    shown: list[BlockDict] = []
    for burst, one in to_do[:MOST_SHOWN]:
        done = burst_button(burst, Action.FOLLOW_UP_DONE, str(one.number))
        shown.append({**section(follow_up_line(burst, one, now)), "accessory": done.to_dict()})
    return [section("*Your follow-up actions*"), *shown]


def _bursts(title: str, bursts: Sequence[Burst], now: datetime) -> list[BlockDict]:
    shown = [section(burst_line(burst, now)) for burst in bursts[:MOST_SHOWN]]
    return [section(f"*{title}*"), *(shown or [section("Nothing.")])]
