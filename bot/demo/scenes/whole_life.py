"""A blocker from the first word to the archive, through pages and buttons."""

from bot.demo.finishing import (
    accept_when_asked,
    add_evidence,
    confirm,
    resolve,
    see_it_accepted,
    see_it_closed,
    sign_off,
    tick_everything,
)
from bot.demo.raising import raise_in_pages
from bot.demo.stage import Stage
from bot.sandbox.client import texts_of

BLOCKER = "ct-chest-layout"
TITLE = "CT studies hang with the chest layout"
WHAT = "Everything by pages and buttons: raised, accepted, worked on, proven, signed off."


def play(stage: Stage) -> None:
    """Noor, who reads at night, raises it; Priya owns it, Lena and Ines check the fix."""
    blocker = stage.blockers[BLOCKER]
    noor, priya, lena, ines = (stage.cast[name] for name in ("noor", "priya", "lena", "ines"))
    burst = raise_in_pages(stage, noor, blocker)
    members = noor.channel(burst.channel)["members"]
    stage.promises.that(
        "owner and both co-leads are in the channel",
        {priya.id, lena.id, ines.id} <= set(members),
        seen=members,
    )
    card = stage.card(noor, burst)
    stage.telling.message({"blocks": card["blocks"][:2]})
    stage.promised(
        "the checklist is in a thread of the card",
        lambda: any("Checklist" in texts_of(m) for m in noor.messages(burst.channel, card["ts"])),
    )
    accept_when_asked(stage, priya, burst)
    see_it_accepted(stage, noor, burst, priya)
    stage.promised(
        "the direct message says that nothing more is asked",
        lambda: any(f"{burst.key} · Acceptance done" in str(m["text"]) for m in priya.dms()),
    )
    stage.pass_time(35, "35 minutes later")
    text = "The scanner still sends the vendor's demo descriptions. A coercion rule is in test."
    stage.write(priya, stage.card(priya, burst, "burst_update"), "burst_update", text)
    stage.promised(
        "the update is in the channel", lambda: any(text in texts_of(m) for m in noor.messages(burst.channel))
    )
    stage.pass_time(90, "an hour and a half later")
    tick_everything(stage, priya, burst)
    add_evidence(stage, priya, burst, blocker.evidence)
    resolve(stage, priya, burst, blocker)
    confirm(stage, noor, burst)
    sign_off(stage, (lena, ines), burst)
    see_it_closed(stage, priya, burst)
