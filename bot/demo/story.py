"""The story from beginning to end: the scenes in order, what they promise, and how it ended."""

import shlex
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot import clock
from bot.demo import ending
from bot.demo.blockers import blockers
from bot.demo.cast import Cast
from bot.demo.check import WITHIN, Promises, StoryStops
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import PROGRAMME, Backstage, NotRunning
from bot.demo.scenes import duplicate, escalation, handed_over, killed, sent_back, whole_life
from bot.demo.stage import Stage
from bot.demo.telling import Telling
from bot.programme import load
from bot.sandbox.client import NeverHappened, Refused


@dataclass(frozen=True, slots=True)
class Scene:
    """A chapter of the story."""

    title: str
    what: str
    play: Callable[[Stage], None]


_ROOMS = (whole_life, escalation, handed_over, sent_back, duplicate, killed, ending)
SCENES = tuple(Scene(room.TITLE, room.WHAT, room.play) for room in _ROOMS)


def tell(story: Sequence[Scene] = SCENES, *, stays: bool = False) -> int:
    """Tell the story; returns 0 when every promise came true, else 1, after naming what did not.

    With ``stays`` a workspace is opened next, and nobody has to be told how.

    Raises ``NotRunning`` when sandbox or bot cannot be started at all.
    """
    started = clock.monotonic()
    with tempfile.TemporaryDirectory(prefix="burst-demo-") as folder:
        time = PolicyTime(Path(folder) / "clock.json")
        with Backstage(Path(folder), time) as backstage:
            backstage.start_bot()
            stage = stage_on(backstage)
            _introduce(stage)
            for number, scene in enumerate(story, start=1):
                stage.telling.title(number, len(story), scene.title, scene.what)
                _play(stage, scene)
            return _verdict(stage, clock.monotonic() - started, stays=stays)


def stage_on(backstage: Backstage, out: TextIO | None = None, within: float = WITHIN) -> Stage:
    """The stage for a story of this workspace; what is told goes to `out`, else to the terminal.

    ``within`` are the seconds in which promises come true.
    """
    cast = Cast(backstage.slack, load(PROGRAMME), backstage.time)
    telling = Telling(backstage.time.now, cast.names(), out)
    return Stage(backstage, cast, blockers(), Promises(telling.promise, within), telling)


def _introduce(stage: Stage) -> None:
    tell = stage.telling
    tell.line(
        "Issue Burst, played in a Slack workspace of its own on this machine. Nothing leaves it.", "bold"
    )
    tell.line("Everybody is fictional. Lines with “ok” are promises of the story that came true.")


def _play(stage: Stage, scene: Scene) -> None:
    try:
        scene.play(stage)
    except (StoryStops, NeverHappened, Refused, NotRunning) as error:
        stage.promises.broken_off(scene.title, error)


def _verdict(stage: Stage, lasted_for: float, *, stays: bool) -> int:
    tell, promises = stage.telling, stage.promises
    tell.line()
    if not promises.broken:
        tell.line(
            f"All {len(promises.kept)} promises of the story came true, in {lasted_for:.0f} s.", "green"
        )
        if not stays:
            tell.line(
                "Where to look next: README.md sets up a real workspace; docs/demo.md tells what you just saw."
            )
            tell.line("To be one of these people in your browser, in a workspace with a history:")
            tell.line(f"{_from_here(Path(sys.executable).with_name('burst'))} demo --no-story")
        return 0
    tell.line(f"{len(promises.broken)} promises of the story did not come true:", "red")
    for broken in promises.broken:
        tell.line(f"  - {broken}", "red")
    tell.line("The end of the bot's log:")
    tell.line(stage.backstage.bot.tail())
    return 1


def _from_here(path: Path) -> str:
    """The path as it is shortest to type in a shell."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
