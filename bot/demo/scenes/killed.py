"""The bot is killed twice in the middle of a burst; nothing is lost and nothing appears twice."""

from collections import Counter

from bot.demo.finishing import (
    prove_by_commands,
    resolve_by_command,
    see_it_accepted,
    sign_off,
    tick_everything,
)
from bot.demo.raising import arrived, opened_in_pages
from bot.demo.stage import Played, Stage
from bot.sandbox.client import Person

BLOCKER = "procedure-code-body-part"
TITLE = "Procedure codes without a body part"
WHAT = "The bot is killed with SIGKILL right after “Open burst”, and once more right after “Accept”."


def play(stage: Stage) -> None:
    """Mirela raises it and Oskar owns it; neither has to do anything twice."""
    blocker = stage.blockers[BLOCKER]
    mirela, oskar, hugo = (stage.cast[name] for name in ("mirela", "oskar", "hugo"))
    stage.pass_time(25 * 60, "the next day")
    key = opened_in_pages(stage, mirela, blocker)
    _kill(stage)
    burst = arrived(stage, mirela, key)
    asked = stage.direct(oskar, f"You are the accountable owner of {key}", "burst_accept")
    stage.press(oskar, asked, "burst_accept")
    _kill(stage)
    see_it_accepted(stage, mirela, burst, oskar)
    tick_everything(stage, oskar, burst)
    prove_by_commands(stage, oskar, burst, blocker.evidence)
    resolve_by_command(stage, oskar, burst, blocker)
    sign_off(stage, [hugo], burst)
    twice = _shown_twice(mirela, burst, oskar)
    stage.promises.that("nothing appeared twice", not twice, seen=twice)


def _kill(stage: Stage) -> None:
    stage.backstage.kill_bot()
    stage.telling.happens("the bot is killed with SIGKILL, and started again")
    stage.backstage.start_bot()


def _shown_twice(member: Person, burst: Played, owner: Person) -> list[str]:
    """Messages of the bot that were posted twice for the same intent, by the id that each carries."""
    shown = [*member.messages(burst.channel), *owner.dms()]
    intents = Counter(
        message["metadata"]["event_payload"]["op"] for message in shown if message.get("metadata")
    )
    return [intent for intent, times in intents.items() if times > 1]
