"""A fix that is not proven: resolving is refused without evidence, and a co-lead sends it back."""

from bot.demo.blockers import Evidence
from bot.demo.finishing import (
    accept_when_asked,
    add_evidence,
    confirm,
    resolve,
    resolve_by_command,
    sign_off,
    the_fix,
    tick_everything,
)
from bot.demo.raising import raise_in_pages
from bot.demo.stage import Stage
from bot.sandbox.client import texts_of

BLOCKER = "firewall-cloud-viewer-egress"
TITLE = "The cloud viewer cannot be reached from Saint Brannoc's"
WHAT = "Too early to close: no evidence yet, then evidence that does not convince."
_DOUBT = "Tested from one workstation only. Please try a reading room as well."


def play(stage: Stage) -> None:
    """Viktor raises it, Gudrun owns it, Wendel, the technical co-lead, is not convinced."""
    blocker = stage.blockers[BLOCKER]
    viktor, gudrun, saskia, wendel = (stage.cast[name] for name in ("viktor", "gudrun", "saskia", "wendel"))
    burst = raise_in_pages(stage, viktor, blocker)
    accept_when_asked(stage, gudrun, burst)
    tick_everything(stage, gudrun, burst)
    page = stage.command_page(gudrun, "/burst resolve", burst.channel)
    refused = gudrun.submit(page, the_fix(blocker))
    said = str(refused["errors"].get("fix", ""))
    stage.promises.that(
        "resolving without evidence is refused where it was typed", "Evidence" in said, seen=refused
    )
    stage.telling.sees(said)
    gudrun.close(refused["view"])
    stage.pass_time(30, "half an hour later")
    add_evidence(stage, gudrun, burst, blocker.evidence)
    resolve(stage, gudrun, burst, blocker)
    sign_off(stage, [saskia], burst)
    asked = stage.direct(wendel, f"{burst.key} is resolved. Please check the evidence", "burst_send_back")
    stage.write(wendel, asked, "burst_send_back", _DOUBT)
    stage.promised(
        "the channel hears that it is sent back, and why",
        lambda: any(_DOUBT in texts_of(m) for m in viktor.messages(burst.channel)),
    )
    stage.pass_time(20, "twenty minutes later")
    more = Evidence(
        blocker.evidence[0].kind, "Repeated from three workstations of the reading room, all connect."
    )
    add_evidence(stage, gudrun, burst, [more])
    resolve_by_command(stage, gudrun, burst, blocker)
    confirm(stage, viktor, burst)
    sign_off(stage, (saskia, wendel), burst)
