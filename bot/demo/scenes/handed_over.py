"""A critical blocker changes hands: the owner gives it to somebody better placed, who must accept."""

from bot.demo.finishing import (
    accept_when_asked,
    prove_by_commands,
    resolve_by_command,
    see_it_accepted,
    tick_everything,
)
from bot.demo.raising import raise_in_pages
from bot.demo.stage import Stage

BLOCKER = "night-readers-no-role"
TITLE = "Night readers have no role in the viewer"
WHAT = "Worked on by commands. Amara hands over to Yusuf, who can do it from where he is."


def play(stage: Stage) -> None:
    """Noor raises it, Amara accepts and hands over, Yusuf finishes it."""
    blocker = stage.blockers[BLOCKER]
    noor, amara, yusuf, odile, tomas = (
        stage.cast[name] for name in ("noor", "amara", "yusuf", "odile", "tomas")
    )
    burst = raise_in_pages(stage, noor, blocker)
    accept_when_asked(stage, amara, burst)
    stage.pass_time(10, "ten minutes later")
    why = "Yusuf has the console of the identity provider open."
    stage.command(amara, f"/burst owner {yusuf.mention} {why}", burst.channel)
    accept_when_asked(stage, yusuf, burst)
    see_it_accepted(stage, noor, burst, yusuf)
    stage.command(
        yusuf, "/burst update The claim sends ids, the viewer wants names; changing it now.", burst.channel
    )
    stage.pass_time(20, "twenty minutes later")
    tick_everything(stage, yusuf, burst)
    prove_by_commands(stage, yusuf, burst, blocker.evidence)
    resolve_by_command(stage, yusuf, burst, blocker)
    for signer in (odile, tomas):
        stage.command(signer, "/burst signoff", burst.channel)
